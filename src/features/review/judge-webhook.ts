/** The webhook in Gladly: what it tells of, where to, and whether at all (docs/vendors/gladly-api.md section 6). */
import { CONVERSATION_CLOSED } from "../../contract/event-types";
import { type Found, found } from "../../report/catalogue";
import { code } from "../../report/report";
import { type Change, differs, text, texts } from "../../terraform/change";
import { at } from "../../terraform/value";
import type { ChangeSet } from "./change-set";

const CLOSED = CONVERSATION_CLOSED;
const PING =
  "Gladly sends a PING there first, and the apply fails unless exactly 200 comes back within 15 seconds: the receiver must be up.";
const MISSED = "Closes that are not delivered can be fetched from Gladly's history for 24 hours; later they are lost.";

export function webhookFindings({ changes, delivery, destroys }: ChangeSet): readonly Found[] {
  if (destroys) return [];
  return changes
    .filter(({ type }) => type === "gladly_webhook")
    .flatMap((change) => ofWebhook(change, delivery.after === "direct"));
}

function ofWebhook(change: Change, direct: boolean): readonly Found[] {
  const name = code(text(change.after, "name") ?? text(change.before, "name") ?? change.name);
  const about = { resource: change.address };
  switch (change.action) {
    case "create":
      return [
        found("webhook-created", {
          ...about,
          title: `Gladly is given the webhook ${name}`,
          detail: `It tells ${place(change.after)} of ${events(change.after)}. ${PING}`,
        }),
      ];
    case "delete":
      return [
        found("webhook-deleted", {
          ...about,
          title: `The webhook ${name} is deleted: Gladly tells nobody of closed conversations, and no survey is sent`,
          detail: `It is switched off and then deleted; its id and its password are gone with it. ${MISSED}`,
        }),
      ];
    case "replace":
      return [
        found("webhook-replaced", {
          ...about,
          title: `The webhook ${name} is deleted and made again`,
          detail: `Closes in between are delivered to nobody. ${MISSED} ${PING} Its password must be handed over again.`,
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
  if (differs(change, "url")) {
    findings.push(
      found("webhook-moved", {
        resource,
        title: `The webhook ${name} moves to another address`,
        detail: `Closes go from ${place(before)} to ${place(after)}. ${PING} If it fails, the old address stays.`,
      }),
    );
  }
  if (at(before, "enabled") === true && at(after, "enabled") === false) {
    findings.push(
      found("webhook-switched-off", {
        resource,
        title: `The webhook ${name} is switched off: no closed conversation is delivered, and no survey is sent`,
        detail: MISSED,
      }),
    );
  }
  if (at(before, "enabled") === false && at(after, "enabled") === true) {
    findings.push(
      found("webhook-switched-on", {
        resource,
        title: `The webhook ${name} is switched on: surveys are sent again`,
        detail: `${PING} ${direct ? "What was closed meanwhile gets no survey: nobody delivers it again." : "What was closed meanwhile is fetched from Gladly's history, as far as 24 hours back."}`,
      }),
    );
  }
  if (differs(change, "events")) findings.push(otherEvents(change, name));
  if (differs(change, "name")) {
    findings.push(
      found("webhook-renamed", {
        resource,
        title: `The webhook is called ${name} instead of ${code(text(before, "name") ?? "")}`,
        detail: "Only Gladly's settings show the name.",
      }),
    );
  }
  if (differs(change, "headers_wo_version")) {
    findings.push(
      found("webhook-headers-changed", {
        resource,
        title: `Gladly is given other headers to send with the webhook ${name}`,
        detail: "Gladly never tells them again; a receiver that asks for the old ones refuses every delivery.",
      }),
    );
  }
  return findings;
}

function otherEvents(change: Change, name: string): Found {
  const before = texts(change.before, "events");
  const after = texts(change.after, "events");
  const list = `It told of ${events(change.before)} and is to tell of ${events(change.after)}.`;
  if (before.includes(CLOSED) && !after.includes(CLOSED)) {
    return found("webhook-events-lost", {
      resource: change.address,
      title: `The webhook ${name} no longer tells of closed conversations: no survey is sent`,
      detail: list,
    });
  }
  return found("webhook-events-changed", {
    resource: change.address,
    title: `The webhook ${name} tells of other events`,
    detail: list,
  });
}

function events(side: object): string {
  return texts(side, "events").map(code).join(", ") || "nothing";
}

function place(side: object): string {
  const url = text(side, "url");
  return url === undefined ? "an address that is known after apply" : code(url);
}
