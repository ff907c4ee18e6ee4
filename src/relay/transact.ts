/** Changes a conversation's record by compare-and-swap: reads, applies a pure change, writes, and retries if another write came first. */
import type { Ledger } from "./ports";
import type { ConversationRecord } from "./record";

/** Rounds before giving up; a conversation has at most a handful of writers at a time. */
const MOST_ROUNDS = 20;

export interface Change<T> {
  /** The record to store; nothing is written when it is absent. */
  readonly save?: ConversationRecord | undefined;
  readonly result: T;
}

/** Others changed the record in every round. The caller should try again later. */
export class LedgerContended extends Error {
  override readonly name = "LedgerContended";
}

export async function transact<T>(
  ledger: Pick<Ledger, "conversation" | "saveConversation">,
  key: string,
  apply: (record: ConversationRecord | undefined) => Change<T>,
): Promise<T> {
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const stored = await ledger.conversation(key);
    const change = apply(stored?.value);
    if (change.save === undefined) return change.result;
    if (await ledger.saveConversation(change.save, stored?.version)) return change.result;
  }
  throw new LedgerContended(`The ledger's record of a conversation changed ${MOST_ROUNDS} times under one write`);
}
