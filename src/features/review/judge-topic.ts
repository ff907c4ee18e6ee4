/** The topic that keeps a conversation from being surveyed. Names are compared exactly (docs/vendors/gladly-api.md section 8). */

import { type Found, found } from "../../report/catalogue";
import { code } from "../../report/report";
import { type Change, differs, text } from "../../terraform/change";
import { at } from "../../terraform/value";
import type { ChangeSet } from "./change-set";

const DO_NOT_SEND = "do_not_send_topic";
const WOULD_BE_SENT = "Customers who should be left in peace would get surveys";

export function topicFindings(set: ChangeSet): readonly Found[] {
  const { changes, settings, destroys, delivery } = set;
  if (destroys) return [];
  const ours = changes.filter(({ type, name }) => type === "gladly_topic" && name === DO_NOT_SEND);
  const heeded = settings.after?.doNotSendTopic;
  const other = settings.before !== undefined && heeded !== undefined && settings.before.doNotSendTopic !== heeded;
  return [
    ...ours.flatMap((change) => ofTopic(change, delivery.after === "direct")),
    ...(other && settings.after !== undefined
      ? [
          found("topic-heeded-changed", {
            resource: settings.after.address,
            title: `The relay leaves out conversations with the topic ${code(heeded)}, and no others`,
            detail: `It heeded ${code(settings.before?.doNotSendTopic ?? "")} until now. A conversation that still has only the old one is surveyed.`,
          }),
        ]
      : []),
  ];
}

function ofTopic(change: Change, direct: boolean): readonly Found[] {
  const name = code(text(change.after, "name") ?? text(change.before, "name") ?? "");
  const about = { resource: change.address };
  switch (change.action) {
    case "create":
      return [
        found("topic-created", {
          ...about,
          title: `Gladly is given the topic ${name}`,
          detail:
            "A conversation that an agent puts it on gets no survey. A disabled topic of that name is taken over and enabled.",
        }),
      ];
    case "delete":
      return [
        found("topic-disabled", {
          ...about,
          title: `The topic ${name} is disabled: nobody can put it on a conversation any more`,
          detail: `${WOULD_BE_SENT}, as nothing keeps a conversation out any more. Gladly can delete no topic; conversations that have it keep it.`,
        }),
      ];
    case "replace":
      return [
        found("topic-replaced", {
          ...about,
          title: `The topic ${name} becomes another one`,
          detail: "The old one is disabled. Conversations that have it keep it, under its old id.",
        }),
      ];
    case "update":
      return changed(change, name, direct);
    default:
      return [];
  }
}

function changed(change: Change, name: string, direct: boolean): readonly Found[] {
  const { before, after, address: resource } = change;
  const findings: Found[] = [];
  if (differs(change, "name")) {
    const old = code(text(before, "name") ?? "");
    findings.push(
      found("topic-renamed", {
        resource,
        title: `The topic ${old} is renamed to ${name}`,
        detail: direct
          ? `Stella Connect looks for the vendor's name. ${WOULD_BE_SENT} unless Stella is told of the new one.`
          : `The relay compares names exactly. ${WOULD_BE_SENT} as long as it heeds another name, and agents must find the new one.`,
      }),
    );
  }
  if (at(before, "disabled") !== true && at(after, "disabled") === true) {
    findings.push(
      found("topic-disabled", {
        resource,
        title: `The topic ${name} is disabled: nobody can put it on a conversation any more`,
        detail: `${WOULD_BE_SENT}: agents have no way to keep a conversation out.`,
      }),
    );
  }
  if (at(before, "disabled") === true && at(after, "disabled") === false) {
    findings.push(
      found("topic-enabled", {
        resource,
        title: `The topic ${name} is enabled again: agents can keep conversations out`,
      }),
    );
  }
  if (differs(change, "parent_id")) {
    findings.push(found("topic-moved", { resource, title: `The topic ${name} stands under another topic` }));
  }
  return findings;
}
