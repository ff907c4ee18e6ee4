/** Closes and configurations for tests of previews. */
import type { EnvironmentInput } from "../../../src/environment";
import { EnvironmentSchema } from "../../../src/environment/schema";
import { type PreviewConfiguration, previewConfiguration } from "../../../src/features/preview/configuration";
import type { Agents, CloseFacts } from "../../../src/features/preview/facts";
import type { PreviewInput } from "../../../src/features/preview/summarize";
import { ActiveProfiles } from "../../../src/vendors/stella/employees";

export const NOON = Date.parse("2026-11-22T12:00:00Z");

export const AGENTS: Agents = new Map([
  ["robin", { name: "Robin Roe", email: "robin.roe@example.com" }],
  ["sam", { name: "Sam Sample", email: "Sam.Sample@example.com" }],
  ["kim", { name: "Kim Novice", email: "kim.novice@example.com" }],
  ["silent", { name: "Silent Bob", email: undefined }],
]);
export const PROFILES = new ActiveProfiles(["robin.roe@example.com", "sam.sample@example.com"]);

export function configured(
  changes: Partial<Pick<EnvironmentInput, "surveyMode" | "delivery" | "policy" | "topic">> = {},
): PreviewConfiguration {
  return previewConfiguration(
    EnvironmentSchema.parse({
      ...{ name: "sandbox", surveyMode: "test", delivery: "enrich" },
      gladly: { url: "http://127.0.0.1:1", user: "api@example.com" },
      relay: { on: "local", url: "http://127.0.0.1:2" },
      manualSteps: { integratedChannel: { by: "a test", on: "2026-11-22" } },
      ...changes,
    }),
  );
}

/** Names by id. In these tests each topic's name is its id. */
export const TOPICS: ReadonlyMap<string, string> = new Map(
  ["Refund", "do_not_send_stella", "Spam"].map((name) => [name, name]),
);

/** A customer with a name and, unless it is undefined, an address of this digest. */
export function customer(email: string | undefined): NonNullable<CloseFacts["customer"]> {
  const named = { isFirst: true, named: true };
  return email === undefined ? { ...named, address: "none" } : { ...named, email, address: "usable" };
}

let number = 0;

/** A close that meets every condition, with changes. */
export function close(changes: Partial<CloseFacts> = {}): CloseFacts {
  number += 1;
  return {
    ...{ eventId: `event-${number}`, conversationId: `conversation-${number}`, closedAt: NOON, eventAgent: "robin" },
    closedBy: { id: "robin", type: "AGENT" },
    conversation: { status: "CLOSED", topics: ["Refund"], channel: "CHAT" },
    later: { topics: [] },
    customer: customer(`digest-${number}`),
    agent: "robin",
    ...changes,
  };
}

export function input(changes: Partial<PreviewInput> = {}): PreviewInput {
  return {
    ...{ environment: "sandbox", base: { ref: "main", commit: "0123456789ab" }, baseMissing: null },
    window: { from: "2026-11-21T12:00:00.000Z", to: "2026-11-22T12:00:00.000Z" },
    ...{ conversations: [[close()]], malformed: 0, reopenedSince: 0, sample: null },
    ...{ present: configured(), proposed: configured(), notChecked: undefined },
    vendorData: { agents: AGENTS, topics: TOPICS, profiles: PROFILES },
    ...changes,
  };
}
