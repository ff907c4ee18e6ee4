/** What is not as the code would make it, told before anything is written: a plan would change it. */
import { CONVERSATION_CLOSED } from "../../contract/event-types";
import type { Environment } from "../../environment";
import { code, type Finding } from "../../report/report";
import type { Topic, Webhook } from "../../vendors/gladly/wire";
import { receiverOf } from "../drift/receivers";
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
    typed(webhook, key),
    ...webhookFindings(environment, webhook),
    ...(topic === undefined ? [noTopic(environment)] : topicFindings(topic)),
  ];
}

function typed({ id }: Webhook, key: TypedKey): Finding {
  return {
    id: "adopt-key-believed",
    severity: "info",
    title: `You say that Stella Connect's ${key} key is the webhook's password`,
    detail:
      "Gladly never tells it, so this is believed, and no plan can find it wrong. " +
      (key === "test" ? "Surveys go to the test address." : "Surveys go to customers."),
    remedy: `close a conversation of your own and see where its survey goes; the webhook is ${code(id)}`,
    resource: WEBHOOK,
  };
}

function webhookFindings({ stella }: Environment, webhook: Webhook): readonly Finding[] {
  const { events, enabled, url, headerKeys, disabledAtDueToRetryLimit: off } = webhook;
  const name = code(webhook.name || webhook.id);
  const others = events.filter((event) => event !== CONVERSATION_CLOSED);
  const about = { severity: "warning", resource: WEBHOOK } as const;
  const findings: Finding[] = [];
  if (receiverOf(url, stella.url, undefined) !== "stella") {
    findings.push({
      ...about,
      id: "adopt-webhook-elsewhere",
      severity: "critical",
      title: `The webhook ${name} does not post to Stella Connect`,
      detail: `It posts to ${code(url)}. The plan would move it to Stella Connect's own endpoint; whoever receives there now would be told nothing more.`,
      remedy: "adopt another one, or set `stella: { url: … }` if this is Stella Connect after all",
    });
  }
  if (!events.includes(CONVERSATION_CLOSED)) {
    findings.push({
      ...about,
      id: "adopt-webhook-events",
      severity: "critical",
      title: `The webhook ${name} is not told of closed conversations: no survey is sent`,
      detail: `It is told of ${events.map(code).join(", ") || "nothing"}. The plan would have it told of ${code(CONVERSATION_CLOSED)} alone, and surveys would begin.`,
    });
  } else if (others.length > 0) {
    findings.push({
      ...about,
      id: "adopt-webhook-events",
      title: `The webhook ${name} is told of more than closed conversations`,
      detail: `The plan would take ${others.map(code).join(", ")} away. Stella Connect makes nothing of them.`,
      remedy: "take them away in Gladly first, and nothing changes",
    });
  }
  if (!enabled) {
    findings.push({
      ...about,
      id: "adopt-webhook-off",
      title: `The webhook ${name} is switched off${off ? `, by Gladly itself at ${off} after four failed retries` : ""}: no survey is sent`,
      detail: "The plan would switch it on, and surveys would begin.",
      remedy: "find out why it is off before you apply",
      ...(off ? { since: off } : {}),
    });
  }
  if (headerKeys.length > 0) {
    findings.push({
      ...about,
      id: "adopt-webhook-headers",
      severity: "info",
      title: `The webhook ${name} has fixed headers, which stay as they are`,
      detail: `Gladly goes on sending ${headerKeys.map(code).join(", ")}; to a relay too, once it points there.`,
    });
  }
  return findings;
}

function noTopic({ topic }: Environment): Finding {
  return {
    id: "adopt-topic-missing",
    severity: "info",
    title: `Gladly has no topic ${code(topic.name)}`,
    detail: "The plan would make it. Until agents put it on a conversation, nothing changes.",
    remedy: "if the topic has another name, name it with `--topic <id>`",
    resource: TOPIC,
  };
}

function topicFindings({ name, disabled, parentId }: Topic): readonly Finding[] {
  const about = { severity: "warning", resource: TOPIC } as const;
  return [
    ...(disabled
      ? [
          {
            ...about,
            id: "adopt-topic-disabled",
            title: `The topic ${code(name)} is disabled: agents cannot keep a conversation out`,
            detail: "The plan would enable it.",
            remedy: "enable it in Gladly first, and nothing changes",
          },
        ]
      : []),
    ...(parentId
      ? [
          {
            ...about,
            id: "adopt-topic-nested",
            title: `The topic ${code(name)} stands below another one`,
            detail: `The plan would move it out of ${code(parentId)} to the top.`,
            remedy: "move it to the top in Gladly first, and nothing changes",
          },
        ]
      : []),
  ];
}
