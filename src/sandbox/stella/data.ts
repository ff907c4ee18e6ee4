/** `/v2/data`: recorded requests and their survey answers, by sequence id (docs/vendors/stella-connect-api.md section 11.1). */
import { empty, json, type Reply } from "../http/exchange";
import { type Route, route } from "../http/router";
import type { StellaAssumptions, StellaSettings } from "./settings";
import type { RecordedRequest, StellaStore, SurveyResponse } from "./store";

const DEFAULT_LIMIT = 1000;

export function dataRoutes(store: StellaStore, settings: () => StellaSettings): Route[] {
  return [route("GET", "/v2/data", (call): Reply => read(store, settings(), call.query))];
}

function read(store: StellaStore, { assumptions }: StellaSettings, query: URLSearchParams): Reply {
  const after = Number(query.get("after") ?? 0);
  const limit = Number(query.get("limit") ?? DEFAULT_LIMIT);
  const created = range(query, "created_at");
  const responded = range(query, "responded_at");
  if (!Number.isInteger(after) || !Number.isInteger(limit) || limit < 1 || !created || !responded) return empty(400);
  const found = store
    .list()
    .filter(
      (request) =>
        request.decision === "accepted" &&
        request.sequenceId > after &&
        (request.mode === "production" || assumptions.testRequestsInData) &&
        (request.recipient !== null || assumptions.unsentRequestsInData) &&
        created(request.at) &&
        responded(request.response?.at),
    );
  return json(
    200,
    found.slice(0, limit).map((request) => show(request, assumptions)),
  );
}

/** Returns a check whether a time is between two parameters. Undefined when one of them is not a time. */
function range(query: URLSearchParams, name: string): ((at: string | undefined) => boolean) | undefined {
  const [from, to] = [query.get(`${name}_gte`), query.get(`${name}_lte`)];
  const [start, end] = [from === null ? -Infinity : Date.parse(from), to === null ? Infinity : Date.parse(to)];
  if (Number.isNaN(start) || Number.isNaN(end)) return undefined;
  return (at) => (at === undefined ? from === null && to === null : Date.parse(at) >= start && Date.parse(at) <= end);
}

function show(record: RecordedRequest, { deliveryStatusInData }: StellaAssumptions): Record<string, unknown> {
  const { request, response } = record;
  return {
    uuid: record.uuid,
    sequence_id: record.sequenceId,
    parent_uuid: null,
    is_recovery: false,
    branding: record.brand ?? null,
    channel: record.channel,
    ext_interaction_id: record.extInteractionId ?? null,
    external_url: request.external_url ?? null,
    language: request.language ?? null,
    tags: request.tags ?? [],
    request_created_at: record.at,
    request_delivery_status: deliveryStatusInData === "label" ? (record.deliveryStatus ?? null) : null,
    request_sent_at: record.recipient === null ? null : record.at,
    requested_via: "API",
    response_received_at: response?.at ?? null,
    employee: request.employee ?? null,
    customer: request.customer ?? null,
    custom_properties: request.custom_properties ?? {},
    answers: response === undefined ? {} : answers(response),
  };
}

function answers({ stars, comment }: SurveyResponse): Record<string, unknown> {
  return {
    agent_star_rating: {
      question_id: "agent_star_rating",
      question_text: "How did your service representative do?",
      comment,
      selected_options: [{ option_id: `stars-${stars}`, option_text: `${stars} stars`, integer_value: stars }],
    },
  };
}
