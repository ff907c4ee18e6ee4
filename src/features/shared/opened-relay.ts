/** The open relay of an environment, for an operator's command: its ledger and queue. */
import type { Environment } from "../../environment";
import type { Erased } from "../../relay/erase";
import type { Ledger, Queue } from "../../relay/ports";

export interface OpenRelay {
  readonly environment: Environment;
  readonly ledger: Ledger;
  readonly queue: Queue;
  /** Makes the events of a conversation due now and returns the ids of all that are not parked. SQS cannot be searched. */
  hasten?(conversationId: string): Promise<readonly string[]>;
  /** Deletes what is kept about a customer, by Gladly's id. */
  erase(customerId: string): Promise<Erased>;
  close(): void;
}
