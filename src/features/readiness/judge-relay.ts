/** Whether the relay runs and accepts deliveries from Gladly. */
import { count } from "../../report/report";
import type { ReadinessFacts } from "./facts";
import { about, type Item } from "./item";

const { ready, note, notReady, notKnown } = about("relay");

export function judgeRelay({ relay, environment }: ReadinessFacts): readonly Item[] {
  if (relay === undefined) return [];
  const { paused, working, ping } = relay;
  const items: Item[] = [];
  if (!working.known) items.push(notKnown("relay-not-known", working.why, working.remedy));
  else if (!working.value.ok) {
    items.push(
      notReady({
        id: "relay-not-working",
        seen: working.value.seen,
        detail: "Events that arrive now wait or are refused.",
        remedy: working.value.remedy,
      }),
    );
  }
  if (!paused.known) items.push(notKnown("relay-pause-not-known", paused.why, paused.remedy));
  else if (paused.value) {
    items.push(
      notReady({
        id: "relay-paused",
        seen: "The relay is paused: it stores events and requests no surveys.",
        remedy: `\`npx relay resume --environment ${environment.name}\``,
      }),
    );
  }
  if (ping !== undefined) items.push(...judgePing(ping));
  if (items.length === 0) items.push(ready({ id: "relay", seen: working.known ? working.value.seen : "" }));
  return [...items, ...parkedEvents(relay.parked ?? 0, environment.name)];
}

function judgePing(ping: NonNullable<NonNullable<ReadinessFacts["relay"]>["ping"]>): readonly Item[] {
  if (!ping.known) return [notKnown("relay-ping-not-known", ping.why, ping.remedy)];
  if (ping.value === 200) return [];
  return [
    notReady({
      id: "relay-ping",
      seen: `The relay answered ${ping.value} to a PING like Gladly's. Only 200 counts.`,
      detail: "Gladly cannot enable the webhook, and disables it after four failed retries.",
      remedy: ping.value === 401 ? "give the relay the same webhook password that Gladly has" : "read the relay's log",
    }),
  ];
}

/** Events that were parked in test mode are about real customers too. */
function parkedEvents(parked: number, environment: string): readonly Item[] {
  if (parked === 0) return [];
  return [
    note({
      id: "events-parked",
      seen: `${count(parked, "event is", "events are")} parked. If you replay them after going live, those customers get a survey.`,
      remedy: `read \`npx relay explain <conversation> --environment ${environment}\`, and replay what you want before going live`,
    }),
  ];
}
