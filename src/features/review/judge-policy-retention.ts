/** What is forgotten, and when, with another `policy.retentionDays`. */
import { APPLIED_CONFIGURATION } from "../../contract/relay-configuration";
import { QUEUE_DAYS } from "../../contract/time-limits";
import { type Finding, found } from "../../report/finding";
import type { PolicyPair } from "./policy-pair";

export function retention({ before, after, resource }: PolicyPair): readonly Finding[] {
  const [was, is] = [before.retentionDays, after.retentionDays];
  if (was === is) return [];
  const onOneMachine = resource.includes(APPLIED_CONFIGURATION.type);
  const detail = is < was ? lowered(is, onOneMachine) : raised(onOneMachine);
  return [
    found("policy-retention", {
      resource,
      title: `The relay forgets a conversation ${is} days after its last event instead of ${was}`,
      detail: [...detail, ...surveyedOnce(after.oncePerConversation, is)].join(" "),
    }),
  ];
}

function lowered(is: number, onOneMachine: boolean): readonly string[] {
  if (onOneMachine) {
    return [
      `At its next housekeeping the relay deletes records and parked events that did not change for ${is} days.`,
      "This cannot be undone. Replay the parked events that you need before you apply.",
    ];
  }
  return [
    "Records that are there keep their old time until they change.",
    ...(is < QUEUE_DAYS
      ? [
          `SQS deletes parked events that are older than ${is} days. This cannot be undone.`,
          "Replay those that you need before you apply.",
        ]
      : []),
  ];
}

function raised(onOneMachine: boolean): readonly string[] {
  if (onOneMachine) return ["What was deleted before does not come back."];
  return [
    "Records that are there keep their old time until they change.",
    `SQS keeps parked events for ${QUEUE_DAYS} days at most.`,
  ];
}

/** Surveys from before the rule was switched on have no mark of a year. */
function surveyedOnce(once: boolean, days: number): readonly string[] {
  return once
    ? [
        "`oncePerConversation` remembers a survey for a year. A survey from before that rule was switched on is " +
          `forgotten after ${days} days, and a conversation that is closed again then gets another.`,
      ]
    : [];
}
