/** The environments of a parity run: the company's policy, and the assumptions about Stella. */
import { BOTS } from "../features/preview/day";
import { OTHER_INBOX, SPAM } from "./scenario";
import type { Delivery, Policy, SideOptions } from "./side";

export interface World {
  readonly policy: Readonly<Record<Exclude<Delivery, "direct">, Policy>>;
  /** By delivery, because with `direct` Gladly would retry after each refusal in Stella's answer. */
  readonly assumptions: Readonly<Record<Delivery, SideOptions["assumptions"]>>;
}

const LIKELY: World["assumptions"] = { direct: undefined, forward: undefined, enrich: undefined };
const NAMES_OPTIONAL = { customerNameRequired: false };

export const WORLDS: readonly World[] = [
  { policy: { forward: undefined, enrich: undefined }, assumptions: LIKELY },
  {
    policy: {
      forward: { bots: BOTS, oncePerConversation: true, exclude: { closedBy: ["API"], inboxes: ["Wholesale"] } },
      enrich: {
        ...{ bots: BOTS, oncePerConversation: true, missingName: null, channels: { VOICEMAIL: null } },
        exclude: { topics: ["Spam"], startedByAgent: true, closedBy: ["job-Nightly-Close-0001"] },
      },
    },
    assumptions: LIKELY,
  },
  {
    policy: {
      forward: { exclude: { topics: [SPAM], startedByAgent: true, withoutAgentMessage: true } },
      enrich: { exclude: { closedBy: ["AUTOMATION"], inboxes: [OTHER_INBOX], withoutAgentMessage: true } },
    },
    assumptions: LIKELY,
  },
  {
    policy: {
      forward: { delay: 30, exclude: { customerSilentDays: 14 } },
      enrich: { delay: 30, exclude: { customerSilentDays: 14 } },
    },
    assumptions: { direct: NAMES_OPTIONAL, forward: NAMES_OPTIONAL, enrich: NAMES_OPTIONAL },
  },
  {
    policy: {
      forward: { ambiguous: "park", bots: ["agent-Bot-by-id"] },
      enrich: { ambiguous: "park", doNotSend: "skip", missingName: null, exclude: { topics: [SPAM] } },
    },
    assumptions: {
      direct: NAMES_OPTIONAL,
      forward: { ...NAMES_OPTIONAL, webhookAnswer: "after-look-up" },
      enrich: NAMES_OPTIONAL,
    },
  },
];
