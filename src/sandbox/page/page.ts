/** The page that shows and controls the sandbox, served at the root of its Gladly. */
import { basicAuthorization } from "../../contract/basic-auth";
import { STELLA_WEBHOOK_PATH } from "../../contract/webhook-address";
import { PAGE_HEADERS } from "../../page/frame";
import type { Changes } from "../changes";
import type { SandboxClock } from "../clock";
import type { GladlySandbox } from "../gladly/gladly-sandbox";
import { type Call, json, type Reply, text } from "../http/exchange";
import { type Route, route } from "../http/router";
import type { StellaSandbox } from "../stella/stella-sandbox";
import { act, InvalidAction, type Remote } from "./actions";
import { bar } from "./bar";
import { document, markup, type Regions } from "./document";
import { flow } from "./flow";
import { gladlyColumn } from "./gladly-column";
import { pathColumn } from "./path-column";
import { RelayChanges } from "./relay-changes";
import { askRelay } from "./relay-view";
import { SCRIPT } from "./script";
import { stellaColumn } from "./stella-column";
import { PageStream } from "./stream";
import { STYLE } from "./style";
import { closeReceivers } from "./survey-mode";

export interface PageDeps {
  readonly clock: SandboxClock;
  readonly changes: Changes;
  /** Available once both servers listen. */
  readonly gladly: () => GladlySandbox;
  readonly stella: () => StellaSandbox;
  readonly gladlyUser: string;
  readonly gladlyToken: string;
  readonly keys: Remote["keys"];
}

/** Closes shown. */
const CLOSES = 25;

export class Page {
  private readonly stream: PageStream;
  private readonly stopListening: () => void;
  private readonly relayChanges: RelayChanges;

  constructor(private readonly deps: PageDeps) {
    this.stream = new PageStream(async () => markup(await this.regions()));
    this.relayChanges = new RelayChanges(deps.clock);
    this.stopListening = deps.changes.listen(() => this.stream.wake());
  }

  routes(): Route[] {
    return [
      route("GET", "/", async () => this.document()),
      route("GET", "/_sandbox/page/style.css", () => text(200, "text/css; charset=utf-8", STYLE)),
      route("GET", "/_sandbox/page/script.js", () => text(200, "text/javascript; charset=utf-8", SCRIPT)),
      route("GET", "/_sandbox/page/stream", () => ({ kind: "stream", open: (response) => this.stream.add(response) })),
      route("POST", "/_sandbox/page/do", (call) => this.runAction(call)),
    ];
  }

  /** Ends the open streams. */
  close(): void {
    this.stopListening();
    this.stream.end();
  }

  private async document(): Promise<Reply> {
    return { kind: "answer", status: 200, headers: PAGE_HEADERS, body: document(await this.regions()).text };
  }

  private async regions(): Promise<Regions> {
    const gladly = this.deps.gladly();
    const relay = await askRelay(gladly.relayUrl);
    const stella = this.deps.stella().view();
    const view = gladly.view(CLOSES, this.deps.keys);
    const clock = this.deps.clock.reading();
    const changes = [...view.changes, ...this.relayChanges.record(relay)].sort((a, b) => a.at.localeCompare(b.at));
    return {
      bar: bar({ clock, gladlyFaults: gladly.activeFaults, stellaFaults: stella.faults }),
      flow: flow(view, relay, stella, closeReceivers(view, relay, stella.url), changes),
      gladly: gladlyColumn(view, `${stella.url}${STELLA_WEBHOOK_PATH}`, changes),
      path: pathColumn(view, relay, stella.requests),
      stella: stellaColumn(stella),
    };
  }

  /** Runs a form's action. Answers JSON to the page's script, and a redirect to a browser without scripts. */
  private async runAction(call: Call): Promise<Reply> {
    const byScript = call.headers.accept === "application/json";
    try {
      const message = await act(new URLSearchParams(call.body.toString("utf8")), this.remote());
      return byScript ? json(200, { message }) : { kind: "answer", status: 303, headers: { location: "/" }, body: "" };
    } catch (error) {
      if (!(error instanceof InvalidAction) && !(error instanceof RemoteRefused)) throw error;
      return byScript ? json(400, { message: error.message }) : text(400, "text/plain; charset=utf-8", error.message);
    }
  }

  private remote(): Remote {
    const { gladly, stella, gladlyUser, gladlyToken, keys } = this.deps;
    const authorization = basicAuthorization(gladlyUser, gladlyToken);
    return {
      gladly: (method, path, body) => send("Gladly", gladly().url + path, method, { authorization }, body),
      stella: (method, path, body) => send("Stella", stella().url + path, method, {}, body),
      stellaUrl: () => stella().url,
      keys,
    };
  }
}

/** One of the two servers refused the action. The page shows the message. */
class RemoteRefused extends Error {
  override readonly name = "RemoteRefused";
}

async function send(
  service: string,
  url: string,
  method: string,
  headers: Readonly<Record<string, string>>,
  body: unknown,
): Promise<void> {
  let response: Response;
  try {
    response = await fetch(url, { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
  } catch {
    throw new RemoteRefused(`${service} closed the connection. Is a fault active?`);
  }
  const answer = await response.text();
  if (response.ok) return;
  const details = [...answer.matchAll(/"(?:detail|error)":"([^"]+)"/g)].map(([, detail]) => detail);
  throw new RemoteRefused(
    `${service} answered ${response.status}${details.length > 0 ? `: ${details.join("; ")}` : ""}`,
  );
}
