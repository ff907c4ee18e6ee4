/** What every resource works with: the client, and lists that are read once for any number of resources. */
import type { GladlyClient } from "../../vendors/gladly/client";
import type { Agent, Inbox, Team, Topic, Webhook } from "../../vendors/gladly/wire";

/** A list that is read once, however many ask for it, until it is forgotten. A failed read is not kept. */
class SharedList<T> {
  private reading: Promise<readonly T[]> | undefined;

  constructor(private readonly read: () => Promise<readonly T[]>) {}

  get(): Promise<readonly T[]> {
    const reading = this.reading ?? this.read();
    this.reading = reading;
    reading.catch(() => {
      if (this.reading === reading) this.reading = undefined;
    });
    return reading;
  }

  forget(): void {
    this.reading = undefined;
  }
}

/** What is read once for the whole run of a provider, and after that only when something was written. */
class Lists {
  readonly webhooks: SharedList<Webhook>;
  readonly topics: SharedList<Topic>;
  readonly agents: SharedList<Agent>;
  readonly inboxes: SharedList<Inbox>;
  readonly teams: SharedList<Team>;

  constructor(client: GladlyClient) {
    this.webhooks = new SharedList(() => client.webhooks());
    this.topics = new SharedList(() => client.topics());
    this.agents = new SharedList(() => client.agents());
    this.inboxes = new SharedList(() => client.inboxes());
    this.teams = new SharedList(() => client.teams());
  }
}

export class Gladly {
  constructor(
    readonly client: GladlyClient,
    /** The address of the organization, for messages. */
    readonly url: string,
    private readonly lists: Lists = new Lists(client),
  ) {}

  /** The same, with a deadline for each call in milliseconds; undefined keeps the client's own. */
  within(deadline: number | undefined): Gladly {
    return deadline === undefined ? this : new Gladly(this.client.within(deadline), this.url, this.lists);
  }

  webhooks(): Promise<readonly Webhook[]> {
    return this.lists.webhooks.get();
  }

  topics(): Promise<readonly Topic[]> {
    return this.lists.topics.get();
  }

  agents(): Promise<readonly Agent[]> {
    return this.lists.agents.get();
  }

  inboxes(): Promise<readonly Inbox[]> {
    return this.lists.inboxes.get();
  }

  teams(): Promise<readonly Team[]> {
    return this.lists.teams.get();
  }

  /** A webhook by id; one that the list does not have is asked for by itself, because lists may be cut short. */
  async webhook(id: string): Promise<Webhook | undefined> {
    return (await this.webhooks()).find((webhook) => webhook.id === id) ?? this.client.webhook(id);
  }

  /** A topic by id, as `webhook` does it: 500 topics are refreshed with one request. */
  async topic(id: string): Promise<Topic | undefined> {
    return (await this.topics()).find((topic) => topic.id === id) ?? this.client.topic(id);
  }

  /** After a write: what was read is no longer what is. */
  changed(): void {
    this.lists.webhooks.forget();
    this.lists.topics.forget();
  }
}
