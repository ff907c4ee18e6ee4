/** What a person has to do, and to confirm in the environment file by whom and when. */
import type { Environment } from "../../environment";
import type { ReadinessFacts } from "./facts";
import { about, type Item } from "./item";

type Step = "testAddress" | "tokenHandedOver" | "integratedChannel" | "suppressionPeriod";

interface StepText {
  readonly subject: string;
  /** What was done, as a clause. */
  readonly done: string;
  /** What to do, and where. */
  readonly instruction: string;
  readonly consequence: string;
}

const STEPS: Readonly<Record<Step, StepText>> = {
  testAddress: {
    subject: "test address",
    done: "Stella's test address is named and somebody looks at it",
    instruction: "name the test address on Stella Connect's Integrations page (the keys appear only then)",
    consequence: "Surveys of the test key go there, and so do Stella's alerts about failed requests.",
  },
  tokenHandedOver: {
    subject: "Gladly token",
    done: "Stella has Gladly's token",
    instruction: "give Gladly's API token, address and user to the Stella contact, anew whenever the token changes",
    consequence:
      "With this delivery Stella reads the conversation from Gladly itself, and without a token sends nothing.",
  },
  integratedChannel: {
    subject: "Integrated Channel",
    done: "Integrated Channel is switched on",
    instruction:
      "switch Integrated Channel on, on Stella Connect's Integrations page, for each channel, before the key changes",
    consequence: "The production key is refused on a channel in manual mode.",
  },
  suppressionPeriod: {
    subject: "suppression period",
    done: "the suppression period was reviewed",
    instruction:
      "see in Stella Connect's admin (Experience, in newer versions Company Info) after how many days a customer may be asked again",
    consequence: "Nothing else keeps one customer from being asked again and again.",
  },
};

/** With `enrich` the relay reads Gladly, and Stella needs no token. */
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
  const id = step.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  const record = `${step}: { by: "<who>", on: "<date>" }`;
  if (confirmed === undefined) {
    return notReady({
      id: `${id}-not-confirmed`,
      seen: `Nobody has confirmed that ${text.done}.`,
      detail: text.consequence,
      remedy: `${text.instruction}; then record it in manualSteps of the environment file: ${record}`,
    });
  }
  if (isToCome(confirmed.on, now)) {
    return notReady({
      id: `${id}-in-the-future`,
      seen: `That ${text.done} is confirmed for ${confirmed.on}, a day that is still to come.`,
      detail: "A confirmation is of something done.",
      remedy: `correct manualSteps.${step}.on, once it is done`,
    });
  }
  return ready({ id, seen: `Confirmed: ${confirmed.by}, ${confirmed.on}.` });
}

/** A day is over somewhere later than in UTC: only what is a whole day ahead of every clock on earth is to come. */
export function isToCome(day: string, now: number): boolean {
  const FURTHEST_AHEAD = 14 * 3_600_000;
  return Date.parse(day) > now + FURTHEST_AHEAD;
}
