/** What every resource uses: the client, lists that are read once for all resources, and data of this run. */
import type { GladlyClient } from "../../vendors/gladly/client";
import { GladlyUnreachable } from "../../vendors/gladly/errors";
import type { Agent, Inbox, Organization, Team, Topic, Webhook } from "../../vendors/gladly/wire";
import { Departures } from "./departures";
import { Owners } from "./owners";

/** Milliseconds that an operation may take if its resource has no `timeouts`. */
const OPERATION_MS = 60_000;
/** Milliseconds of one attempt in that case. Creating or enabling a webhook waits up to 15 s for its receiver. */
const ATTEMPT_MS = 30_000;
/** Milliseconds for which a new object may be missing from Gladly's answers. */
const SETTLING_MS = 5_000;

/** A list that is read once for any number of callers, until it is invalidated. A failed read is not cached. */
class SharedList<T> {
  private reading: Promise<T> | undefined;

  constructor(private readonly read: (client: GladlyClient, url: string) => Promise<T>) {}

  /** Waits no longer than this client's time, even if another one started the read. */
  async get(client: GladlyClient, url: string): Promise<T> {
    const shared = this.reading;
    const reading = shared ?? this.read(client, url);
    this.reading = reading;
    const forget = () => {
      if (this.reading === reading) this.reading = undefined;
    };
    reading.catch(forget);
    if (!shared) return reading;
    try {
      return await inTime(reading, client.timeLeft, url);
    } catch (error) {
      // The client that started the read may have had less time than this one.
      if (error instanceof GladlyUnreachable && error.timedOut && client.timeLeft > 0) {
        forget();
        return this.get(client, url);
      }
      throw error;
    }
  }

  forget(): void {
    this.reading = undefined;
  }
}

/** The promise with the same time-out error as the client's. */
async function inTime<T>(promise: Promise<T>, milliseconds: number, url: string): Promise<T> {
  if (!Number.isFinite(milliseconds)) return promise;
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<never>((_resolve, reject) => {
    const cause = Object.assign(new Error("no answer in time"), { name: "TimeoutError" });
    timer = setTimeout(() => reject(new GladlyUnreachable("GET", url, cause)), milliseconds);
  });
  try {
    return await Promise.race([promise, timeout]);
  } finally {
    clearTimeout(timer);
  }
}

/** Lists that are read once per run of a provider, and again only after a write. */
class Lists {
  readonly webhooks = new SharedList(async (client) => (await client.webhooks()).map(normalized));
  readonly topics = new SharedList(async (client) => (await client.topics()).map(normalized));
  /** Never forgotten: a run that writes many topics does not read them again after each. */
  readonly topicsAtStart = new SharedList((client, url) => this.topics.get(client, url));
  readonly agents = new SharedList((client) => client.agents());
  readonly inboxes = new SharedList((client) => client.inboxes());
  readonly teams = new SharedList((client) => client.teams());
  readonly organization = new SharedList((client) => client.organization());
}

/** Terraform normalizes every text (Unicode NFC), so Gladly's texts must be compared and stored in that form. */
function normalized<T extends { readonly name?: string | null | undefined }>(item: T): T {
  return typeof item.name === "string" ? { ...item, name: item.name.normalize("NFC") } : item;
}

export class Gladly {
  private constructor(
    readonly client: GladlyClient,
    /** The address of the organization, for messages. */
    readonly url: string,
    private readonly lists: Lists,
    /** Which resource of this run owns what. */
    readonly owners: Owners,
    /** What this run removes. */
    readonly departures: Departures,
  ) {}

  static of(client: GladlyClient, url: string): Gladly {
    return new Gladly(client, url, new Lists(), new Owners(), new Departures());
  }

  /** The same for one operation: all of its calls end within this time in milliseconds. @default 60000 */
  within(timeout: number | undefined): Gladly {
    const client = this.client.within(timeout ?? OPERATION_MS, timeout ?? ATTEMPT_MS);
    return new Gladly(client, this.url, this.lists, this.owners, this.departures);
  }

  /** The same for calls that must follow a write: neither a stop nor the operation's time ends them. */
  afterWrite(): Gladly {
    return new Gladly(this.client.afterWrite(), this.url, this.lists, this.owners, this.departures);
  }

  /** All webhooks, read once per run until something is written. */
  webhooks(): Promise<readonly Webhook[]> {
    return this.lists.webhooks.get(this.client, this.url);
  }

  /** All topics, including disabled ones, read once per run until something is written. */
  topics(): Promise<readonly Topic[]> {
    return this.lists.topics.get(this.client, this.url);
  }

  /** All topics as this run found them first: read at most once, whatever is written since. */
  topicsAtStart(): Promise<readonly Topic[]> {
    return this.lists.topicsAtStart.get(this.client, this.url);
  }

  agents(): Promise<readonly Agent[]> {
    return this.lists.agents.get(this.client, this.url);
  }

  inboxes(): Promise<readonly Inbox[]> {
    return this.lists.inboxes.get(this.client, this.url);
  }

  teams(): Promise<readonly Team[]> {
    return this.lists.teams.get(this.client, this.url);
  }

  /** The organization, read once per run. */
  organization(): Promise<Organization> {
    return this.lists.organization.get(this.client, this.url);
  }

  /** A webhook by id. If the list does not have it, it is read by itself, because lists may be cut. */
  async webhook(id: string): Promise<Webhook | undefined> {
    return (await this.webhooks()).find((webhook) => webhook.id === id) ?? this.freshWebhook(id);
  }

  /** A topic by id, like `webhook`: 500 topics are refreshed with one request. */
  async topic(id: string): Promise<Topic | undefined> {
    return (await this.topics()).find((topic) => topic.id === id) ?? this.freshTopic(id);
  }

  /** The webhook's current state in Gladly. */
  async freshWebhook(id: string): Promise<Webhook | undefined> {
    const webhook = await this.client.webhook(id);
    return webhook && normalized(webhook);
  }

  /** The topic's current state in Gladly. */
  async freshTopic(id: string): Promise<Topic | undefined> {
    const topic = await this.client.topic(id);
    return topic && normalized(topic);
  }

  /** Reads again for a short time: a new object may not be in every answer of Gladly yet. */
  async settled<T>(find: () => Promise<T | undefined>): Promise<T | undefined> {
    const endsAt = Date.now() + SETTLING_MS;
    for (let wait = 200; ; wait *= 2) {
      const found = await find();
      if (found !== undefined || Date.now() + wait > endsAt) return found;
      await this.client.pause(wait);
    }
  }

  /** Call it after a write: invalidates what was read. */
  changed(): void {
    this.lists.webhooks.forget();
    this.lists.topics.forget();
  }
}
