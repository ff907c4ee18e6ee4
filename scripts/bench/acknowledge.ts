/** Measures how long the relay on one machine takes from a delivery to its 200, which it gives after the commit. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { Agent, request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CONVERSATION_CLOSED } from "../../src/contract/event-types";
import { SECRET_FILES } from "../../src/contract/secrets";
import { RELAY_WEBHOOK_PATH } from "../../src/contract/webhook-address";
import { serveRelay } from "../../src/relay/local/serve";

export interface AcknowledgeTimes {
  readonly deliveries: number;
  /** Milliseconds. */
  readonly median: number;
  readonly p99: number;
  /** Deliveries a second. */
  readonly rate: number;
}

/** Delivers so many events over so many connections to a relay of its own, which nobody has told what to do with them. */
export async function measureAcknowledge(deliveries: number, connections: number): Promise<AcknowledgeTimes> {
  const home = mkdtempSync(join(tmpdir(), "bench-"));
  mkdirSync(join(home, "secrets"));
  writeFileSync(join(home, "secrets", SECRET_FILES.webhookPassword), "bench", { mode: 0o600 });
  const relay = await serveRelay({ home, port: 0, log: () => undefined });
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const times: number[] = [];
  let next = 0;
  const begun = performance.now();
  const connection = async () => {
    while (next < deliveries) {
      next += 1;
      times.push(await deliver(`${relay.url}${RELAY_WEBHOOK_PATH}`, agent, next));
    }
  };
  await Promise.all(Array.from({ length: connections }, connection));
  const seconds = (performance.now() - begun) / 1000;
  agent.destroy();
  await relay.close();
  rmSync(home, { recursive: true });
  times.sort((a, b) => a - b);
  const at = (share: number) => Math.round((times[Math.floor(times.length * share)] ?? Number.NaN) * 10) / 10;
  return { deliveries, median: at(0.5), p99: at(0.99), rate: Math.round(deliveries / seconds) };
}

function deliver(url: string, agent: Agent, number: number): Promise<number> {
  const body = JSON.stringify({
    id: `event-${number}`,
    type: CONVERSATION_CLOSED,
    timestamp: new Date().toISOString(),
    content: { customerId: `customer-${number}`, conversationId: `conversation-${number}` },
  });
  const headers = { authorization: `Basic ${Buffer.from("connect:bench").toString("base64")}` };
  const begun = performance.now();
  return new Promise((resolve, reject) => {
    const call = request(url, { method: "POST", agent, headers }, (response) => {
      response.resume();
      response.once("end", () => {
        if (response.statusCode === 200) resolve(performance.now() - begun);
        else reject(new Error(`the relay answered ${response.statusCode}`));
      });
    });
    call.once("error", reject);
    call.end(body);
  });
}
