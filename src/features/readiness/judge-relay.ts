/** Whether the relay is there, at work, and lets Gladly in. */
import { count } from "../../report/report";
import type { ReadinessFacts } from "./facts";
import { about, type Item } from "./item";

const { ready, notReady, notKnown } = about("relay");

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
        detail: "Events that come now wait, or are turned away.",
        remedy: working.value.remedy,
      }),
    );
  }
  if (!paused.known) items.push(notKnown("relay-pause-not-known", paused.why, paused.remedy));
  else if (paused.value) {
    items.push(
      notReady({
        id: "relay-paused",
        seen: "The relay is paused: events are stored, and no survey is asked for.",
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
      seen: `The relay answered ${ping.value} to a PING like Gladly's, and only 200 counts.`,
      detail: "Gladly cannot switch the webhook on, and four failed deliveries switch it off.",
      remedy:
        ping.value === 401
          ? "put the webhook's password where the relay reads it, the same that Gladly was given"
          : "see the relay's log",
    }),
  ];
}

/** Not a hindrance, but a trap: what was parked while testing is about real customers too. */
function parkedEvents(parked: number, environment: string): readonly Item[] {
  if (parked === 0) return [];
  return [
    ready({
      id: "events-parked",
      seen: `${count(parked, "event is", "events are")} parked. Replayed after going live, they ask the customers of back then.`,
      remedy: `see \`npx relay explain <conversation> --environment ${environment}\`, and replay what shall be replayed before going live`,
    }),
  ];
}
