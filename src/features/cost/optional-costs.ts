/** What a KMS key (`relay.kmsKey`) and X-Ray (`relay.tracing`) add to the bill. */
import { FUNCTIONS } from "../../contract/functions";
import type { CostLine } from "./cost-line";
import { PRICES } from "./prices";
import { USAGE } from "./usage";
import type { Volume } from "./volume";

export function keyCost(volume: Volume): readonly CostLine[] {
  const { data, resource } = volume.deployed;
  const queues = Object.values(resource.aws_sqs_queue).filter((queue) => queue.kms_master_key_id !== undefined);
  if (queues.length === 0) return [];
  const { seconds, secretReads, ticks } = volume;
  // By AWS's formula for a queue: its two senders each cost two requests, its receiver one. The queues of parked events and
  // of failed runs are not used in a usual month.
  const [reuse = 300] = queues.map((queue) => queue.kms_data_key_reuse_period_seconds);
  const queue = (seconds / reuse) * (2 * roles("sqs:SendMessage", "queue") + roles("sqs:ReceiveMessage", "queue"));
  const table = (seconds / USAGE.tableKeySeconds.value) * roles("dynamodb:UpdateItem", "ledger");
  const requests = secretReads + queue + table + ticks;
  const isMade = Object.keys(data.aws_kms_key).length > 0;
  return [
    {
      part: "KMS",
      dollars: requests * PRICES.kmsRequest.dollars + (isMade ? PRICES.kmsKey.dollars : 0),
      how: `${Math.round(requests).toLocaleString("en-US")} requests${isMade ? ", and the key, which costs 1 more after each of its first two years" : "; your own key's price is not counted"}`,
    },
  ];
}

export function tracingCost(volume: Volume): readonly CostLine[] {
  const traced = FUNCTIONS.filter(({ name }) => volume.isTraced(name));
  if (traced.length === 0) return [];
  const traces = traced.reduce((sum, { name }) => {
    const invocations = volume.invocations(name);
    const first = Math.min(invocations, volume.seconds);
    return sum + first + (invocations - first) * USAGE.tracedShare.value;
  }, 0);
  return [
    {
      part: "X-Ray",
      dollars: traces * PRICES.xrayTrace.dollars,
      how: `${Math.round(traces).toLocaleString("en-US")} traces: one a second of each function, and 5 % of the others`,
    },
  ];
}

/** How many functions make a call. */
function roles(action: string, on: string): number {
  return FUNCTIONS.filter(({ permissions }) => permissions.some((one) => one.action === action && one.on === on))
    .length;
}
