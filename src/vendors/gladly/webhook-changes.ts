/**
 * What was done to a webhook outside of Terraform, as far as Gladly lets one know. It never tells credentials and header
 * values, so a change of these shows only in the time of the last change. Pure: `relay drift` uses it as the provider does.
 */

/** The summaries of the provider's warnings about such changes, by which `relay drift` knows them in a plan. */
export const WEBHOOK_WARNINGS = {
  offByGladly: "Gladly switched this webhook off",
  offByHand: "The webhook was switched off by hand",
  credentialsRemoved: "The webhook's credentials were removed",
  credentialsAdded: "Credentials were added to the webhook",
  headers: "The webhook's headers were changed",
  /** Said again at every plan until the secrets are handed over again. */
  edited: "The webhook was changed, and Gladly does not show how",
} as const;

/** The summary of the provider's warning about a webhook or a topic that Gladly no longer has. */
export function goneSummary(what: "webhook" | "topic"): string {
  return `The ${what} is gone from Gladly`;
}

/** What can be seen of a webhook at one time. */
export interface SeenWebhook {
  /** Null where Gladly shows none. */
  readonly name: string | null;
  /** Where it delivers. */
  readonly url: string;
  /** Types of events, such as `CONVERSATION/CLOSED`, in any order. */
  readonly events: readonly string[];
  /** Whether it delivers at all. */
  readonly enabled: boolean;
  /** Whether it has Basic credentials. Gladly never shows which. */
  readonly hasCredentials: boolean;
  /** The names of its fixed headers. */
  readonly headerKeys: readonly string[];
  /** RFC 3339; null where Gladly does not tell. */
  readonly updatedAt: string | null;
  /** When Gladly itself switched it off (RFC 3339). */
  readonly disabledAtDueToRetryLimit: string | null;
}

/** What others changed about a webhook between two looks. */
export interface OutsideChanges {
  /** What differs and can be seen, by Gladly's names of the fields. */
  readonly visible: readonly (keyof SeenWebhook)[];
  /** Who switched it off; undefined when it is on, or was off before. */
  readonly switchedOff: "by Gladly" | "by hand" | undefined;
  /** Whether credentials came or went. A change of the password itself cannot be seen. */
  readonly credentials: "added" | "removed" | undefined;
  /** Names of headers that are new. */
  readonly headersAdded: readonly string[];
  /** Names of headers that are gone. */
  readonly headersRemoved: readonly string[];
  /**
   * Gladly's time of a change that someone made; undefined when nothing was changed, or only by Gladly itself when it
   * switched the webhook off. Credentials and header values may have been changed with it, unseen.
   */
  readonly editedAt: string | undefined;
}

/** Gladly's own switching off may move the time of the last change: seconds between the two. */
const SAME_CHANGE_MS = 5_000;

/**
 * @param before as it was left by the last write of our own
 * @param after as it is now
 * @example
 * const { editedAt } = outsideChanges(seen(state), seen(webhook));
 * if (editedAt !== undefined) console.log(`changed by someone at ${editedAt}`);
 */
export function outsideChanges(before: SeenWebhook, after: SeenWebhook): OutsideChanges {
  const visible = (["name", "url", "events", "enabled", "hasCredentials", "headerKeys"] as const).filter(
    (field) => comparable(before[field]) !== comparable(after[field]),
  );
  const had = before.headerKeys.map((key) => key.toLowerCase());
  const has = after.headerKeys.map((key) => key.toLowerCase());
  const switchedOff = before.enabled && !after.enabled;
  const moved = time(after.updatedAt) > time(before.updatedAt);
  const byGladly = after.disabledAtDueToRetryLimit !== null && !after.enabled;
  const newlyByGladly = byGladly && after.disabledAtDueToRetryLimit !== before.disabledAtDueToRetryLimit;
  const gladlysOwn =
    newlyByGladly && Math.abs(time(after.updatedAt) - time(after.disabledAtDueToRetryLimit)) <= SAME_CHANGE_MS;
  return {
    visible,
    switchedOff: switchedOff ? (byGladly ? "by Gladly" : "by hand") : undefined,
    credentials:
      before.hasCredentials === after.hasCredentials ? undefined : after.hasCredentials ? "added" : "removed",
    headersAdded: after.headerKeys.filter((key) => !had.includes(key.toLowerCase())),
    headersRemoved: before.headerKeys.filter((key) => !has.includes(key.toLowerCase())),
    editedAt: moved && !gladlysOwn ? (after.updatedAt ?? undefined) : undefined,
  };
}

function comparable(value: SeenWebhook[keyof SeenWebhook]): string {
  return Array.isArray(value)
    ? [...value]
        .map((item) => item.toLowerCase())
        .sort()
        .join(" ")
    : String(value);
}

/** NaN compares as false with everything, which is right for a time that is not known. */
function time(text: string | null): number {
  return Date.parse(text ?? "");
}
