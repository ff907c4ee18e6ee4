/** What was seen of each stack, and what came of it: the one goes into the review of drift, the other comes out. */
import type { Delivery } from "../../contract/delivery";
import type { Finding } from "../../report/report";
import type { Plan } from "../../terraform/plan";
import type { Topic, Webhook } from "../../vendors/gladly/wire";

/** Everything that was read about one stack. */
export interface StackLook {
  /** The stack's name. */
  readonly stack: string;
  /** What the code says of the environment that the stack is; undefined for a foundation, which has nothing in Gladly. */
  readonly environment?: EnvironmentLook;
  /** Terraform's plan after a refresh, or why there is none. */
  readonly plan: Plan | NotKnown;
  /** What Gladly has, whoever made it, or why that could not be read; undefined for a foundation. */
  readonly gladly?: GladlyLook | NotKnown;
}

export interface EnvironmentLook {
  readonly delivery: Delivery;
  /** Where its relay runs, and its secrets lie. */
  readonly on: "local" | "aws";
  /** Gladly's address: stacks of one organization share what is under code. */
  readonly gladlyUrl: string;
  readonly stellaUrl: string;
  readonly webhookName: string;
  readonly topicName: string;
  /** The file to change, relative to the project. */
  readonly file: string;
}

export interface GladlyLook {
  readonly webhooks: readonly Webhook[];
  /** Enabled and disabled ones. */
  readonly topics: readonly Topic[];
}

/** Something that could not be looked at. It is never taken for "no drift". */
export interface NotKnown {
  /** Why, in a sentence or two. */
  readonly notKnown: string;
  readonly remedy: string;
}

export function isNotKnown(value: object): value is NotKnown {
  return "notKnown" in value;
}

/**
 * `steady`: the world, the state and the code agree. `drift`: the world was changed outside of Terraform. `unapplied`: the
 * code says something else than what was applied last. `unknown`: it could not be looked at.
 */
export type DriftState = "steady" | "drift" | "unapplied" | "unknown";

/** What of Gladly's webhooks is under code. */
export interface Coverage {
  /** Webhooks of the organization. */
  readonly webhooks: number;
  /** How many of them a stack that was looked at manages. */
  readonly underCode: number;
  readonly others: readonly OtherWebhook[];
}

export interface OtherWebhook {
  readonly id: string;
  readonly name: string;
  /** Host of its address; the rest of it may be a secret of whoever receives there. */
  readonly host: string;
  readonly enabled: boolean;
  /** Whether it is told of closed conversations. */
  readonly closes: boolean;
}

export interface StackDrift {
  readonly name: string;
  readonly state: DriftState;
  readonly findings: readonly Finding[];
  /** Undefined for a foundation; null when it is not known. */
  readonly coverage?: Coverage | null;
}

/** A finding of a stack, and what it makes of the stack's state. `none`: worth knowing, and no difference. */
export interface StackFinding {
  readonly kind: Exclude<DriftState, "steady"> | "none";
  readonly finding: Finding;
}
