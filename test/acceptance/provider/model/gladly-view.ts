/** Reads Gladly's webhooks and topics, and edits them as a person does. */
import * as z from "zod";
import type { GladlySetup } from "../../../provider/support/gladly-core";

const Webhook = z.looseObject({ id: z.string(), url: z.string(), name: z.string().optional(), enabled: z.boolean() });
const Topic = z.looseObject({ id: z.string(), name: z.string(), disabled: z.boolean() });
export type Webhook = z.infer<typeof Webhook>;
export type Topic = z.infer<typeof Topic>;

export class GladlyView {
  constructor(private readonly setup: GladlySetup) {}

  url(path: string): string {
    return this.setup.receiver.url(path);
  }

  async webhooks(): Promise<readonly Webhook[]> {
    return z.array(Webhook).parse(await this.setup.call("GET", "/api/v1/webhooks"));
  }

  async topics(): Promise<readonly Topic[]> {
    return z.array(Topic).parse(await this.setup.call("GET", "/api/v1/topics"));
  }

  async at(path: string): Promise<Webhook | undefined> {
    return (await this.webhooks()).find(({ url }) => url === this.url(path));
  }

  async edit(id: string, changes: unknown): Promise<void> {
    await this.setup.call("PATCH", `/api/v1/webhooks/${id}`, changes);
  }

  async delete(webhook: Webhook): Promise<void> {
    if (webhook.enabled) await this.edit(webhook.id, { enabled: false });
    await this.setup.call("DELETE", `/api/v1/webhooks/${webhook.id}`);
  }

  async editTopic(id: string, changes: unknown): Promise<void> {
    await this.setup.call("PATCH", `/api/v1/topics/${id}`, changes);
  }

  async makeWebhook(path: string): Promise<string> {
    const url = this.url(path);
    await this.setup.call("POST", "/api/v1/webhooks", { name: "by hand", url, events: ["CONVERSATION/CLOSED"] });
    return (await this.at(path))?.id ?? "";
  }

  async makeTopic(name: string): Promise<void> {
    await this.setup.call("POST", "/api/v1/topics", { name });
  }

  async fault(effect: unknown, method: string): Promise<void> {
    await this.setup.call("POST", "/_sandbox/faults", { effect, method, path: "/api/v1/", times: 1 });
  }

  async clearFaults(): Promise<void> {
    await this.setup.call("DELETE", "/_sandbox/faults");
  }
}
