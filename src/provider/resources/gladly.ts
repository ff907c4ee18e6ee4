/** What every resource works with: the client, lists that are read once for any number of resources, and this run. */
import type { GladlyClient } from "../../vendors/gladly/client";
import { GladlyUnreachable } from "../../vendors/gladly/errors";
import type { Agent, Inbox, Organization, Team, Topic, Webhook } from "../../vendors/gladly/wire";
import { Departures } from "./departures";
import { Owners } from "./owners";

/** Milliseconds that an operation may take when its resource has no `timeouts`. */
const OPERATION_MS = 60_000;
/** Milliseconds of one attempt then. Creating or enabling a webhook waits for its receiver for up to 15 s. */
const ATTEMPT_MS = 30_000;
/** Milliseconds for which a new object may be missing from Gladly's answers. */
const SETTLING_MS = 5_000;

/** A list that is read once, however many ask for it, until it is forgotten. A failed read is not kept. */
class SharedList<T> {
  private reading: Promise<T> | undefined;

  constructor(private readonly read: (client: GladlyClient, url: string) => Promise<T>) {}

  /** Waits no longer than the client has time, whoever began to read. */
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
      // Whoever began may have had less time than this one.
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

/** The promise, or a time-out as the client itself has it. */
async function inTime<T>(promise: Promise<T>, milliseconds: number, url: string): Promise<T> {
  if (!Number.isFinite(milliseconds)) return promise;
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    const cause = Object.assign(new Error("no answer in time"), { name: "TimeoutError" });
    timer = setTimeout(() => reject(new GladlyUnreachable("GET", url, cause)), milliseconds);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** What is read once for the whole run of a provider, and after that only when something was written. */
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

/** Terraform composes every text (Unicode NFC), so what Gladly holds must be compared and stored in that form. */
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
    /** What this run is taking away. */
    readonly departures: Departures,
  ) {}

  static of(client: GladlyClient, url: string): Gladly {
    return new Gladly(client, url, new Lists(), new Owners(), new Departures());
  }

  /** The same for one operation, all of whose calls end within this time in milliseconds. @default 60000 */
  within(timeout: number | undefined): Gladly {
    const client = this.client.within(timeout ?? OPERATION_MS, timeout ?? ATTEMPT_MS);
    return new Gladly(client, this.url, this.lists, this.owners, this.departures);
  }

  /** The same for what has to follow a write: neither a stop nor the operation's time ends it. */
  afterWrite(): Gladly {
    return new Gladly(this.client.afterWrite(), this.url, this.lists, this.owners, this.departures);
  }

  /** All webhooks, read once a run until something is written. */
  webhooks(): Promise<readonly Webhook[]> {
    return this.lists.webhooks.get(this.client, this.url);
  }

  /** All topics, the disabled ones too, read once a run until something is written. */
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

  /** Which organization this is, read once a run. */
  organization(): Promise<Organization> {
    return this.lists.organization.get(this.client, this.url);
  }

  /** A webhook by id; one that the list does not have is asked for by itself, because lists may be cut short. */
  async webhook(id: string): Promise<Webhook | undefined> {
    return (await this.webhooks()).find((webhook) => webhook.id === id) ?? this.freshWebhook(id);
  }

  /** A topic by id, as `webhook` does it: 500 topics are refreshed with one request. */
  async topic(id: string): Promise<Topic | undefined> {
    return (await this.topics()).find((topic) => topic.id === id) ?? this.freshTopic(id);
  }

  /** A webhook as Gladly has it now. */
  async freshWebhook(id: string): Promise<Webhook | undefined> {
    const webhook = await this.client.webhook(id);
    return webhook && normalized(webhook);
  }

  /** A topic as Gladly has it now. */
  async freshTopic(id: string): Promise<Topic | undefined> {
    const topic = await this.client.topic(id);
    return topic && normalized(topic);
  }

  /** Asks again for a short while: what was just written may not be in every answer of Gladly yet. */
  async settled<T>(find: () => Promise<T | undefined>): Promise<T | undefined> {
    const endsAt = Date.now() + SETTLING_MS;
    for (let wait = 200; ; wait *= 2) {
      const found = await find();
      if (found !== undefined || Date.now() + wait > endsAt) return found;
      await this.client.pause(wait);
    }
  }

  /** After a write: what was read is no longer what is. */
  changed(): void {
    this.lists.webhooks.forget();
    this.lists.topics.forget();
  }
}
