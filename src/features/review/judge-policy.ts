/** What the relay does with a closed conversation, setting by setting, with defaults filled in. */
import { GLADLY_CHANNELS } from "../../contract/channels";
import { type Finding, found } from "../../report/finding";
import { code } from "../../report/report";
import { masked } from "../../terraform/mask";
import type { ChangeSet } from "./change-set";
import { closesLeftOut } from "./judge-policy-exclude";
import { retention } from "./judge-policy-retention";
import type { PolicyPair } from "./policy-pair";

export function policyFindings({ settings }: Pick<ChangeSet, "settings">): readonly Finding[] {
  const { before, after } = settings;
  if (before === undefined || after === undefined) return [];
  const resource = after.address;
  if (before.policy === undefined || after.policy === undefined) {
    return [
      found("policy-unknown", {
        resource,
        title: "The relay's configuration has settings that this version does not know",
        detail: "The review cannot judge them. They are shown below as they are.",
      }),
    ];
  }
  const pair = { before: before.policy, after: after.policy, resource };
  return [
    ...channels(pair),
    ...otherChannel(pair),
    ...bots(pair),
    ...rules(pair),
    ...closesLeftOut(pair),
    ...retention(pair),
    ...details(pair),
  ];
}

function channels({ before, after, resource }: PolicyPair): readonly Finding[] {
  const changed = GLADLY_CHANNELS.filter((channel) => before.channels[channel] !== after.channels[channel]);
  const out = changed.filter((channel) => after.channels[channel] === null);
  const into = changed.filter((channel) => before.channels[channel] === null);
  const named = changed.filter((channel) => !out.includes(channel) && !into.includes(channel));
  return [
    ...(out.length > 0
      ? [found("policy-channels", { resource, title: `Conversations by ${list(out)} no longer get surveys` })]
      : []),
    ...(into.length > 0
      ? [found("policy-channels", { resource, title: `Conversations by ${list(into)} get surveys` })]
      : []),
    ...named.map((channel) =>
      found("policy-channel-names", {
        resource,
        title: `Surveys about conversations by ${code(channel)} name the Stella channel ${code(String(after.channels[channel]))} instead of ${code(String(before.channels[channel]))}`,
        detail: "Stella refuses a channel that is not set up.",
      }),
    ),
  ];
}

function otherChannel({ before, after, resource }: PolicyPair): readonly Finding[] {
  if (before.otherChannel === after.otherChannel) return [];
  const title =
    after.otherChannel === null
      ? "Conversations of an unknown channel no longer get surveys"
      : `Surveys about conversations of an unknown channel name the Stella channel ${code(after.otherChannel)}`;
  return [found("policy-channels", { resource, title })];
}

function bots({ before, after, resource }: PolicyPair): readonly Finding[] {
  const added = after.bots.filter((bot) => !before.bots.includes(bot));
  const removed = before.bots.filter((bot) => !after.bots.includes(bot));
  return [
    ...(added.length > 0
      ? [
          found("policy-bots", {
            resource,
            title: `${list(added)} count${added.length === 1 ? "s" : ""} as a bot: no survey about ${added.length === 1 ? "its" : "their"} conversations`,
          }),
        ]
      : []),
    ...(removed.length > 0
      ? [
          found("policy-bots", {
            resource,
            title: `${list(removed)} no longer count${removed.length === 1 ? "s" : ""} as a bot: surveys about ${removed.length === 1 ? "its" : "their"} conversations`,
          }),
        ]
      : []),
  ];
}

function rules({ before, after, resource }: PolicyPair): readonly Finding[] {
  const findings: Finding[] = [];
  if (before.doNotSend !== after.doNotSend) {
    const title =
      after.doNotSend === "record"
        ? "Conversations with the do-not-send topic are recorded in Stella Connect, without a survey"
        : "Conversations with the do-not-send topic are no longer recorded in Stella Connect";
    const detail =
      after.doNotSend === "record" ? "Stella's counts include them." : "Stella's counts no longer include them.";
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
        ? "A request whose answer was lost is parked: a customer may get no survey, and never two"
        : "A request whose answer was lost is sent again: a customer may get two surveys";
    findings.push(found("policy-ambiguous", { resource, title }));
  }
  if (before.feedback !== after.feedback) {
    const title = after.feedback
      ? "The relay writes survey answers to the customer's timeline in Gladly"
      : "The relay no longer writes survey answers to the customer's timeline in Gladly";
    const detail = after.feedback ? "If Stella Connect does so too, each answer appears twice." : undefined;
    findings.push(found("policy-feedback", { resource, title, ...(detail === undefined ? {} : { detail }) }));
  }
  return findings;
}

const DETAILS = ["brand", "language", "tags", "externalUrl"] as const;

function details({ before, after, resource }: PolicyPair): readonly Finding[] {
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
