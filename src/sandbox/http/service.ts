/**
 * How both sandbox servers handle a request. Controls are answered separately. Every other request can be hit by a
 * fault, is answered by the service, and is recorded in the journal.
 */
import { isOwnRequest } from "../../page/own-origin";
import type { Changes } from "../changes";
import type { SandboxClock } from "../clock";
import type { Faults } from "../faults";
import type { Journal } from "../journal";
import type { Pending } from "../pending";
import { InvalidControl } from "./control-body";
import { type Call, empty, json, type Reply } from "./exchange";
import type { Router } from "./router";

/** The prefix of everything that the real services do not have. */
export const CONTROL_PREFIX = "/_sandbox/";

export interface ServiceDeps {
  readonly clock: SandboxClock;
  readonly faults: Faults;
  readonly journal: Journal;
  readonly changes: Changes;
  /** Counts requests until they are in the journal. */
  readonly pending: Pending;
  readonly control: Router;
  /** Answers a request as the service does. */
  readonly answer: (call: Call) => Promise<Reply>;
}

/** Returns the request handler of a sandbox server. */
export function service(deps: ServiceDeps): (call: Call) => Promise<Reply> {
  return async (call) => {
    const control = deps.control.find(call);
    if (control !== undefined) {
      if (!mayControl(call)) {
        const error = "The sandbox's controls answer only programs on this machine and the sandbox's own page.";
        return json(403, { error });
      }
      const reply = await guarded(async () => control());
      if (call.method !== "GET") deps.changes.notify();
      return reply;
    }
    if (call.path.startsWith(CONTROL_PREFIX)) return noSuchControl(call, deps.control);

    return deps.pending.during(() => serve(deps, call));
  };
}

async function serve(deps: ServiceDeps, call: Call): Promise<Reply> {
  const fault = deps.faults.strike(call);
  const act = () => guarded(() => deps.answer(call));
  const reply = fault === undefined ? await act() : await deps.faults.apply(fault, act);
  deps.journal.record(call, reply, deps.clock.timestamp(), fault?.id);
  deps.changes.notify();
  return reply;
}

/** Other pages may link to the sandbox's page. All else must come from this machine or from the sandbox's page. */
function mayControl({ method, path, headers, host, port }: Call): boolean {
  const isPageRequest = method === "GET" && path === "/" && headers["sec-fetch-mode"] === "navigate";
  return isOwnRequest(isPageRequest ? {} : headers, host, port);
}

/** An internal error must look like one, not like an answer of the real service. */
async function guarded(act: () => Promise<Reply>): Promise<Reply> {
  try {
    return await act();
  } catch (error) {
    if (error instanceof InvalidControl) return json(error.status, { error: error.message });
    const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
    process.stderr.write(`sandbox: internal error while answering a request\n${message}\n`);
    return empty(500, { "x-sandbox-internal-error": "see standard error of the sandbox" });
  }
}

function noSuchControl(call: Call, control: Router): Reply {
  const known = control.routes.map((known) => `${known.method} ${known.path}`);
  return json(404, { error: `The sandbox has no control ${call.method} ${call.path}.`, known });
}
