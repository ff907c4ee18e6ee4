/** The webhook in Gladly: which events it delivers, where, and whether it is enabled (docs/vendors/gladly-api.md section 6). */
import { CONVERSATION_CLOSED } from "../../contract/event-types";
import { type Finding, found } from "../../report/finding";
import { code } from "../../report/report";
import { type Change, differs, text, texts } from "../../terraform/change";
import { at } from "../../terraform/value";
import type { ChangeSet } from "./change-set";

const CLOSED = CONVERSATION_CLOSED;
const PING = "Gladly sends a PING there first. The apply fails unless the receiver answers 200 within 15 seconds.";
const MISSED = "Undelivered closes can be fetched from Gladly's history for 24 hours. After that they are lost.";

export function webhookFindings({ changes, delivery, destroys }: ChangeSet): readonly Finding[] {
  if (destroys) return [];
  return changes
    .filter(({ type }) => type === "gladly_webhook")
    .flatMap((change) => ofWebhook(change, delivery.after === "direct"));
}

function ofWebhook(change: Change, direct: boolean): readonly Finding[] {
  const name = code(text(change.after, "name") ?? text(change.before, "name") ?? change.name);
  const about = { resource: change.address };
  switch (change.action) {
    case "create":
      return [
        found("webhook-created", {
          ...about,
          title: `The webhook ${name} is created in Gladly`,
          detail: `It delivers ${events(change.after)} to ${address(change.after)}. ${PING}`,
        }),
      ];
    case "delete":
      return [
        found("webhook-deleted", {
          ...about,
          title: `The webhook ${name} is deleted: closed conversations are not delivered, and no survey is sent`,
          detail: `It is disabled and then deleted, with its id and password. ${MISSED}`,
        }),
      ];
    case "replace":
      return [
        found("webhook-replaced", {
          ...about,
          title: `The webhook ${name} is deleted and created again`,
          detail: `Closes in between are not delivered. ${MISSED} ${PING} The apply must set its password again.`,
        }),
      ];
    case "replace-forget":
    case "forget":
      return [
        found("webhook-left-behind", {
          ...about,
          title: `The webhook ${name} stays in Gladly, and Terraform no longer manages it`,
          detail:
            `It keeps delivering ${events(change.before)} to ${address(change.before)}.` +
            (change.action === "forget"
              ? " No plan shows when someone changes it."
              : " Terraform creates another one. If both deliver, customers get two surveys. Gladly refuses two webhooks with one address."),
          remedy: "Disable and delete it in Gladly, or keep it managed.",
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
  if (differs(change, "url")) {
    findings.push(
      found("webhook-moved", {
        resource,
        title: `The webhook ${name} moves to another address`,
        detail: `Closes go to ${address(after)} instead of ${address(before)}. ${PING} If it fails, the old address stays.`,
      }),
    );
  }
  if (at(before, "enabled") === true && at(after, "enabled") === false) {
    findings.push(
      found("webhook-switched-off", {
        resource,
        title: `The webhook ${name} is disabled: closed conversations are not delivered, and no survey is sent`,
        detail: MISSED,
      }),
    );
  }
  if (at(before, "enabled") === false && at(after, "enabled") === true) {
    findings.push(
      found("webhook-switched-on", {
        resource,
        title: `The webhook ${name} is enabled: surveys are sent again`,
        detail: `${PING} ${direct ? "Conversations that closed in the meantime get no survey, because nothing delivers them again." : "The relay fetches conversations that closed in the meantime from Gladly's history, up to 24 hours back."}`,
      }),
    );
  }
  if (differs(change, "events")) findings.push(otherEvents(change, name));
  if (differs(change, "name")) {
    findings.push(
      found("webhook-renamed", {
        resource,
        title: `The webhook gets the name ${name} instead of ${code(text(before, "name") ?? "")}`,
        detail: "Only Gladly's settings show the name.",
      }),
    );
  }
  if (differs(change, "headers_wo_version")) {
    findings.push(
      found("webhook-headers-changed", {
        resource,
        title: `The webhook ${name} sends other headers`,
        detail: "A receiver that expects the old headers refuses every delivery. Gladly never shows their values.",
      }),
    );
  }
  return findings;
}

function otherEvents(change: Change, name: string): Finding {
  const before = texts(change.before, "events");
  const after = texts(change.after, "events");
  const list = `It delivers ${events(change.after)} instead of ${events(change.before)}.`;
  if (before.includes(CLOSED) && !after.includes(CLOSED)) {
    return found("webhook-events-lost", {
      resource: change.address,
      title: `The webhook ${name} no longer delivers closed conversations: no survey is sent`,
      detail: list,
    });
  }
  return found("webhook-events-changed", {
    resource: change.address,
    title: `The webhook ${name} delivers other events`,
    detail: list,
  });
}

function events(side: object): string {
  return texts(side, "events").map(code).join(", ") || "nothing";
}

function address(side: object): string {
  const url = text(side, "url");
  return url === undefined ? "an address known after apply" : code(url);
}
