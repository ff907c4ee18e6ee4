/** What the relay knows about a close when it decides. */
import type { GladlyChannel } from "../contract/channels";
import type { CustomerAddress } from "./customer-address";
import type { Messages } from "./messages";

export interface Facts {
  readonly close: {
    readonly conversationId: string;
    /** Milliseconds since the epoch. */
    readonly closedAt: number;
    /** The agent just before the close, from the event. */
    readonly agentId: string | undefined;
    readonly closedBy: { readonly id: string | undefined; readonly type: string | undefined };
  };
  /** What Gladly says now; absent with `forward` if no policy depends on it. */
  readonly gladly?: GladlyFacts | undefined;
}

/** An object that the conversation refers to by id. The name is missing if Gladly does not know the object. */
export interface Named {
  readonly id: string;
  readonly name: string | undefined;
}

export interface GladlyFacts {
  /** Undefined when Gladly does not have it. */
  readonly conversation:
    | {
        /** OPEN, WAITING, CLOSED, or a new status. */
        readonly status: string;
        readonly closedAt: number | undefined;
        readonly topics: readonly Named[];
        /** Its name is absent if nothing depends on it. */
        readonly inbox: Named | undefined;
        readonly channel: GladlyChannel | undefined;
        /** Absent if nothing depends on them. */
        readonly messages: Messages | undefined;
      }
    | undefined;
  /** Undefined if Gladly does not have it, or if nothing depends on it. */
  readonly customer:
    | { readonly id: string; readonly name: string | undefined; readonly address: CustomerAddress }
    | undefined;
  /** The event's agent, else the conversation's; undefined if there is none. */
  readonly agent: AgentFacts | undefined;
}

export type AgentFacts =
  | {
      readonly id: string;
      readonly known: true;
      readonly email: string | undefined;
      /** Stella recently refused a survey about this agent because of the agent's profile. */
      readonly refused: boolean;
    }
  /** Gladly does not know the agent, or nothing depends on it. */
  | { readonly id: string; readonly known: false };
