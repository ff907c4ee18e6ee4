/** What is read of each stack, and what is concluded from it. */
import type { Delivery } from "../../contract/delivery";
import type { Finding } from "../../report/report";
import type { Plan } from "../../terraform/plan";
import type { Topic, Webhook } from "../../vendors/gladly/wire";

/** Everything that was read about one stack. */
export interface StackLook {
  /** The stack's name. */
  readonly stack: string;
  /** The environment of the stack, from the code; undefined for a foundation, which has nothing in Gladly. */
  readonly environment?: EnvironmentLook;
  /** Terraform's plan after a refresh, or why there is none. */
  readonly plan: Plan | NotKnown;
  /** Why the plan could not be finished, where the engine kept what it had read before. */
  readonly refused?: NotKnown;
  /** Everything that Gladly has, or why it could not be read; undefined for a foundation. */
  readonly gladly?: GladlyLook | NotKnown;
  /** The plan's warnings: the provider tells causes in them. @default none */
  readonly warnings?: readonly PlanWarning[];
  /** The relay's own memory, or why it could not be read; undefined where it does not matter. */
  readonly relay?: RelayLook | NotKnown;
}

export interface PlanWarning {
  readonly summary: string;
  readonly detail: string;
  /** Terraform's address of the resource that it is about. */
  readonly address?: string | undefined;
}

export interface RelayLook {
  /** When its time began, milliseconds since the epoch: it fetches no close from before. Undefined while it has not. */
  readonly began: number | undefined;
}

export interface EnvironmentLook {
  readonly delivery: Delivery;
  /** Where its relay runs and its secrets are stored. */
  readonly on: "local" | "aws";
  /** Gladly's address: stacks of one organization share its webhooks. */
  readonly gladlyUrl: string;
  readonly stellaUrl: string;
  readonly webhookName: string;
  readonly topicName: string;
  /** Names and ids of `policy.exclude.topics`. @default none */
  readonly excludedTopics?: readonly string[];
  /** The file to change, relative to the project. */
  readonly file: string;
}

export interface GladlyLook {
  readonly webhooks: readonly Webhook[];
  /** Enabled and disabled ones. */
  readonly topics: readonly Topic[];
}

/** Something that could not be read. It never counts as "no drift". */
export interface NotKnown {
  /** Why, in a sentence or two. */
  readonly notKnown: string;
  readonly remedy: string;
}

export function isNotKnown(value: object): value is NotKnown {
  return "notKnown" in value;
}

/**
 * `steady`: the live settings, the state and the code agree. `drift`: live settings were changed outside of Terraform.
 * `unapplied`: the code differs from what was applied last. `unknown`: it could not be read.
 */
export type DriftState = "steady" | "drift" | "unapplied" | "unknown";

/** How many of Gladly's webhooks Terraform manages. */
export interface Coverage {
  /** Webhooks of the organization. */
  readonly webhooks: number;
  /** How many of them a stack manages. */
  readonly underCode: number;
  readonly others: readonly OtherWebhook[];
}

export interface OtherWebhook {
  readonly id: string;
  readonly name: string;
  /** Host of its address. The rest may be a secret of the receiver. */
  readonly host: string;
  readonly enabled: boolean;
  /** Whether it delivers closed conversations. */
  readonly closes: boolean;
}

export interface StackDrift {
  readonly name: string;
  readonly state: DriftState;
  readonly findings: readonly Finding[];
  /** Undefined for a foundation; null when it is not known. */
  readonly coverage?: Coverage | null;
}

/** A finding of a stack, and the state that follows from it. `none`: worth knowing, and no difference. */
export interface StackFinding {
  readonly kind: Exclude<DriftState, "steady"> | "none";
  readonly finding: Finding;
}
