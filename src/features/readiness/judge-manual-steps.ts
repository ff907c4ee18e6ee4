/** Steps that a person takes and confirms in the environment file, with name and date. */
import type { Environment } from "../../environment";
import type { ReadinessFacts } from "./facts";
import { about, type Item } from "./item";

type Step = "testAddress" | "tokenHandedOver" | "integratedChannel" | "suppressionPeriod";

interface StepText {
  readonly id: "test-address" | "token-handed-over" | "integrated-channel" | "suppression-period";
  readonly subject: string;
  /** What was done, as a clause. */
  readonly done: string;
  /** What to do, and where. */
  readonly instruction: string;
  readonly consequence: string;
}

const STEPS: Readonly<Record<Step, StepText>> = {
  testAddress: {
    id: "test-address",
    subject: "test address",
    done: "Stella's test address is set and someone reads its mail",
    instruction: "set the test address on Stella Connect's Integrations page (the keys appear only then)",
    consequence: "It gets the surveys of the test key, and Stella's alerts about failed requests.",
  },
  tokenHandedOver: {
    id: "token-handed-over",
    subject: "Gladly token",
    done: "Stella has Gladly's token",
    instruction: "give Gladly's API token, address and user to your Stella contact, again whenever the token changes",
    consequence:
      "With this delivery Stella reads the conversation from Gladly itself. Without a token it sends nothing.",
  },
  integratedChannel: {
    id: "integrated-channel",
    subject: "Integrated Channel",
    done: "Integrated Channel is enabled",
    instruction:
      "enable Integrated Channel for each channel on Stella Connect's Integrations page, before the key changes",
    consequence: "Stella refuses the production key on a channel in manual mode.",
  },
  suppressionPeriod: {
    id: "suppression-period",
    subject: "suppression period",
    done: "the suppression period was reviewed",
    instruction:
      "check in Stella Connect's admin (Experience, in newer versions Company Info) after how many days a customer may get another survey",
    consequence: "Nothing else limits how often one customer gets a survey.",
  },
};

/** With `enrich` the relay reads Gladly, so Stella needs no token. */
function stepsOf({ delivery }: Environment): readonly Step[] {
  return [
    "testAddress",
    ...(delivery === "enrich" ? [] : ["tokenHandedOver" as const]),
    "integratedChannel",
    "suppressionPeriod",
  ];
}

export function judgeManualSteps(facts: ReadinessFacts): readonly Item[] {
  return stepsOf(facts.environment).map((step) => judgeStep(step, STEPS[step], facts));
}

function judgeStep(step: Step, text: StepText, { environment, now }: ReadinessFacts): Item {
  const { ready, notReady } = about(text.subject);
  const confirmed = environment.manualSteps[step];
  const { id } = text;
  const record = `${step}: { by: "<who>", on: "<date>" }`;
  if (confirmed === undefined) {
    return notReady({
      id: `${id}-not-confirmed`,
      seen: `No one has confirmed that ${text.done}.`,
      detail: text.consequence,
      remedy: `${text.instruction}; then record it in manualSteps of the environment file: ${record}`,
    });
  }
  if (isToCome(confirmed.on, now)) {
    return notReady({
      id: `${id}-in-the-future`,
      seen: `The confirmation that ${text.done} has a date in the future: ${confirmed.on}.`,
      detail: "Confirm a step only after it is done.",
      remedy: `correct manualSteps.${step}.on, once it is done`,
    });
  }
  return ready({ id, seen: `Confirmed: ${confirmed.by}, ${confirmed.on}.` });
}

/** Only a day that has not begun in any time zone is in the future. */
export function isToCome(day: string, now: number): boolean {
  const FURTHEST_AHEAD = 14 * 3_600_000;
  return Date.parse(day) > now + FURTHEST_AHEAD;
}
