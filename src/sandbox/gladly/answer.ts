/** Answers one API request: checks credentials and rate limit, runs the route, and formats the body. */
import { basicCredentials } from "../../contract/basic-auth";
import { type Call, empty, json, type Reply } from "../http/exchange";
import type { Router } from "../http/router";
import type { RateLimit } from "./rate-limit";
import { Refusal } from "./refusal";
import type { GladlySettings } from "./settings";

export interface AnswerDeps {
  readonly router: Router;
  readonly user: string;
  readonly token: string;
  readonly rateLimit: RateLimit;
  readonly settings: () => GladlySettings;
}

export async function answerGladly(deps: AnswerDeps, call: Call): Promise<Reply> {
  const credentials = basicCredentials(call.headers.authorization);
  if (credentials?.user !== deps.user || credentials.password !== deps.token) {
    return empty(401, { "www-authenticate": 'Basic realm="Gladly"' });
  }
  const rate = deps.rateLimit.take(call.method);
  if (rate.exceeded) return empty(429, rate.headers);
  const reply = withUnknownFields(await routed(deps, call), deps.settings());
  return reply.kind === "answer" ? { ...reply, headers: { ...reply.headers, ...rate.headers } } : reply;
}

async function routed(deps: AnswerDeps, call: Call): Promise<Reply> {
  try {
    return await deps.router.answer(call);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return refused(error, deps.settings());
  }
}

function refused(refusal: Refusal, settings: GladlySettings): Reply {
  const { status, errors, headers } = refusal;
  if (errors.length === 0) return empty(status, headers);
  const [only] = errors;
  return json(status, { errors: settings.singleErrorAsObject && errors.length === 1 ? only : errors }, headers);
}

/** The answer with an unknown field in every object, if the settings ask for it. */
function withUnknownFields(reply: Reply, settings: GladlySettings): Reply {
  if (reply.kind !== "answer" || !settings.unknownFields) return reply;
  if (reply.headers["content-type"] === "application/x-jsonlines") {
    const lines = reply.body.split("\n").map((line) => (line === "" ? line : withUnknown(line)));
    return { ...reply, body: lines.join("\n") };
  }
  return reply.headers["content-type"] === "application/json" ? { ...reply, body: withUnknown(reply.body) } : reply;
}

/** Adds an undocumented field to every object of a JSON text. */
export function withUnknown(body: string): string {
  const extended: unknown = JSON.parse(body, (_key, value: unknown) =>
    typeof value === "object" && value !== null && !Array.isArray(value)
      ? { ...value, sandboxUnknown: { since: "later" } }
      : value,
  );
  return JSON.stringify(extended);
}
