/** The do-not-send topic. Names are compared exactly (docs/vendors/gladly-api.md section 8). */

import { type Finding, found } from "../../report/finding";
import { code } from "../../report/report";
import { type Change, differs, text } from "../../terraform/change";
import { at } from "../../terraform/value";
import type { ChangeSet } from "./change-set";

const DO_NOT_SEND = "do_not_send_topic";
const WOULD_BE_SENT = "Customers who should not get a survey would get one";

export function topicFindings(set: ChangeSet): readonly Finding[] {
  const { changes, settings, destroys, delivery } = set;
  if (destroys) return [];
  const ours = changes.filter(({ type, name }) => type === "gladly_topic" && name === DO_NOT_SEND);
  const wanted = settings.after?.doNotSendTopic;
  const other = settings.before !== undefined && wanted !== undefined && settings.before.doNotSendTopic !== wanted;
  return [
    ...ours.flatMap((change) => ofTopic(change, delivery.after === "direct")),
    ...(other && settings.after !== undefined
      ? [
          found("topic-heeded-changed", {
            resource: settings.after.address,
            title: `The relay skips conversations with the topic ${code(wanted)} and no other`,
            detail: `Until now it looked for ${code(settings.before?.doNotSendTopic ?? "")}. Conversations that have only the old topic get a survey.`,
          }),
        ]
      : []),
  ];
}

function ofTopic(change: Change, direct: boolean): readonly Finding[] {
  const name = code(text(change.after, "name") ?? text(change.before, "name") ?? "");
  const about = { resource: change.address };
  switch (change.action) {
    case "create":
      return [
        found("topic-created", {
          ...about,
          title: `The topic ${name} is created in Gladly`,
          detail:
            "A conversation with this topic gets no survey. If a disabled topic of that name exists, it is enabled instead.",
        }),
      ];
    case "delete":
      return [
        found("topic-disabled", {
          ...about,
          title: `The topic ${name} is disabled: agents can no longer add it to a conversation`,
          detail: `${WOULD_BE_SENT}. Gladly cannot delete topics. Conversations that have it keep it.`,
        }),
      ];
    case "replace":
      return [
        found("topic-replaced", {
          ...about,
          title: `The topic ${name} is replaced by another one`,
          detail: "The old topic is disabled. Conversations that have it keep it under its old id.",
        }),
      ];
    case "update":
      return changed(change, name, direct);
    default:
      return [];
  }
}

function changed(change: Change, name: string, direct: boolean): readonly Finding[] {
  const { before, after, address: resource } = change;
  const findings: Finding[] = [];
  if (differs(change, "name")) {
    const old = code(text(before, "name") ?? "");
    findings.push(
      found("topic-renamed", {
        resource,
        title: `The topic ${old} is renamed to ${name}`,
        detail: direct
          ? `Stella Connect looks for the name that it knows. ${WOULD_BE_SENT} until Stella knows the new name.`
          : `The relay compares names exactly. ${WOULD_BE_SENT} while it looks for another name. Tell agents the new name.`,
      }),
    );
  }
  if (at(before, "disabled") !== true && at(after, "disabled") === true) {
    findings.push(
      found("topic-disabled", {
        resource,
        title: `The topic ${name} is disabled: agents can no longer add it to a conversation`,
        detail: `${WOULD_BE_SENT}: agents cannot prevent a survey.`,
      }),
    );
  }
  if (at(before, "disabled") === true && at(after, "disabled") === false) {
    findings.push(
      found("topic-enabled", {
        resource,
        title: `The topic ${name} is enabled: agents can prevent surveys again`,
      }),
    );
  }
  if (differs(change, "parent_id")) {
    findings.push(found("topic-moved", { resource, title: `The topic ${name} gets another parent topic` }));
  }
  return findings;
}
