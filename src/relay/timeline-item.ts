/** A survey answer as an item of the customer's timeline in Gladly (docs/vendors/gladly-api.md section 13). */
import type { TimelineItem } from "../vendors/gladly/wire";
import type { Feedback } from "../vendors/stella/data";

const LONGEST_BODY = 25_000;
const LONGEST_ID = 49;

/**
 * The item's id is derived from Stella's own id, so that an answer appears only once.
 *
 * @returns undefined until the survey is answered
 */
export function timelineItem(feedback: Feedback): TimelineItem | undefined {
  const at = feedback.response_received_at ? Date.parse(feedback.response_received_at) : Number.NaN;
  const answers = Object.values(feedback.answers ?? {}).flatMap((answer) => {
    const options = (answer?.selected_options ?? []).flatMap((option) => option.option_text ?? []);
    const said = [options.join(", "), answer?.comment ?? ""].filter((part) => part !== "");
    return said.length === 0 ? [] : [{ question: answer?.question_text ?? "", said }];
  });
  if (Number.isNaN(at) || answers.length === 0) return undefined;
  const stars = feedback.answers?.agent_star_rating?.selected_options?.[0]?.integer_value;
  return {
    id: `relay-${feedback.uuid.replace(/[^A-Za-z0-9_-]/g, "-")}`.slice(0, LONGEST_ID),
    content: {
      type: "CUSTOMER_ACTIVITY",
      activityType: "SURVEY",
      title: stars === undefined || stars === null ? "Survey answered" : `Survey answered: ${stars} of 5`,
      body: shortened(answers.map(({ question, said }) => `<p>${[question, ...said].map(escaped).join("<br>")}</p>`)),
      sourceName: "Stella Connect",
      occurredAt: new Date(at).toISOString(),
    },
  };
}

/** Keeps whole paragraphs only: a tag that is cut would show as text. */
function shortened(paragraphs: readonly string[]): string {
  let body = "";
  for (const paragraph of paragraphs) {
    if (body.length + paragraph.length > LONGEST_BODY) break;
    body += paragraph;
  }
  return body === "" ? "<p>The answer is too long to be shown here.</p>" : body;
}

/** Gladly shows the body as HTML, and a customer wrote it. */
function escaped(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("\n", "<br>");
}
