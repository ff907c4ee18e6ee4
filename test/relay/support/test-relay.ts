/** An environment on this machine for a test, and the relay served for it. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { basicAuthorization } from "../../../src/contract/basic-auth";
import type { RelayConfigurationInput } from "../../../src/contract/relay-configuration";
import { RELAY_WEBHOOK_PATH } from "../../../src/contract/webhook-address";
import { readServeAddresses } from "../../../src/environment/home";
import type { Explanation } from "../../../src/relay/explain";
import { type ServedRelay, type ServeOptions, serveRelay } from "../../../src/relay/local/serve";
import type { LogFields } from "../../../src/relay/ports";
import { applyConfiguration } from "../../support/applied-state";
import type { Upstreams } from "./upstreams";
import { eventually } from "./wait";

export const PASSWORD = "webhook-password-for-tests";
export const TEST_KEY = "stella-test-key-for-tests";
export const PRODUCTION_KEY = "stella-production-key-for-tests";

export interface LogLine {
  readonly level: string;
  readonly event: string;
  readonly fields: LogFields | undefined;
}

/** The configuration of a relay between these. @param changes replace its settings */
export function configurationFor(
  { gladlyUrl, stellaUrl }: Pick<Upstreams, "gladlyUrl" | "stellaUrl">,
  changes: Partial<RelayConfigurationInput>,
): RelayConfigurationInput {
  return {
    version: 1,
    environment: "sandbox",
    surveyMode: "test",
    delivery: "enrich",
    gladly: { url: gladlyUrl, user: "api@example.com", requestsPerSecond: 100 },
    stella: { url: stellaUrl },
    webhook: { username: "connect" },
    doNotSendTopic: "do_not_send_stella",
    ...changes,
  };
}

export class TestRelay {
  /** A RELAY_HOME. */
  readonly root = mkdtempSync(join(tmpdir(), "relay-home-"));
  /** The folder of its environment `sandbox`. */
  readonly path = join(this.root, "sandbox");
  readonly log: LogLine[] = [];
  relay: ServedRelay | undefined;

  constructor(
    private readonly upstreams: Pick<Upstreams, "gladlyUrl" | "stellaUrl"> & Partial<Pick<Upstreams, "stop">>,
  ) {
    mkdirSync(join(this.path, "secrets"), { recursive: true, mode: 0o700 });
    this.secret("webhook-password", PASSWORD);
    this.secret("gladly-token", "gladly-token-for-tests");
    this.secret("stella-test-key", TEST_KEY);
    this.secret("stella-production-key", PRODUCTION_KEY);
  }

  secret(name: string, value: string, mode = 0o600): void {
    writeFileSync(join(this.path, "secrets", name), `${value}\n`, { mode });
  }

  configure(changes: Partial<RelayConfigurationInput> = {}): void {
    applyConfiguration(this.path, configurationFor(this.upstreams, changes));
  }

  /** The address of the relay that another process serves. */
  async servedAt(): Promise<string> {
    const read = async () => readServeAddresses(this.path)?.relay ?? "";
    return eventually(read, (url) => url !== "", { pause: 50 });
  }

  async serve(retryScale = 0.001, options: Partial<ServeOptions> = {}): Promise<ServedRelay> {
    this.relay = await serveRelay({
      home: this.path,
      port: 0,
      retryScale,
      log: (level, event, fields) => this.log.push({ level, event, fields }),
      ...options,
    });
    return this.relay;
  }

  /** Posts a body as Gladly does. @returns the status */
  post(body: string | Uint8Array, password = PASSWORD, username = "connect"): Promise<number> {
    return deliver(`${this.relay?.url}`, body, { authorization: basicAuthorization(username, password) });
  }

  async explain(query: string): Promise<readonly Explanation[]> {
    const response = await fetch(`${this.relay?.operationsUrl}/explain?${query}`);
    return JSON.parse(await response.text());
  }

  async metrics(): Promise<string> {
    return (await fetch(`${this.relay?.operationsUrl}/metrics`)).text();
  }

  /** Also ends the upstreams. */
  async remove(): Promise<void> {
    await this.relay?.close();
    await this.upstreams.stop?.();
    rmSync(this.root, { recursive: true, force: true });
  }
}

/** Posts a body as Gladly does. @returns the status */
export async function deliver(
  url: string,
  body: string | Uint8Array,
  headers: Readonly<Record<string, string>> = {},
): Promise<number> {
  const authorization = basicAuthorization("connect", PASSWORD);
  const options = { method: "POST", headers: { authorization, ...headers }, body };
  const response = await fetch(`${url}${RELAY_WEBHOOK_PATH}`, options);
  await response.text();
  return response.status;
}

/** The body of a close, as Gladly posts it. */
export function closeEvent(
  conversationId: string,
  options: { readonly id?: string; readonly at?: string; readonly agentId?: string | null } = {},
): string {
  const agentId = options.agentId === undefined ? "agent-1" : options.agentId;
  return JSON.stringify({
    id: options.id ?? `event-${conversationId}`,
    type: "CONVERSATION/CLOSED",
    timestamp: options.at ?? "2026-01-05T09:12:44.310Z",
    initiator: { id: "agent-1", type: "AGENT" },
    content: {
      customerId: `customer-${conversationId}`,
      conversationId,
      context: { assignee: { inboxId: "inbox-1", ...(agentId === null ? {} : { agentId }) } },
    },
  });
}

/** The body of a contact's start, as Gladly posts it. */
export function contactEvent(conversationId: string, channel: string, at = "2026-01-05T08:59:10.070Z"): string {
  return JSON.stringify({
    id: `contact-${conversationId}-${at}`,
    type: "CONTACT/STARTED",
    timestamp: at,
    initiator: { id: `customer-${conversationId}`, type: "CUSTOMER" },
    content: {
      ...{
        customerId: `customer-${conversationId}`,
        conversationId,
        contactId: `contact-of-${conversationId}`,
        channel,
      },
      context: { assignee: { inboxId: "inbox-1" } },
    },
  });
}
