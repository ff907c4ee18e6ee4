/** The relay's page on the operations port: the page, its style sheet, and its one action, replay. */
import type { ServerResponse } from "node:http";
import { PAGE_HEADERS } from "../../page/frame";
import { isOwnRequest } from "../../page/own-origin";
import { BASE_STYLE } from "../../page/style";
import { explain, explainRecent } from "../explain";
import type { Ledger } from "../ports";
import { PARK_REASONS, type ParkReason } from "../reasons";
import { type HttpRequest, respond } from "./http-server";
import { type PageView, relayPage } from "./page";

/** Maximum number of closes on the page. */
const MOST = 100;
/** Maximum size of a form, in bytes; the longest reason is far shorter. */
const LONGEST_FORM = 1024;
/** Maximum number of events that one click replays. */
const MOST_REPLAYED = 1000;

export interface PageDeps {
  readonly ledger: Ledger;
  health(): Promise<PageView["health"]>;
  readonly queue: {
    parked(): PageView["parked"];
    replay(reason: ParkReason, most: number): Promise<number>;
  };
  /** Tells the worker that there is work. */
  wake(): void;
}

const STYLE = `${BASE_STYLE}
header { position: sticky; top: 0; z-index: 2; display: flex; flex-wrap: wrap; align-items: center; gap: 0.3rem 0.7rem; padding: 0.6rem 1rem;
  border-bottom: 1px solid var(--line); background: var(--card); }
main { max-width: 62rem; margin: 0 auto; padding: 1rem; display: grid; grid-template-columns: minmax(0, 1fr); gap: 1.25rem; }
h2 { margin-bottom: 0.5rem; }
.numbers { display: flex; flex-wrap: wrap; gap: 0.3rem 1.2rem; margin-bottom: 0.4rem; }
nav { margin-bottom: 0.6rem; }
nav a { gap: 0.35rem; }
nav a[aria-current] { border-color: var(--ink); background: var(--ink); color: var(--card); }
`;

/** Answers a request for the page. Returns whether it was one. */
export async function answerPage(request: HttpRequest, response: ServerResponse, deps: PageDeps): Promise<boolean> {
  const { method, path, message } = request;
  if (path === "/replay" && method === "POST") {
    await replay(request, response, deps);
    return true;
  }
  if (method !== "GET" && method !== "HEAD") return false;
  if (path === "/page.css") {
    respond(response, 200, STYLE, "text/css; charset=utf-8");
    return true;
  }
  if (path !== "/") return false;
  // Another page may link here, but may not read this page.
  const opened = message.headers["sec-fetch-mode"] === "navigate";
  if (!isOwnRequest(opened ? {} : message.headers, request.host ?? "localhost", undefined)) {
    respond(response, 403, "this page is not for pages from elsewhere\n");
    return true;
  }
  await show(request, response, deps);
  return true;
}

async function show({ query }: HttpRequest, response: ServerResponse, deps: PageDeps): Promise<void> {
  const conversation = query.get("conversation")?.trim() || null;
  const replayed = query.get("replayed");
  const [health, closes] = await Promise.all([
    deps.health(),
    conversation === null ? explainRecent(deps.ledger, MOST) : explain(deps.ledger, conversation),
  ]);
  const page = relayPage({
    health,
    closes,
    parked: deps.queue.parked(),
    filter: { conversation, state: query.get("state") },
    done: replayed !== null && /^\d+$/.test(replayed) ? `${replayed} events went back into the queue.` : undefined,
  });
  for (const [name, value] of Object.entries(PAGE_HEADERS)) response.setHeader(name, value);
  respond(response, 200, page.text, PAGE_HEADERS["content-type"]);
}

async function replay(request: HttpRequest, response: ServerResponse, deps: PageDeps): Promise<void> {
  const { message, host } = request;
  // A program sends no origin. A browser always sends one with a form.
  if (!isOwnRequest(message.headers, host, message.socket.localPort)) {
    return respond(response, 403, "only this relay's own page may replay\n");
  }
  const given = new URLSearchParams(await readForm(message)).get("reason");
  const reason = PARK_REASONS.find((known) => known === given);
  if (reason === undefined) return respond(response, 400, `reason is one of ${PARK_REASONS.join(", ")}\n`);
  const count = await deps.queue.replay(reason, MOST_REPLAYED);
  deps.wake();
  response.setHeader("location", `/?replayed=${count}`);
  respond(response, 303, "");
}

async function readForm(message: HttpRequest["message"]): Promise<string> {
  let text = "";
  for await (const chunk of message) {
    text += String(chunk);
    if (text.length > LONGEST_FORM) return "";
  }
  return text;
}
