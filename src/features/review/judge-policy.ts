/** What the relay does with a closed conversation, setting by setting, with the defaults that hold where nothing is said. */
import { GLADLY_CHANNELS } from "../../contract/channels";
import type { RelayPolicy } from "../../contract/policy";
import { type Found, found } from "../../report/catalogue";
import { code } from "../../report/report";
import { masked } from "../../terraform/mask";
import type { ChangeSet } from "./change-set";

interface Pair {
  readonly before: RelayPolicy;
  readonly after: RelayPolicy;
  readonly resource: string;
}

export function policyFindings({ settings }: ChangeSet): readonly Found[] {
  const { before, after } = settings;
  if (before === undefined || after === undefined) return [];
  const resource = after.address;
  if (before.policy === undefined || after.policy === undefined) {
    return [
      found("policy-unknown", {
        resource,
        title: "The relay is told something that this version does not know",
        detail: "What it means cannot be said here; the settings are shown below as they are.",
      }),
    ];
  }
  const pair = { before: before.policy, after: after.policy, resource };
  return [...channels(pair), ...otherChannel(pair), ...bots(pair), ...rules(pair), ...details(pair)];
}

function channels({ before, after, resource }: Pair): readonly Found[] {
  const changed = GLADLY_CHANNELS.filter((channel) => before.channels[channel] !== after.channels[channel]);
  const out = changed.filter((channel) => after.channels[channel] === null);
  const into = changed.filter((channel) => before.channels[channel] === null);
  const named = changed.filter((channel) => !out.includes(channel) && !into.includes(channel));
  return [
    ...(out.length > 0
      ? [found("policy-channels", { resource, title: `Conversations by ${list(out)} get no surveys any more` })]
      : []),
    ...(into.length > 0
      ? [found("policy-channels", { resource, title: `Conversations by ${list(into)} get surveys from now on` })]
      : []),
    ...named.map((channel) =>
      found("policy-channel-names", {
        resource,
        title: `Stella Connect is told the channel ${code(String(after.channels[channel]))} of a conversation by ${code(channel)}, instead of ${code(String(before.channels[channel]))}`,
        detail: "Stella refuses a channel that the company has not set up.",
      }),
    ),
  ];
}

function otherChannel({ before, after, resource }: Pair): readonly Found[] {
  if (before.otherChannel === after.otherChannel) return [];
  const title =
    after.otherChannel === null
      ? "Conversations whose channel cannot be told get no surveys any more"
      : `Conversations whose channel cannot be told count as ${code(after.otherChannel)}`;
  return [found("policy-channels", { resource, title })];
}

function bots({ before, after, resource }: Pair): readonly Found[] {
  const come = after.bots.filter((bot) => !before.bots.includes(bot));
  const gone = before.bots.filter((bot) => !after.bots.includes(bot));
  return [
    ...(come.length > 0
      ? [
          found("policy-bots", {
            resource,
            title: `${list(come)} count${come.length === 1 ? "s" : ""} as no person: no survey about their conversations`,
          }),
        ]
      : []),
    ...(gone.length > 0
      ? [
          found("policy-bots", {
            resource,
            title: `${list(gone)} count${gone.length === 1 ? "s" : ""} as a person: surveys about their conversations`,
          }),
        ]
      : []),
  ];
}

function rules({ before, after, resource }: Pair): readonly Found[] {
  const findings: Found[] = [];
  if (before.doNotSend !== after.doNotSend) {
    const title =
      after.doNotSend === "record"
        ? "Stella Connect is told of conversations with the do-not-send topic, without a survey"
        : "Stella Connect is told nothing of conversations with the do-not-send topic";
    const detail = after.doNotSend === "record" ? "Its counts include them." : "Its counts no longer include them.";
    findings.push(found("policy-do-not-send", { resource, title, detail }));
  }
  if (before.oncePerConversation !== after.oncePerConversation) {
    const title = after.oncePerConversation
      ? "A conversation gets one survey, however often it is reopened and closed"
      : "A conversation gets a survey each time it is closed";
    findings.push(found("policy-once", { resource, title }));
  }
  if (before.ambiguous !== after.ambiguous) {
    const title =
      after.ambiguous === "park"
        ? "A request whose answer was lost is left to a person: a customer may get no survey, and never two"
        : "A request whose answer was lost is sent again: a customer may get two surveys";
    findings.push(found("policy-ambiguous", { resource, title }));
  }
  if (before.feedback !== after.feedback) {
    const title = after.feedback
      ? "The relay puts survey answers on the customer's timeline in Gladly"
      : "The relay no longer puts survey answers on the customer's timeline in Gladly";
    const detail = after.feedback ? "Where Stella Connect does so itself, each answer is there twice." : undefined;
    findings.push(found("policy-feedback", { resource, title, ...(detail === undefined ? {} : { detail }) }));
  }
  return findings;
}

const DETAILS = ["brand", "language", "tags", "externalUrl"] as const;

function details({ before, after, resource }: Pair): readonly Found[] {
  return DETAILS.filter((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name])).map((name) =>
    found("policy-details", {
      resource,
      title: `A survey's ${name === "externalUrl" ? "link back" : name} changes from ${shown(before[name])} to ${shown(after[name])}`,
    }),
  );
}

function shown(value: string | readonly string[] | undefined): string {
  const text = typeof value === "string" ? value : (value ?? []).join(", ");
  return text === "" ? "nothing" : code(masked(text));
}

function list(names: readonly string[]): string {
  return names.map((name) => code(masked(name))).join(", ");
}
