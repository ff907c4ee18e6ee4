/**
 * The survey that a mail links to: stars and a comment. With the production key, Stella collects the answer and adds it to
 * the customer's timeline in Gladly. With the test key, nothing is collected.
 */
import { messageOf } from "../../contract/error-message";
import type { SandboxClock } from "../clock";
import { empty, text } from "../http/exchange";
import { type Route, route } from "../http/router";
import type { GladlyReader } from "./gladly-reader";
import type { RecordedRequest, StellaStore, SurveyResponse } from "./store";
import { closedSurveyPage, surveyPage, thanksPage } from "./survey-page";

export interface SurveysDeps {
  readonly store: StellaStore;
  readonly clock: SandboxClock;
  readonly reader: () => GladlyReader;
}

/** The possible ratings. */
export const STARS = [1, 2, 3, 4, 5] as const;

const HTML = "text/html; charset=utf-8";

export function surveyRoutes(deps: SurveysDeps): Route[] {
  return [
    route("GET", "/surveys/{uuid}", (_call, path) => {
      const request = sentRequest(deps.store, path.get("uuid"));
      if (request === undefined) return empty(404);
      return text(200, HTML, (request.response ? closedSurveyPage(request) : surveyPage(request)).text);
    }),
    route("POST", "/surveys/{uuid}", async (call, path) => {
      const request = sentRequest(deps.store, path.get("uuid"));
      if (request === undefined) return empty(404);
      if (request.response) return text(409, HTML, closedSurveyPage(request).text);
      const form = new URLSearchParams(call.body.toString("utf8"));
      const stars = STARS.find((number) => String(number) === form.get("stars"));
      if (stars === undefined) return text(400, HTML, surveyPage(request, "Please choose one to five stars.").text);
      if (request.mode === "production") await collect(deps, request, stars, form.get("comment")?.trim() ?? "");
      return text(200, HTML, thanksPage(request).text);
    }),
  ];
}

/** The request, if its survey was sent. */
function sentRequest(store: StellaStore, uuid: string): RecordedRequest | undefined {
  const request = store.find(uuid);
  return request?.recipient == null ? undefined : request;
}

async function collect(deps: SurveysDeps, request: RecordedRequest, stars: number, comment: string): Promise<void> {
  const response: SurveyResponse = { stars, comment, at: deps.clock.timestamp(), timeline: "not yet on the timeline" };
  deps.store.answer(request.uuid, response);
  const timeline = await postToTimeline(deps, request, response);
  deps.store.answer(request.uuid, { ...response, timeline });
}

/** The item's id is derived from the survey's, so that a retry cannot add the answer twice. */
async function postToTimeline(
  deps: SurveysDeps,
  request: RecordedRequest,
  { stars, comment, at }: SurveyResponse,
): Promise<string> {
  const { gladlyCustomerId, customerEmail } = request;
  try {
    return await deps.reader().postActivity({
      id: `stella-${request.uuid}`,
      content: {
        type: "CUSTOMER_ACTIVITY",
        activityType: "SURVEY",
        title: `Satisfaction survey: ${stars} of 5`,
        // Gladly renders the body as HTML.
        body: comment.replace(/[&<>]/g, (letter) => `&#${letter.charCodeAt(0)};`),
        sourceName: "Stella Connect",
        occurredAt: at,
      },
      ...(gladlyCustomerId === undefined ? {} : { customerId: gladlyCustomerId }),
      ...(customerEmail === undefined ? {} : { emailAddress: customerEmail }),
    });
  } catch (error) {
    return messageOf(error);
  }
}
