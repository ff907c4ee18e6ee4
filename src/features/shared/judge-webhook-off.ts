/** Says who disabled a webhook in Gladly, in the same words for every command. */
import type { FindingId } from "../../report/catalogue";

export interface WebhookOff {
  readonly id: Extract<FindingId, "outside-webhook-off" | "outside-webhook-off-by-gladly">;
  /** A sentence without a full stop. */
  readonly title: string;
  /** How it is known. */
  readonly cause: string;
  /** RFC 3339; undefined if not known. */
  readonly since?: string;
}

/**
 * @param name the webhook's name as code
 * @param byGladly Gladly's own field `disabled_at_due_to_retry_limit`: empty if a person disabled the webhook
 * @param edited Gladly's time of the last edit
 */
export function webhookOff(name: string, byGladly: string | undefined, edited?: string): WebhookOff {
  const since = byGladly ?? edited;
  return {
    ...(byGladly === undefined
      ? {
          id: "outside-webhook-off",
          title: `Someone disabled the webhook ${name} in Gladly`,
          cause: "Gladly did not do it: its own mark is missing.",
        }
      : {
          id: "outside-webhook-off-by-gladly",
          title: `Gladly disabled the webhook ${name} after four failed retries`,
          cause: "The first delivery of one event and all four retries failed, which takes more than an hour.",
        }),
    ...(since === undefined ? {} : { since }),
  };
}
