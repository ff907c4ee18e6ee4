/** What is known of a close when the decision is taken. */
import type { GladlyChannel } from "../contract/channels";
import type { CustomerAddress } from "./customer-address";
import type { Messages } from "./messages";

export interface Facts {
  readonly close: {
    readonly conversationId: string;
    /** Milliseconds since the epoch. */
    readonly closedAt: number;
    /** The agent just before the close, as the event tells it. */
    readonly agentId: string | undefined;
    readonly closedBy: { readonly id: string | undefined; readonly type: string | undefined };
  };
  /** What Gladly says now; absent with `forward` where no policy depends on it. */
  readonly gladly?: GladlyFacts | undefined;
}

/** Something that the conversation names by id. Without a name Gladly could not say what it is. */
export interface Named {
  readonly id: string;
  readonly name: string | undefined;
}

export interface GladlyFacts {
  /** Undefined when Gladly does not have it. */
  readonly conversation:
    | {
        /** OPEN, WAITING, CLOSED, or what Gladly adds. */
        readonly status: string;
        readonly closedAt: number | undefined;
        readonly topics: readonly Named[];
        /** Its name is absent where nothing depends on it. */
        readonly inbox: Named | undefined;
        readonly channel: GladlyChannel | undefined;
        /** Absent where nothing depends on them. */
        readonly messages: Messages | undefined;
      }
    | undefined;
  /** Undefined when Gladly does not have it, or it does not matter. */
  readonly customer:
    | { readonly id: string; readonly name: string | undefined; readonly address: CustomerAddress }
    | undefined;
  /** The agent of the event, else of the conversation; undefined when there is none. */
  readonly agent: AgentFacts | undefined;
}

export type AgentFacts =
  | {
      readonly id: string;
      readonly known: true;
      readonly email: string | undefined;
      /** Stella refused a survey about this agent lately because of the agent's profile. */
      readonly refused: boolean;
    }
  /** Gladly could not say who it is, or nothing depends on it. */
  | { readonly id: string; readonly known: false };
