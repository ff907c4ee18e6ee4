/** A preview as a report: what would have happened to customers, what differs, and what the preview cannot know. */
import { type Block, code, count, type Report } from "../../report/report";
import { LOOKED_WITHIN } from "./as-of";
import { previewFindings } from "./judge-summary";
import type { Counts, PreviewSummary } from "./summary";
import { changesTable, outcomesTable, sharesBlocks } from "./tables";

export function previewReport(summary: PreviewSummary): Report {
  const { present, changes, byAgent, byChannel } = summary;
  return {
    title: titleOf(summary),
    lead: leadOf(summary),
    findings: previewFindings(summary),
    blocks: [
      ...(summary.closes === 0
        ? []
        : [{ kind: "heading", text: "What becomes of the closes" } as const, outcomesTable(summary)]),
      ...(changes.length === 0 ? [] : [{ kind: "heading", text: "What differs" } as const, changesTable(changes)]),
      ...sharesBlocks("By agent", "Agent", byAgent, present !== null),
      ...sharesBlocks("By channel", "Channel in Gladly", byChannel, present !== null),
      ...limitsBlocks(summary),
    ],
    data: { ...summary },
  };
}

function titleOf({ environment, closes, proposed }: PreviewSummary): string {
  if (closes === 0) return `Preview of ${environment}: no conversation was closed in 24 hours`;
  const begin = `Preview of ${environment}: of ${count(closes, "close")} in 24 hours`;
  return `${begin} ${count(proposed.surveys, "would be a survey", "would be surveys")}, ${whereTo(proposed)}`;
}

/** Where surveys go, with how many different customers that means. */
function whereTo({ surveyMode, delivery, surveys, customers }: Counts): string {
  const estimate = delivery === "enrich" ? "" : "; an estimate, for Stella decides";
  if (surveys === 0) return `none to anybody${estimate}`;
  const to = surveyMode === "production" ? `to ${count(customers, "different customer")}` : "all to the test address";
  return `${to}${estimate}`;
}

function leadOf(summary: PreviewSummary): readonly string[] {
  const { window, proposed } = summary;
  const suppressed = proposed.surveyMode === "production" && proposed.surveys > 0;
  return [
    `Nothing was sent. Gladly's history from ${window.from} to ${window.to} was read and put through the relay's own decision.`,
    ...sampled(summary),
    compared(summary),
    ...(suppressed ? ["Stella's suppression period, opt-outs and bounced addresses will send fewer."] : []),
  ];
}

function sampled({ sample, proposed }: PreviewSummary): readonly string[] {
  if (sample === null) return [];
  const scaled = sample.closes === 0 ? 0 : Math.round((proposed.surveys * sample.of) / sample.closes);
  return [
    `A sample: only the newest ${count(sample.closes, "close event")} of ${sample.of.toLocaleString("en-US")} were looked at, ` +
      `and every number here is of the sample. All together would be about ${count(scaled, "survey")}: an estimate.`,
  ];
}

function compared({ closes, present, base, baseMissing, changes }: PreviewSummary): string {
  if (present === null || base === null) {
    return `Only the proposed configuration was judged: ${baseMissing ?? "there is no other"}.`;
  }
  const beginning = `Compared with ${code(base.ref)} (${base.commit})`;
  const changed = changes.reduce((sum, change) => sum + change.closes, 0);
  if (closes === 0) return `${beginning}; without a close there is nothing to tell.`;
  if (changed === 0) return `${beginning}, every close ends the same.`;
  return `${beginning}, ${count(changed, "close ends", "closes end")} differently, of ${closes.toLocaleString("en-US")}.`;
}

/** The limits of this preview, only those that apply. */
function limitsBlocks(summary: PreviewSummary): readonly Block[] {
  const { closes, duplicates, reopenedSince, present, proposed, profiles } = summary;
  if (closes === 0) return [];
  const both = [proposed, ...(present === null ? [] : [present])];
  const items = [
    "Customers, agents and the names of topics are the current ones. An address that was added or removed since then counts as it is now.",
    "Topics that were added or removed after the close are undone with Gladly's history.",
    ...(reopenedSince === 0
      ? []
      : [
          `${count(reopenedSince, "close was", "closes were")} followed by a reopening and counts as closed, because the relay ` +
            `would have read it seconds after the close. If reopened within ${LOOKED_WITHIN / 1000} seconds, it counts as reopened.`,
        ]),
    ...(duplicates === 0
      ? []
      : [
          `${count(duplicates, "event")} belonged to a close that was already counted: two events in the same second are one close.`,
        ]),
    ...(hasReason(both, "already-surveyed")
      ? ["Surveys from before these 24 hours are not known here: `oncePerConversation` may skip more."]
      : []),
    ...(both.some(({ delivery }) => delivery !== "enrich")
      ? [
          "With direct and forward Stella reads the conversation and decides. The preview estimates this with the vendor's conditions: an agent " +
            "was assigned, the agent's profile is active, the customer has a name, and the primary or first address is valid.",
        ]
      : []),
    ...(profiles.checked
      ? []
      : [`Active profiles were not checked: ${profiles.why}. Stella may refuse some surveys because of them.`]),
    "Stella may refuse for other reasons than the profile: a brand, a language, a channel that is off, an invalid address.",
  ];
  return [
    { kind: "heading", text: "What this cannot know" },
    { kind: "list", items },
  ];
}

function hasReason(counts: readonly Counts[], reason: string): boolean {
  return counts.some(({ outcomes }) => outcomes.some(({ outcome }) => outcome.reason === reason));
}
