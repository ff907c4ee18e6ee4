/** How the delivery affects a policy: which settings have no effect, and whether the relay needs channels. */
import type { Delivery, RelayDelivery } from "../contract/delivery";
import { needsChannel, type Policy, RelayPolicy, readsPerClose } from "../contract/policy";

/** The settings that have an effect with `forward`: Stella decides the rest itself. */
const USED_BY_FORWARD: readonly string[] = [
  "ambiguous",
  "bots",
  "oncePerConversation",
  "exclude",
  "delay",
  "retentionDays",
];

/** A setting that has no effect. */
export interface IdleSetting {
  /** Its name; undefined for the policy as a whole. */
  readonly setting: string | undefined;
  readonly remedy: string;
}

/** The settings of a policy that have no effect. They are errors, so that no reviewer relies on them. */
export function idleSettings(policy: Policy | undefined, delivery: Delivery): readonly IdleSetting[] {
  if (policy === undefined) return [];
  switch (delivery) {
    case "direct":
      return [
        {
          setting: undefined,
          remedy:
            'with delivery: "direct" Gladly posts to Stella itself, and a policy has no effect: take it out, or use ' +
            '"forward" or "enrich"',
        },
      ];
    case "forward":
      return Object.keys(policy)
        .filter((setting) => !USED_BY_FORWARD.includes(setting))
        .map((setting) => ({
          setting,
          remedy: `with delivery: "forward" Stella decides this itself: take it out, or use delivery: "enrich"`,
        }));
    case "enrich":
      return [];
  }
}

/**
 * Whether the relay needs the channel of each conversation. Then the webhook also subscribes to contacts, because otherwise
 * the relay would have to read the whole conversation. A policy that maps every channel to the same one does not need it, and
 * neither does `forward`.
 */
export function asksForChannels(environment: {
  readonly delivery: Delivery;
  readonly policy?: Policy | undefined;
}): boolean {
  return environment.delivery === "enrich" && needsChannel(RelayPolicy.parse(environment.policy ?? {}));
}

/**
 * Closes per day that Gladly's rate limit allows; no limit if the relay reads nothing. One request per second is reserved for
 * the watchdog (docs/vendors/aws-relay.md section 4.3).
 */
export function mostCloses(delivery: RelayDelivery, policy: Policy | undefined, requestsPerSecond: number): number {
  const read = RelayPolicy.safeParse(policy ?? {});
  // An invalid policy has its own messages.
  const reads = read.success ? readsPerClose(delivery, read.data) : 0;
  return reads === 0 ? Number.POSITIVE_INFINITY : Math.floor(((requestsPerSecond - 1) / reads) * 86_400);
}
