/** Lists every difference between the existing webhook and topic and the code. A plan would change each. */
import { CONVERSATION_CLOSED } from "../../contract/event-types";
import type { Environment } from "../../environment";
import { type Finding, found } from "../../report/finding";
import { code } from "../../report/report";
import type { Topic, Webhook } from "../../vendors/gladly/wire";
import { receiverOf } from "../drift/receivers";
import { webhookOff } from "../shared/judge-webhook-off";
import type { Chosen } from "./choice";
import type { TypedKey } from "./settings";

const WEBHOOK = "gladly_webhook.survey_webhook";
const TOPIC = "gladly_topic.do_not_send_topic";

export function adoptionFindings(
  environment: Environment,
  { webhook, topic }: Chosen,
  key: TypedKey,
): readonly Finding[] {
  return [
    typedKey(webhook, key),
    ...webhookFindings(environment, webhook),
    ...(topic === undefined ? [noTopic(environment)] : topicFindings(topic)),
  ];
}

function typedKey({ id }: Webhook, key: TypedKey): Finding {
  return found("adopt-key-believed", {
    title: `You say that Stella Connect's ${key} key is the webhook's password`,
    detail:
      "Gladly never shows it, so no plan can check it. " +
      (key === "test" ? "Surveys go to the test address." : "Surveys go to customers."),
    remedy: `close a conversation of your own and check where its survey goes; the webhook is ${code(id)}`,
    resource: WEBHOOK,
  });
}

function webhookFindings({ stella }: Environment, webhook: Webhook): readonly Finding[] {
  const { events, enabled, url, headerKeys, disabledAtDueToRetryLimit: byGladly } = webhook;
  const name = code(webhook.name || webhook.id);
  const others = events.filter((event) => event !== CONVERSATION_CLOSED);
  const resource = WEBHOOK;
  const findings: Finding[] = [];
  if (receiverOf(url, stella.url, undefined) !== "stella") {
    findings.push(
      found("adopt-webhook-elsewhere", {
        resource,
        title: `The webhook ${name} does not post to Stella Connect`,
        detail: `It posts to ${code(url)}. The plan would move it to Stella Connect's own endpoint, and the present receiver would get nothing more.`,
        remedy: "adopt another webhook, or set `stella: { url: … }` if this is Stella Connect after all",
      }),
    );
  }
  if (!events.includes(CONVERSATION_CLOSED)) {
    findings.push(
      found("adopt-webhook-without-closes", {
        resource,
        title: `The webhook ${name} does not deliver closed conversations: no survey is sent`,
        detail: `It delivers ${events.map(code).join(", ") || "nothing"}. The plan would change that to ${code(CONVERSATION_CLOSED)} alone, and surveys would begin.`,
      }),
    );
  } else if (others.length > 0) {
    findings.push(
      found("adopt-webhook-events", {
        resource,
        title: `The webhook ${name} delivers more than closed conversations`,
        detail: `The plan would remove ${others.map(code).join(", ")}. Stella Connect ignores these events.`,
        remedy: "remove them in Gladly first, and the plan changes nothing",
      }),
    );
  }
  if (!enabled) {
    const { id, title, cause, since } = webhookOff(name, byGladly ?? undefined);
    findings.push(
      found(id, {
        resource,
        title: `${title}: no survey is sent`,
        detail: `${cause} The plan would enable it, and surveys would begin.`,
        remedy: "find out why it is disabled before you apply",
        ...(since ? { since } : {}),
      }),
    );
  }
  if (headerKeys.length > 0) {
    findings.push(
      found("adopt-webhook-headers", {
        resource,
        title: `The webhook ${name} has fixed headers, which stay as they are`,
        detail: `Gladly keeps sending ${headerKeys.map(code).join(", ")}, also to a relay once the webhook points to it.`,
      }),
    );
  }
  return findings;
}

function noTopic({ topic }: Environment): Finding {
  return found("adopt-topic-missing", {
    title: `Gladly has no topic ${code(topic.name)}`,
    detail: "The plan would create it. Nothing changes until agents add it to a conversation.",
    remedy: "if the topic has another name, name it with `--topic <id>`",
    resource: TOPIC,
  });
}

function topicFindings({ name, disabled, parentId }: Topic): readonly Finding[] {
  const resource = TOPIC;
  return [
    ...(disabled
      ? [
          found("adopt-topic-disabled", {
            resource,
            title: `The topic ${code(name)} is disabled: agents cannot prevent a survey`,
            detail: "The plan would enable it.",
            remedy: "enable it in Gladly first, and the plan changes nothing",
          }),
        ]
      : []),
    ...(parentId
      ? [
          found("adopt-topic-nested", {
            resource,
            title: `The topic ${code(name)} has a parent topic`,
            detail: `The plan would move it from ${code(parentId)} to the top.`,
            remedy: "move it to the top in Gladly first, and the plan changes nothing",
          }),
        ]
      : []),
  ];
}
