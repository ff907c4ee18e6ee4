/** The report of a parity run: what it exercised and what it did not. */
import { REASONS, type Reason } from "../../src/relay/reasons";
import { ALLOWED_DIFFERENCES } from "./allowed-differences";
import { FAULT_NAMES } from "./faults";
import type { ParityResult } from "./run-parity";

/** Reasons that Stella decides with `forward`. */
const LEFT_TO_STELLA: readonly Reason[] = [
  ...(["do-not-send-topic", "no-agent", "agent-without-email", "agent-profile-refused", "no-customer-email"] as const),
  ...(["no-usable-email", "no-customer-name", "customer-gone", "conversation-gone", "channel-left-out"] as const),
];

export function describeParity(result: ParityResult): string {
  const { cases, surveys, differences, reasons, faults, unlisted } = result;
  const lines = [
    `${cases} conversations through three deliveries, ${surveys} requests by the relays`,
    "",
    "allowed differences",
    ...ALLOWED_DIFFERENCES.flatMap(({ name, deliveries }) =>
      deliveries.map((delivery) => `${delivery}: ${name}`).map((name) => times(differences.get(name), name)),
    ),
    "",
    "faults on the relays' calls",
    ...FAULT_NAMES.map((name) => times(faults.get(name), name)),
    "",
    "reasons",
    ...Object.keys(REASONS).map((reason) => times(reasons.get(`enrich: ${reason}`), `enrich: ${reason}`)),
    ...Object.keys(REASONS).map((reason) => {
      const counted = reasons.get(`forward: ${reason}`);
      const left = counted === undefined && LEFT_TO_STELLA.some((one) => one === reason);
      return left ? `  left to Stella forward: ${reason}` : times(counted, `forward: ${reason}`);
    }),
  ];
  return [...lines, "", `${unlisted.length} differences that are not allowed`, ...unlisted.slice(0, 10)].join("\n");
}

function times(counted: number | undefined, name: string): string {
  return `  ${counted === undefined ? "not exercised" : counted} ${name}`;
}
