/** Whether alarms reach someone. AWS sends nothing to an address that is not confirmed. */
import { code } from "../../report/report";
import type { AlarmSubscription, ReadinessFacts } from "./facts";
import { about, type Item } from "./item";
import { isToCome } from "./judge-manual-steps";

const { ready, notReady, notKnown } = about("alarm addresses");

export function judgeAlarms({ alarms, environment, now }: ReadinessFacts): readonly Item[] {
  if (alarms === undefined) return [];
  if (alarms.known) return [judgeSubscriptions(alarms.value, environment.name)];
  // AWS's answer counts. Without one, the confirmation in the environment file does.
  const confirmed = environment.manualSteps.alarmAddresses;
  if (confirmed !== undefined && !isToCome(confirmed.on, now)) {
    return [ready({ id: "alarm-addresses", seen: `Confirmed: ${confirmed.by}, ${confirmed.on}.` })];
  }
  const remedy =
    `${alarms.remedy}; or check that AWS's messages to the alarm addresses were answered, and record it: ` +
    'manualSteps: { alarmAddresses: { by: "<who>", on: "<date>" } }';
  return [notKnown("alarm-addresses-not-known", alarms.why, remedy)];
}

function judgeSubscriptions(subscriptions: readonly AlarmSubscription[], environment: string): Item {
  if (subscriptions.length === 0) {
    return notReady({
      id: "alarm-addresses-missing",
      seen: "No address is subscribed to the alarms.",
      detail: "No one would notice that surveys are lost.",
      remedy: `\`npx cdktf apply ${environment}\` subscribes the address of the environment file`,
    });
  }
  const waiting = subscriptions.filter(({ confirmed }) => !confirmed);
  const list = (some: readonly AlarmSubscription[]) =>
    [...new Set(some.map(({ address }) => code(address)))].join(", ");
  if (waiting.length > 0) {
    return notReady({
      id: "alarm-addresses-not-confirmed",
      seen: `${waiting.length} of ${subscriptions.length} alarm subscriptions are not confirmed: ${list(waiting)}.`,
      detail: `Until they are, AWS sends nothing there (${waiting.map(({ topic }) => topic).join(", ")}).`,
      remedy: "open AWS's message in that mailbox and follow its link; if it has expired, request another in SNS",
    });
  }
  return ready({ id: "alarm-addresses", seen: `Alarms go to ${list(subscriptions)}, confirmed.` });
}
