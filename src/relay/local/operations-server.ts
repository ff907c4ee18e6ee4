/** Serves health, metrics and explanations on a separate port, which Gladly never reaches. */
import type { Server, ServerResponse } from "node:http";
import { isLoopbackHost } from "../../page/own-origin";
import { type Explanation, explain, explainRecent } from "../explain";
import type { Ledger } from "../ports";
import { createHttpServer, type HttpRequest, respond } from "./http-server";
import { answerPage, type PageDeps } from "./page-routes";

/** Maximum number of explanations in one answer. */
const MOST = 1000;

export interface Operations {
  readonly ledger: Ledger;
  /** `ok: false` is answered with 503. */
  health(): Promise<{ readonly ok: boolean } & Readonly<Record<string, unknown>>>;
  /** Prometheus' text format. */
  metrics(): string;
  /** What the page needs. Without it there is no page. */
  readonly page?: Pick<PageDeps, "queue" | "wake">;
  /** Called with an error that was thrown while answering. */
  failed?(error: unknown): void;
}

export function createOperationsServer(operations: Operations): Server {
  return createHttpServer({
    ...(operations.failed === undefined ? {} : { failed: operations.failed }),
    handle: async (request, response) => {
      if (request.host !== undefined && !isLoopbackHost(request.host)) {
        return respond(response, 421, "this port answers to localhost and 127.0.0.1 only\n");
      }
      const { page, ledger } = operations;
      const deps = page && { ...page, ledger, health: () => operations.health() };
      if (deps && (await answerPage(request, response, deps))) return;
      if (request.method !== "GET" && request.method !== "HEAD") {
        response.setHeader("allow", "GET, HEAD");
        return respond(response, 405, "method not allowed\n");
      }
      await answer(request, operations, response);
    },
  });
}

async function answer(request: HttpRequest, operations: Operations, response: ServerResponse): Promise<void> {
  switch (request.path) {
    case "/health": {
      const health = await operations.health();
      return json(response, health.ok ? 200 : 503, health);
    }
    case "/metrics":
      return respond(response, 200, operations.metrics(), "text/plain; version=0.0.4");
    case "/explain":
      return json(response, 200, await explained(request.query, operations.ledger));
    default:
      return respond(
        response,
        404,
        "there are /, /health, /metrics, /explain?conversation=<id> and /explain?limit=50\n",
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
  respond(response, status, `${JSON.stringify(value)}\n`, "application/json");
}
