/** What the relay says of each event, for the middle of the page: read from its operations port. */
import * as z from "zod";

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
  duplicates: z.number().nullish(),
});
export type RelayEntry = z.infer<typeof Entry>;

export type RelayView =
  /** No relay is known to the sandbox. */
  | { readonly kind: "none" }
  /** A relay is known, and does not tell. */
  | { readonly kind: "silent"; readonly url: string; readonly why: string }
  | { readonly kind: "known"; readonly url: string; readonly entries: ReadonlyMap<string, RelayEntry> };

/** Milliseconds that the page waits for the relay. */
const PATIENCE = 1500;

/** Asks the relay for the last events; never throws. */
export async function askRelay(url: string | null): Promise<RelayView> {
  if (url === null) return { kind: "none" };
  try {
    const response = await fetch(`${url.replace(/\/+$/, "")}/explain?limit=50`, {
      signal: AbortSignal.timeout(PATIENCE),
      headers: { accept: "application/json" },
    });
    if (response.status !== 200) return { kind: "silent", url, why: `answers ${response.status}` };
    const entries = z.array(Entry).parse(await response.json());
    return { kind: "known", url, entries: new Map(entries.map((entry) => [entry.eventId, entry])) };
  } catch (error) {
    return {
      kind: "silent",
      url,
      why: error instanceof z.ZodError ? "answers something that is not understood" : "does not answer",
    };
  }
}
