/** Runs the contract of both relays against the relay on one machine. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { explain } from "../../../src/relay/explain";
import { syncSurveyAnswers } from "../../../src/relay/feedback";
import { HAND_OUT } from "../../../src/relay/local/queue";
import { openLocalStores, systemChance } from "../../../src/relay/local/stores";
import { gladlyOf } from "../../../src/relay/local/upstreams";
import { reconcile } from "../../../src/relay/reconcile";
import { conversationKey } from "../../../src/relay/record";
import { StellaReader } from "../../../src/vendors/stella/data";
import { ledgerContract } from "../contract/ledger-contract";
import { queueContract } from "../contract/queue-contract";
import { API_SECRET, type RunningRelay, relayContract } from "../contract/relay-contract";
import { lookedSince } from "../support/looked";
import { TestRelay } from "../support/test-relay";
import type { Upstreams } from "../support/upstreams";

const quiet = { count: () => undefined, observe: () => undefined };

/** Opens stores with a separate clock. */
async function openStore() {
  const path = mkdtempSync(join(tmpdir(), "relay-contract-"));
  const clock = { time: Date.now(), now: () => clock.time };
  const { queue, ledger, close } = openLocalStores(path, clock, systemChance);
  return {
    ...{ queue, ledger, handOut: HAND_OUT },
    pass: async (milliseconds: number) => {
      clock.time += milliseconds;
    },
    close: async () => {
      close();
      rmSync(path, { recursive: true, force: true });
    },
  };
}

async function startRelay(upstreams: Upstreams): Promise<RunningRelay> {
  const home = new TestRelay(upstreams);
  home.configure();
  home.secret("stella-api-secret", API_SECRET);
  await home.serve();
  const store = openLocalStores(home.path);
  const file = (name: string) => join(home.path, "secrets", name);
  return {
    post: (body, password, username) => home.post(body, password, username),
    explain: (conversation) => explain(store.ledger, conversation),
    channelOf: async (conversation) => (await store.ledger.conversation(conversationKey(conversation)))?.value.channel,
    replay: (reason) => store.queue.replay(reason, 100),
    apply: async (changes) => home.configure(changes),
    setPasswords: async (current, previous) => {
      for (const name of ["webhook-password", "webhook-password-previous"]) rmSync(file(name), { force: true });
      if (current !== undefined) writeFileSync(file("webhook-password"), current, { mode: 0o600 });
      if (previous !== undefined) writeFileSync(file("webhook-password-previous"), previous, { mode: 0o600 });
    },
    reconcile: async () => {
      const configuration = store.configuration.read();
      const gladly = gladlyOf(configuration, store.secrets);
      await reconcile({
        ...{ configuration, gladly, ledger: store.ledger, queue: store.queue, metrics: quiet, log: () => undefined },
        ...{ clock: { now: () => Date.now() }, chance: systemChance },
      });
    },
    lookedSince: (at) => lookedSince(store.ledger, at),
    syncSurveyAnswers: async () => {
      const configuration = store.configuration.read();
      await syncSurveyAnswers({
        ...{ configuration, ledger: store.ledger, secrets: store.secrets, metrics: quiet, log: () => undefined },
        ...{ gladly: gladlyOf(configuration, store.secrets), clock: { now: () => Date.now() } },
        stella: new StellaReader({ baseUrl: configuration.stella.url }),
      });
    },
    crash: async () => {
      await home.relay?.close();
      await home.serve();
    },
    stop: async () => {
      store.close();
      await home.remove();
    },
  };
}

queueContract("one machine", openStore);
ledgerContract("one machine", openStore);
relayContract("one machine", startRelay);
