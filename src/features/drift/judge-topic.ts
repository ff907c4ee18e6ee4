/**
 * Changes of the do-not-send topic outside of Terraform. The relay and Stella Connect look for its exact name. Gladly keeps
 * no time of a topic's changes (docs/vendors/gladly-api.md section 8).
 */

import { code } from "../../report/report";
import { type Change, text } from "../../terraform/change";
import { at } from "../../terraform/value";
import { applyCommand, codeMovedToo, type DriftContext, driftFinding, sentences } from "./context";
import { type Difference, isLeft, undone } from "./differences";
import type { StackFinding } from "./observation";

export function topicFindings(difference: Difference, context: DriftContext): readonly StackFinding[] {
  const { outside } = difference;
  if (outside === undefined) return [];
  const name = code(text(outside.before, "name") ?? context.environment?.topicName ?? "");
  if (outside.action === "delete") return isLeft(difference) ? [] : [topicDeleted(difference, name, context)];
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
  const wanted = text(difference.unfinished ? outside.before : difference.planned?.after, "name");
  const holder = context.gladly?.topics.find((topic) => topic.name === wanted && topic.id !== id);
  return driftFinding(difference, "outside-topic-renamed", {
    title: `Someone renamed the topic ${name} in Gladly to ${code(text(outside.after, "name") ?? "")}`,
    detail: sentences(
      "Gladly keeps no record of who did it and when.",
      "Only the exact name prevents a survey: conversations with this topic now get one.",
      codeMovedToo(difference, "name"),
      holder && `Another topic has the name ${code(holder.name)} now, and Gladly refuses two topics of one name.`,
    ),
    remedy: holder
      ? `rename the other topic (${holder.id}) in Gladly, then ${applyCommand(context)}`
      : `${applyCommand(context)} reverts the name; conversations keep the topic`,
  });
}

function disabled(difference: Difference, name: string, context: DriftContext): StackFinding {
  return driftFinding(difference, "outside-topic-disabled", {
    title: `Someone disabled the topic ${name} in Gladly`,
    detail:
      "Gladly keeps no record of who did it and when. Agents can no longer add it to a conversation, so customers who should not get a survey get one.",
    remedy: `${applyCommand(context)} enables it again`,
  });
}

function moved(difference: Difference, outside: Change, name: string, context: DriftContext): StackFinding {
  const parent = text(outside.after, "parent_id");
  const above = context.gladly?.topics.find(({ id }) => id === parent)?.name ?? parent;
  return driftFinding(difference, "outside-topic-moved", {
    title: `Someone moved the topic ${name} in Gladly ${above === undefined ? "to the top" : `under ${code(above)}`}`,
    detail: sentences(
      "It still prevents surveys, but agents no longer find it in the usual place.",
      codeMovedToo(difference, "parent_id"),
    ),
    remedy: `${applyCommand(context)} moves it back`,
  });
}

function changed(difference: Difference, name: string, rest: readonly string[], context: DriftContext): StackFinding {
  return driftFinding(difference, "outside-topic-changed", {
    title: `Someone changed the topic ${name} outside of Terraform: ${rest.map(code).join(", ")}`,
    remedy: `${applyCommand(context)} reverts it`,
  });
}

function topicDeleted(difference: Difference, name: string, context: DriftContext): StackFinding {
  return driftFinding(difference, "outside-topic-gone", {
    title: `The topic ${name} is not in Gladly`,
    detail:
      "Gladly cannot delete topics, so this is probably another organization, or a sandbox that started again. Agents cannot prevent a survey: customers who should not get one get one.",
    remedy: `check that the address and the token belong to the right organization, then ${applyCommand(context)} creates the topic`,
  });
}
