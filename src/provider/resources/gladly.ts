/** What every resource works with: the client, and lists that are read once for any number of resources. */
import type { GladlyClient } from "../../gladly/client";
import type { Topic, Webhook } from "../../gladly/wire";

export class Gladly {
  private webhookList: Promise<readonly Webhook[]> | undefined;
  private topicList: Promise<readonly Topic[]> | undefined;

  constructor(
    readonly client: GladlyClient,
    /** The address of the organization, for messages. */
    readonly url: string,
  ) {}

  /** All webhooks, read once until `changed` is called. */
  webhooks(): Promise<readonly Webhook[]> {
    this.webhookList ??= this.client.webhooks();
    this.webhookList.catch(() => {
      this.webhookList = undefined;
    });
    return this.webhookList;
  }

  /** All topics, read once until `changed` is called: 500 topics are refreshed with one request. */
  topics(): Promise<readonly Topic[]> {
    this.topicList ??= this.client.topics();
    this.topicList.catch(() => {
      this.topicList = undefined;
    });
    return this.topicList;
  }

  /** A webhook by id; one that the list does not have is asked for by itself, because lists may be cut short. */
  async webhook(id: string): Promise<Webhook | undefined> {
    return (await this.webhooks()).find((webhook) => webhook.id === id) ?? this.client.webhook(id);
  }

  async topic(id: string): Promise<Topic | undefined> {
    return (await this.topics()).find((topic) => topic.id === id) ?? this.client.topic(id);
  }

  /** After a write: what was read is no longer what is. */
  changed(): void {
    this.webhookList = undefined;
    this.topicList = undefined;
  }
}
