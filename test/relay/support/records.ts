/** Creates claimants, configurations and facts for tests of pure functions. */
import {
  parseConfiguration,
  type RelayConfiguration,
  type RelayConfigurationInput,
} from "../../../src/contract/relay-configuration";
import type { Claim, Claimant } from "../../../src/relay/claim";
import { Closure, ConversationRecord } from "../../../src/relay/record";

export const NOON = Date.parse("2026-03-01T12:00:00Z");

export function claimant(changes: Partial<Claimant> = {}): Claimant {
  return {
    key: "conversation#c1",
    conversationId: "c1",
    eventId: "event-1",
    envelopeId: "envelope-1",
    closedAt: NOON,
    receivedAt: NOON + 1000,
    replays: 0,
    owner: "worker-1",
    ...changes,
  };
}

/** The record that a claim wrote. @throws when it wrote none */
export function written(claim: Claim): ConversationRecord {
  if (!("record" in claim)) throw new Error(`a claim of kind ${claim.kind} writes no record`);
  return claim.record;
}

export function configuration(changes: Partial<RelayConfigurationInput> = {}): RelayConfiguration {
  const input: RelayConfigurationInput = {
    version: 1,
    environment: "sandbox",
    surveyMode: "test",
    delivery: "enrich",
    gladly: { url: "https://example.gladly.com", user: "api@example.com" },
    stella: { url: "https://api.stellaconnect.net" },
    webhook: { username: "connect" },
    doNotSendTopic: "do_not_send_stella",
    ...changes,
  };
  return parseConfiguration(JSON.stringify(input), "the test");
}

/** One close of conversation `c1`, received but not processed yet. */
export function closure(changes: Partial<Closure> = {}): Closure {
  const time = { closedAt: NOON, receivedAt: NOON, since: NOON };
  return Closure.parse({ eventId: "event-1", envelopeId: "envelope-1", state: "working", ...time, ...changes });
}

/** The ledger's record of conversation `c1`. */
export function record(changes: Partial<ConversationRecord> = {}): ConversationRecord {
  return ConversationRecord.parse({ key: "conversation#c1", conversationId: "c1", closures: [], ...changes });
}
