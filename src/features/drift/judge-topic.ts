/**
 * What was done outside of Terraform to the topic that keeps a conversation out. Whoever decides about a survey, the relay
 * or Stella Connect, knows the topic by its exact name. Gladly keeps no time of a topic's changes (docs/vendors/gladly-api.md section 8).
 */

import { code } from "../../report/report";
import { type Change, text } from "../../terraform/change";
import { at } from "../../terraform/value";
import { applyCommand, codeMovedToo, type DriftContext, driftFinding, sentences } from "./context";
import { type Difference, undone } from "./differences";
import type { StackFinding } from "./observation";

export function topicFindings(difference: Difference, context: DriftContext): readonly StackFinding[] {
  const { outside } = difference;
  if (outside === undefined) return [];
  const name = code(text(outside.before, "name") ?? context.environment?.topicName ?? "");
  if (outside.action === "delete") return difference.planned === undefined ? [] : [gone(difference, name, context)];
  const attributes = undone(difference);
  const known = new Set(["name", "disabled", "parent_id"]);
  const rest = attributes.filter((attribute) => !known.has(attribute));
  return [
    ...(attributes.includes("name") ? [renamed(difference, outside, name, context)] : []),
    ...(attributes.includes("disabled") && at(outside.after, "disabled") === true
      ? [disabled(difference, name, context)]
      : []),
    ...(attributes.includes("parent_id") ? [moved(difference, outside, name, context)] : []),
    ...(rest.length > 0 ? [changed(difference, name, rest, context)] : []),
  ];
}

function renamed(difference: Difference, outside: Change, name: string, context: DriftContext): StackFinding {
  const id = text(outside.before, "id");
  const wanted = text(difference.planned?.after, "name");
  const holder = context.gladly?.topics.find((topic) => topic.name === wanted && topic.id !== id);
  return driftFinding(difference, {
    id: "topic-renamed",
    severity: "critical",
    title: `The topic ${name} was renamed in Gladly to ${code(text(outside.after, "name") ?? "")}`,
    detail: sentences(
      "Someone edited it by hand; Gladly keeps no record of who and when.",
      "A topic keeps a conversation out by its exact name: customers whose conversation has it now get a survey all the same.",
      codeMovedToo(difference, "name"),
      holder && `Gladly has another topic ${code(holder.name)} now, and refuses two of one name.`,
    ),
    remedy: holder
      ? `rename the other topic (${holder.id}) in Gladly, then ${applyCommand(context)}`
      : `${applyCommand(context)} gives it its name back; conversations keep it`,
  });
}

function disabled(difference: Difference, name: string, context: DriftContext): StackFinding {
  return driftFinding(difference, {
    id: "topic-disabled",
    severity: "critical",
    title: `The topic ${name} was disabled in Gladly`,
    detail:
      "Someone did that by hand; Gladly keeps no record of who and when. Agents cannot put it on a conversation any more, so customers who should be left alone get a survey.",
    remedy: `${applyCommand(context)} enables it again`,
  });
}

function moved(difference: Difference, outside: Change, name: string, context: DriftContext): StackFinding {
  const parent = text(outside.after, "parent_id");
  const above = context.gladly?.topics.find(({ id }) => id === parent)?.name ?? parent;
  return driftFinding(difference, {
    id: "topic-moved",
    severity: "warning",
    title: `The topic ${name} was moved in Gladly ${above === undefined ? "to the top" : `under ${code(above)}`}`,
    detail: sentences(
      "It keeps conversations out as it did, but agents no longer find it where they are used to.",
      codeMovedToo(difference, "parent_id"),
    ),
    remedy: `${applyCommand(context)} moves it back`,
  });
}

function changed(difference: Difference, name: string, rest: readonly string[], context: DriftContext): StackFinding {
  return driftFinding(difference, {
    id: "topic-changed",
    severity: "warning",
    title: `The topic ${name} was changed outside of Terraform: ${rest.map(code).join(", ")}`,
    remedy: `${applyCommand(context)} puts it back`,
  });
}

function gone(difference: Difference, name: string, context: DriftContext): StackFinding {
  return driftFinding(difference, {
    id: "topic-gone",
    severity: "critical",
    title: `The topic ${name} is gone from Gladly`,
    detail:
      "Gladly has no way to delete a topic, so this may be another organization, or a rehearsal's that began anew. Agents cannot keep a conversation out: customers who should be left alone get a survey.",
    remedy: `look whether the address and the token are of the right organization, then ${applyCommand(context)} makes it again`,
  });
}
