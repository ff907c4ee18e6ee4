/** What the relay's operations port reports about each event, for the middle column. */
import * as z from "zod";
import { SURVEY_MODES, type SurveyMode } from "../../contract/survey-mode";

const Entry = z.looseObject({
  conversationId: z.string().nullish(),
  eventId: z.string(),
  state: z.string(),
  reason: z.string().nullish(),
  meaning: z.string().nullish(),
  detail: z.string().nullish(),
  surveyMode: z.string().nullish(),
  receivedAt: z.string().nullish(),
  attempts: z.number().nullish(),
  finishedAt: z.string().nullish(),
  duplicates: z.number().nullish(),
});
export type RelayEntry = z.infer<typeof Entry>;

const Health = z.looseObject({
  surveyMode: z.enum(SURVEY_MODES).nullish(),
  delivery: z.string().nullish(),
});

export type RelayView =
  /** No relay is configured in the sandbox. */
  | { readonly kind: "none" }
  /** A relay is configured, but gives no usable answer. */
  | { readonly kind: "silent"; readonly url: string; readonly why: string }
  | {
      readonly kind: "known";
      readonly url: string;
      readonly entries: ReadonlyMap<string, RelayEntry>;
      readonly mode: SurveyMode | undefined;
      readonly delivery: string | undefined;
    };

/** Milliseconds that the page waits for the relay. */
const TIMEOUT_MS = 1500;

/** Asks the relay for the latest events. Never throws. */
export async function askRelay(url: string | null): Promise<RelayView> {
  if (url === null) return { kind: "none" };
  const base = url.replace(/\/+$/, "");
  const ask = (path: string) =>
    fetch(base + path, { signal: AbortSignal.timeout(TIMEOUT_MS), headers: { accept: "application/json" } });
  try {
    const [explained, health] = await Promise.all([ask("/explain?limit=50"), ask("/health")]);
    if (explained.status !== 200) return { kind: "silent", url, why: `answers ${explained.status}` };
    const entries = z.array(Entry).parse(await explained.json());
    const { surveyMode, delivery } = Health.parse(await health.json());
    const mode = surveyMode ?? undefined;
    const known = new Map(entries.map((entry) => [entry.eventId, entry]));
    return { kind: "known", url: base, entries: known, mode, delivery: delivery ?? undefined };
  } catch (error) {
    return {
      kind: "silent",
      url,
      why: error instanceof z.ZodError ? "answers in an unknown format" : "does not answer",
    };
  }
}
