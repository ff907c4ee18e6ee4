/** Stella Connect's endpoints for survey requests (docs/vendors/stella-connect-api.md sections 1, 2 and 4). */
import * as z from "zod";
import { basicCredentials } from "../../contract/basic-auth";
import { parsedJson } from "../../contract/json";
import type { SurveyMode } from "../../contract/survey-mode";
import { STELLA_WEBHOOK_PATH } from "../../contract/webhook-address";
import { SurveyRequest } from "../../vendors/stella/wire";
import { type Call, empty, json, type Reply } from "../http/exchange";
import { type Route, route } from "../http/router";
import type { GladlyWebhook } from "./gladly-webhook";
import type { Intake } from "./intake";
import type { StellaSettings } from "./settings";
import type { Endpoint, RecordedRequest } from "./store";

export interface StellaKeys {
  readonly test: string;
  readonly production: string;
}

export interface StellaApiDeps {
  readonly keys: StellaKeys;
  readonly intake: Intake;
  readonly webhook: GladlyWebhook;
  readonly settings: () => StellaSettings;
  /** Called when a look-up ends after its request was answered. */
  readonly onLateResult: () => void;
}

/** The documented fields of a request. */
const KNOWN_FIELDS = new Set(Object.keys(SurveyRequest.shape));

/** Largest number of tags in one request. */
const MOST_TAGS = 20;

export function stellaRoutes(deps: StellaApiDeps): Route[] {
  const { keys, settings } = deps;
  const withBasic = (call: Call, then: (mode: SurveyMode) => Reply | Promise<Reply>) => {
    const credentials = basicCredentials(call.headers.authorization);
    const { basicUser } = settings().assumptions;
    const isAccepted = credentials !== undefined && (basicUser === "any" || credentials.user === basicUser);
    const mode = isAccepted ? modeOf(keys, credentials.password) : undefined;
    return mode === undefined ? empty(settings().assumptions.wrongBasicStatus) : then(mode);
  };
  return [
    route("POST", "/v1/requests", (call) => {
      const mode = modeOf(keys, headerOf(call, "x-api-key"));
      return mode === undefined ? forbidden(deps) : take(deps, call, "requests", mode);
    }),
    route("POST", "/v1/auth", (call) => withBasic(call, (mode) => take(deps, call, "auth", mode))),
    route("POST", STELLA_WEBHOOK_PATH, (call) => withBasic(call, (mode) => takeEvent(deps, call, mode))),
  ];
}

/** The survey mode of a key. Undefined for an unknown key. */
export function modeOf(keys: StellaKeys, key: string | undefined): SurveyMode | undefined {
  if (key === undefined) return undefined;
  if (key === keys.production) return "production";
  return key === keys.test ? "test" : undefined;
}

export function headerOf(call: Call, name: string): string | undefined {
  const value = call.headers[name];
  return typeof value === "string" ? value : undefined;
}

/** The answer to a wrong or missing key. Its body is not documented. */
export function forbidden({ settings }: Pick<StellaApiDeps, "settings">): Reply {
  return settings().assumptions.errorBody === "none" ? empty(403) : json(403, { message: "Forbidden" });
}

function take(deps: StellaApiDeps, call: Call, way: Endpoint, mode: SurveyMode): Reply {
  const { assumptions } = deps.settings();
  const read = readRequest(call, deps.settings());
  const record =
    "malformed" in read
      ? deps.intake.take({
          way,
          mode,
          request: { channel: read.channel },
          refusal: { kind: "refused", name: "Malformed request", detail: read.malformed },
        })
      : deps.intake.take({ way, mode, request: read.request });
  if (record.decision === "accepted") return json(200, record.request);
  if (assumptions.errorBody === "none") return empty(record.answeredStatus);
  return json(record.answeredStatus, { error: record.refusal, message: record.detail });
}

function readRequest(
  call: Call,
  { assumptions }: StellaSettings,
): { readonly request: SurveyRequest } | { readonly malformed: string; readonly channel: string } {
  const value = parsedJson(call.body.toString("utf8"));
  if (value === undefined) return { malformed: "the body is not JSON", channel: "" };
  const parsed = SurveyRequest.safeParse(withFlag(value, assumptions.doNotSendAsText));
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    return { malformed: `${issue?.path.join(".") || "body"}: ${issue?.message ?? "invalid"}`, channel: "" };
  }
  const { channel, tags } = parsed.data;
  if (tags !== undefined && tags.length > MOST_TAGS && assumptions.moreThan20Tags === "refused") {
    return { malformed: "tags: more than 20", channel };
  }
  const unknown = Object.keys(parsed.data).filter((name) => !KNOWN_FIELDS.has(name));
  if (unknown.length > 0 && assumptions.unknownFields === "refused") {
    return { malformed: `unknown fields: ${unknown.join(", ")}`, channel };
  }
  return { request: parsed.data };
}

const Flagged = z.looseObject({ do_not_send: z.string() });

/** The request with a `do_not_send` that is text parsed or removed, depending on the settings. */
function withFlag(value: unknown, as: StellaSettings["assumptions"]["doNotSendAsText"]): unknown {
  const flagged = Flagged.safeParse(value);
  if (!flagged.success || as === "refused") return value;
  const { do_not_send: flag, ...rest } = flagged.data;
  return as === "ignored" ? rest : { ...rest, do_not_send: flag.trim().toLowerCase() === "true" };
}

async function takeEvent(deps: StellaApiDeps, call: Call, mode: SurveyMode): Promise<Reply> {
  const body = call.body.toString("utf8");
  const { webhookAnswer, errorBody } = deps.settings().assumptions;
  if (webhookAnswer === "before-look-up") {
    void deps.webhook.handle(body, mode, 200).then(() => deps.onLateResult());
    return empty(200);
  }
  const record: RecordedRequest | undefined = await deps.webhook.handle(body, mode, undefined);
  if (record === undefined || record.decision === "accepted") return empty(200);
  return errorBody === "none" ? empty(record.answeredStatus) : json(record.answeredStatus, { error: record.refusal });
}
