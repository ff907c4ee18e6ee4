/**
 * Detects changes of a webhook outside of Terraform, as far as Gladly shows them. Gladly never shows credentials and header
 * values, so a change of these appears only in the time of the last change. Pure: `relay drift` uses it like the provider.
 */

/** The summaries of the provider's warnings about such changes, with which `relay drift` recognises them in a plan. */
export const WEBHOOK_WARNINGS = {
  offByGladly: "Gladly switched this webhook off",
  offByHand: "The webhook was switched off by hand",
  credentialsRemoved: "The webhook's credentials were removed",
  credentialsAdded: "Credentials were added to the webhook",
  headers: "The webhook's headers were changed",
  /** Repeated at every plan until the secrets are sent again. */
  edited: "The webhook was changed, and Gladly does not show how",
} as const;

/** The summary of the provider's warning about a webhook or a topic that Gladly no longer has. */
export function goneSummary(what: "webhook" | "topic"): string {
  return `The ${what} is gone from Gladly`;
}

/** The visible part of a webhook at one time. */
export interface SeenWebhook {
  /** Null if Gladly shows none. */
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
  /** RFC 3339; null if Gladly does not show it. */
  readonly updatedAt: string | null;
  /** When Gladly itself switched it off (RFC 3339). */
  readonly disabledAtDueToRetryLimit: string | null;
}

/** What others changed about a webhook between two reads. */
export interface OutsideChanges {
  /** Visible differences, by Gladly's field names. */
  readonly visible: readonly (keyof SeenWebhook)[];
  /** Who switched it off; undefined if it is on, or was off before. */
  readonly switchedOff: "by Gladly" | "by hand" | undefined;
  /** Whether credentials were added or removed. A change of the password itself is not visible. */
  readonly credentials: "added" | "removed" | undefined;
  /** Names of added headers. */
  readonly headersAdded: readonly string[];
  /** Names of removed headers. */
  readonly headersRemoved: readonly string[];
  /**
   * Gladly's time of someone's change; undefined if nothing was changed, or only by Gladly itself when it switched the webhook
   * off. The change may include credentials and header values, which Gladly does not show.
   */
  readonly editedAt: string | undefined;
}

/** Gladly's own switching off may move the time of the last change: seconds between the two. */
const SAME_CHANGE_MS = 5_000;

/**
 * @param before the webhook after our own last write
 * @param after the current webhook
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
