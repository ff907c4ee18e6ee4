/** What somebody, or Gladly itself, changed outside of Terraform since the last apply. */

import { type Found, found } from "../../report/catalogue";
import { code } from "../../report/report";
import { type Change, differs, text, texts } from "../../terraform/change";
import { at } from "../../terraform/value";
import type { ChangeSet } from "./change-set";

export function outsideFindings({ outside, refreshOnly, delivery }: ChangeSet): readonly Found[] {
  return outside.map((change) => {
    if (change.type === "gladly_webhook") return webhook(change, refreshOnly, delivery.after === "direct");
    if (change.type === "gladly_topic") return topic(change, refreshOnly);
    return anything(change, refreshOnly);
  });
}

function webhook(change: Change, accepts: boolean, direct: boolean): Found {
  const { before, after, address: resource } = change;
  const name = code(text(before, "name") ?? change.name);
  if (change.action === "delete") {
    return found("outside-webhook-gone", {
      resource,
      title: `The webhook ${name} was deleted in Gladly: closed conversations are not delivered`,
      detail: missed(direct),
      remedy: accepts
        ? ACCEPTS
        : "Applying makes it again, which needs its password and a receiver that answers Gladly's PING with 200.",
    });
  }
  if (at(before, "enabled") === true && at(after, "enabled") === false) {
    const since = text(after, "disabled_at_due_to_retry_limit");
    return found("outside-webhook-off", {
      resource,
      title:
        since === undefined
          ? `The webhook ${name} was switched off by hand: closed conversations are not delivered`
          : `Gladly switched the webhook ${name} off: closed conversations are not delivered`,
      ...(since === undefined ? {} : { since }),
      detail: `${since === undefined ? "" : "The fourth retry of a delivery failed, which takes about an hour: find out what the receiver answered. "}${missed(direct)}`,
      remedy: accepts ? ACCEPTS : "Applying switches it on again, once the receiver answers Gladly's PING with 200.",
    });
  }
  const parts = [
    ...(differs(change, "url")
      ? [`delivers to ${code(text(after, "url") ?? "")} instead of ${code(text(before, "url") ?? "")}`]
      : []),
    ...(differs(change, "events") ? [`tells of ${texts(after, "events").map(code).join(", ")}`] : []),
    ...(differs(change, "name") ? [`is called ${code(text(after, "name") ?? "")}`] : []),
    ...(differs(change, "credentials") ? ["lost its password"] : []),
    ...(at(before, "enabled") === false && at(after, "enabled") === true ? ["was switched on"] : []),
  ];
  return found("outside-webhook-changed", {
    resource,
    title: `The webhook ${name} was changed in Gladly: it ${parts.join(", ") || "is otherwise than it was"}`,
    remedy: accepts ? ACCEPTS : BACK,
  });
}

function missed(direct: boolean): string {
  return direct
    ? "What is closed meanwhile gets no survey: nobody delivers it again."
    : "What is closed meanwhile the relay fetches from Gladly's history, as far as 24 hours back.";
}

function topic(change: Change, accepts: boolean): Found {
  const { before, after, address: resource } = change;
  const name = code(text(before, "name") ?? change.name);
  const what =
    change.action === "delete"
      ? "is gone from Gladly"
      : differs(change, "name")
        ? `was renamed to ${code(text(after, "name") ?? "")} in Gladly`
        : at(after, "disabled") === true && at(before, "disabled") !== true
          ? "was disabled in Gladly"
          : "was changed in Gladly";
  return found("outside-topic-changed", {
    resource,
    title: `The topic ${name} ${what}`,
    detail: "Names are compared exactly: until it is as it was, surveys that should not be sent are sent.",
    remedy: accepts ? ACCEPTS : BACK,
  });
}

function anything({ address: resource, action, differences }: Change, accepts: boolean): Found {
  const paths = differences
    .slice(0, 3)
    .map(({ path }) => code(path))
    .join(", ");
  return found("outside-changed", {
    resource,
    title:
      action === "delete" ? `${code(resource)} was deleted outside` : `${code(resource)} was changed outside: ${paths}`,
    remedy: accepts ? ACCEPTS : BACK,
  });
}

const BACK = "Applying makes it as the code says. To keep it, change the code.";
const ACCEPTS =
  "This plan takes it over into the state as it is; the next ordinary plan puts it back unless the code says the same.";
