/** The real relay on this machine, between the sandbox's Gladly and Stella Connect. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { serveRelay } from "../../../src/relay/local/serve";
import { applyConfiguration } from "../../support/applied-state";
import { CREDENTIALS, createWebhook, type Running } from "../support";

const PASSWORD = "canary-webhook-password";

export interface ConnectedRelay {
  readonly webhookId: string;
  readonly operationsUrl: string;
  /** Changes the survey mode, as going live does. */
  configure(surveyMode: "test" | "production"): void;
  close(): Promise<void>;
}

/** Serves a relay, creates its webhook and topic in Gladly, and configures its address in the sandbox. */
export async function connectRelay({ sandbox, gladly }: Running): Promise<ConnectedRelay> {
  const home = mkdtempSync(join(tmpdir(), "sandbox-page-relay-"));
  mkdirSync(join(home, "secrets"), { mode: 0o700 });
  const secrets = {
    "webhook-password": PASSWORD,
    "gladly-token": CREDENTIALS.gladlyToken,
    "stella-test-key": CREDENTIALS.stellaTestKey,
    "stella-production-key": CREDENTIALS.stellaProductionKey,
  };
  for (const [name, value] of Object.entries(secrets))
    writeFileSync(join(home, "secrets", name), value, { mode: 0o600 });
  const configure = (surveyMode: "test" | "production") =>
    applyConfiguration(home, {
      version: 1,
      environment: "sandbox",
      surveyMode,
      delivery: "enrich",
      gladly: { url: sandbox.gladly.url, user: CREDENTIALS.gladlyUser, requestsPerSecond: 100 },
      stella: { url: sandbox.stella.url },
      webhook: { username: "connect" },
      doNotSendTopic: "do_not_send_stella",
    });
  configure("test");
  const relay = await serveRelay({ home, port: 0, retryScale: 0.01, log: () => undefined });
  await gladly.post("/api/v1/topics", { id: "topic-Do-Not-Send-0001", name: "do_not_send_stella" });
  const webhookId = await createWebhook(gladly, {
    name: "Send Stella Survey",
    url: `${relay.url}/v1/webhooks/gladly`,
    credentials: { username: "connect", password: PASSWORD },
  });
  await gladly.post("/_sandbox/settings", { relayUrl: relay.operationsUrl });
  return {
    webhookId,
    operationsUrl: relay.operationsUrl,
    configure,
    close: async () => {
      await relay.close();
      rmSync(home, { recursive: true, force: true });
    },
  };
}
