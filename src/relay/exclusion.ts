/** Applies the policy's exclusions: how a conversation began, continued and was closed. Pure. */
import type { RelayPolicy } from "../contract/policy";
import type { Facts, GladlyFacts, Named } from "./facts";
import type { SkipReason, UnknownReason } from "./reasons";

const DAY = 86_400_000;

type Excluded =
  | { readonly kind: "skip"; readonly reason: SkipReason }
  | { readonly kind: "retry"; readonly reason: UnknownReason };

/** @param conversation undefined to judge by the event alone */
export function exclusion(
  close: Facts["close"],
  conversation: NonNullable<GladlyFacts["conversation"]> | undefined,
  { exclude }: Pick<RelayPolicy, "exclude">,
): Excluded | undefined {
  const { closedBy } = close;
  if (exclude.closedBy?.some((who) => who === closedBy.type || who === closedBy.id)) return skip("excluded-closer");
  if (conversation === undefined) return undefined;
  const { inbox, messages } = conversation;
  const inboxes = exclude.inboxes ?? [];
  if (inbox !== undefined && inboxes.length > 0) {
    if (isOneOf(inbox, inboxes)) return skip("excluded-inbox");
    if (inbox.name === undefined) return { kind: "retry", reason: "inbox-unknown" };
  }
  if (exclude.startedByAgent && messages?.startedByAgent === true) return skip("started-by-agent");
  if (exclude.withoutAgentMessage && messages?.byAgent === false) return skip("no-agent-message");
  const { customerSilentDays: days } = exclude;
  const lastAt = messages?.lastByCustomerAt;
  if (days !== undefined && lastAt !== undefined && close.closedAt - lastAt > days * DAY)
    return skip("customer-silent");
  return undefined;
}

/** Whether something is named by its id or its name. */
export function isOneOf({ id, name }: Named, wanted: readonly string[]): boolean {
  return wanted.some((one) => one === id || one === name);
}

function skip(reason: SkipReason): Excluded {
  return { kind: "skip", reason };
}
