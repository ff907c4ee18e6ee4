/** Health, metrics and explanations, on a port of their own that is never the one Gladly reaches. */
import { createServer, type Server, type ServerResponse } from "node:http";
import { type Explanation, explain, explainRecent } from "../explain";
import type { Ledger } from "../ports";

/** Explanations in one answer, at most. */
const MOST = 1000;

export interface Operations {
  readonly ledger: Ledger;
  /** `ok: false` is answered with 503. */
  health(): { readonly ok: boolean } & Readonly<Record<string, unknown>>;
  /** Prometheus' text format. */
  metrics(): string;
}

export function createOperationsServer(operations: Operations): Server {
  return createServer((request, response) => {
    const url = new URL(request.url ?? "/", "http://localhost");
    if (request.method !== "GET") return end(response, 405, "method not allowed\n", "text/plain");
    answer(url, operations, response).catch((error: unknown) => {
      end(response, 500, `${error instanceof Error ? error.message : "unknown"}\n`, "text/plain");
    });
  });
}

async function answer(url: URL, operations: Operations, response: ServerResponse): Promise<void> {
  switch (url.pathname) {
    case "/health": {
      const health = operations.health();
      return json(response, health.ok ? 200 : 503, health);
    }
    case "/metrics":
      return end(response, 200, operations.metrics(), "text/plain; version=0.0.4");
    case "/explain":
      return json(response, 200, await explained(url.searchParams, operations.ledger));
    default:
      return end(
        response,
        404,
        "there are /health, /metrics, /explain?conversation=<id> and /explain?limit=50\n",
        "text/plain",
      );
  }
}

function explained(query: URLSearchParams, ledger: Ledger): Promise<readonly Explanation[]> {
  const conversation = query.get("conversation");
  if (conversation !== null) return explain(ledger, conversation);
  const limit = Number(query.get("limit") ?? 50);
  return explainRecent(ledger, Number.isInteger(limit) ? Math.min(MOST, Math.max(1, limit)) : 50);
}

function json(response: ServerResponse, status: number, value: unknown): void {
  end(response, status, `${JSON.stringify(value)}\n`, "application/json");
}

function end(response: ServerResponse, status: number, body: string, type: string): void {
  response.writeHead(status, { "content-type": type, "content-length": Buffer.byteLength(body) });
  response.end(body);
}
