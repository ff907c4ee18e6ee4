/**
 * Reads what the relay would have known of each close, with the relay's own look-up. Everything here only reads: the type
 * of the client that it is given has no write.
 */
import type { DecisionPolicy } from "../../relay/decide";
import type { GladlyFacts } from "../../relay/facts";
import { inParallel } from "../../relay/in-parallel";
import { LookUp, type LookUpReads } from "../../relay/look-up";
import { isMessage } from "../../relay/messages";
import type { Clock } from "../../relay/ports";
import type { Conversation, Customer } from "../../vendors/gladly/wire";
import { asOf, LOOKED_WITHIN } from "./as-of";
import { type CloseFacts, reduceFacts } from "./facts";
import type { ClosedConversation, Close as PreviewedClose } from "./history";

/** What was read before, and where what is read now is kept. */
export interface KeptFacts {
  find(eventId: string): CloseFacts | undefined;
  keep(facts: readonly CloseFacts[]): void;
}

export interface GatherOptions {
  readonly gladly: LookUpReads;
  readonly clock: Clock;
  /** Under which the look-up reads all that is needed. */
  readonly policy: DecisionPolicy;
  /** Of a customer's address. */
  readonly digest: (email: string) => string;
  readonly kept: KeptFacts;
  /** Conversations read at once: enough to keep up the pace while answers take their time. */
  readonly parallel: number;
  readonly stop: AbortSignal;
  /** Called with the number of close events that are read. */
  readonly onRead: (done: number) => void;
}

/** Somebody asked to stop; what was read until then is kept. */
export class GatheringStopped extends Error {
  override readonly name = "GatheringStopped";
}

/**
 * The facts of each close, conversation by conversation as they were given.
 *
 * @throws GatheringStopped, and what a read of Gladly throws
 */
export async function gather(
  conversations: readonly ClosedConversation[],
  options: GatherOptions,
): Promise<readonly (readonly CloseFacts[])[]> {
  const then = new GladlyThen(options.gladly);
  const lookUp = new LookUp(then, options.clock);
  const gathered = new Map<ClosedConversation, readonly CloseFacts[]>();
  let done = 0;
  let failed: unknown;
  await inParallel(conversations, options.parallel, async (conversation) => {
    if (failed !== undefined) return;
    try {
      if (options.stop.aborted) throw new GatheringStopped("stopped");
      gathered.set(conversation, await ofConversation(conversation, then, lookUp, options));
    } catch (error) {
      failed ??= options.stop.aborted ? new GatheringStopped("stopped", { cause: error }) : error;
      return;
    }
    done += conversation.closes.length;
    options.onRead(done);
  });
  if (failed !== undefined) throw failed;
  return conversations.map((conversation) => gathered.get(conversation) ?? []);
}

async function ofConversation(
  { conversationId, closes }: ClosedConversation,
  then: GladlyThen,
  lookUp: LookUp,
  { kept, policy, digest }: GatherOptions,
): Promise<readonly CloseFacts[]> {
  const known = closes.map(({ eventId }) => kept.find(eventId));
  const facts: CloseFacts[] = [];
  const fresh: CloseFacts[] = [];
  for (const [index, close] of closes.entries()) {
    let read = known[index];
    if (read === undefined) {
      then.lookAt(close);
      const gladly = then.withStatus(close, await lookUp.facts(close, close.channel, policy));
      read = reduceFacts(close, gladly, then.messageAfter(close), digest);
      fresh.push(read);
    }
    facts.push(read);
  }
  then.forget(conversationId);
  kept.keep(fresh);
  return facts;
}

/** One conversation while it is looked at: read once for all its closes. */
interface View {
  close: PreviewedClose;
  conversation?: Promise<Conversation | undefined>;
  /** As of the close. */
  status?: string;
  items?: ReturnType<LookUpReads["conversationItems"]>;
  /** When messages were written, in milliseconds since the epoch. */
  written: readonly number[];
}

/** Gladly as it was at a close. */
class GladlyThen implements LookUpReads {
  private readonly views = new Map<string, View>();

  constructor(private readonly gladly: LookUpReads) {}

  lookAt(close: PreviewedClose): void {
    const view = this.views.get(close.conversationId);
    if (view === undefined) this.views.set(close.conversationId, { close, written: [] });
    else view.close = close;
  }

  forget(conversationId: string): void {
    this.views.delete(conversationId);
  }

  async conversation(id: string): Promise<Conversation | undefined> {
    const view = this.views.get(id);
    if (view === undefined) return this.gladly.conversation(id);
    view.conversation ??= this.gladly.conversation(id);
    const now = await view.conversation;
    if (now === undefined) return undefined;
    const conversation = asOf(view.close, now);
    view.status = conversation.status;
    // Of one that is not closed a look-up reads less, and with `forward` the relay reads all.
    return { ...conversation, status: "CLOSED" };
  }

  /** The facts with the status that the conversation had. */
  withStatus({ conversationId }: PreviewedClose, gladly: GladlyFacts | undefined): GladlyFacts | undefined {
    const status = this.views.get(conversationId)?.status;
    if (gladly?.conversation === undefined || status === undefined) return gladly;
    return { ...gladly, conversation: { ...gladly.conversation, status } };
  }

  /** The items that were there when the relay would have looked; later ones count for its delay alone. */
  async conversationItems(id: string): ReturnType<LookUpReads["conversationItems"]> {
    const view = this.views.get(id);
    if (view === undefined) return this.gladly.conversationItems(id);
    view.items ??= this.gladly.conversationItems(id);
    const { items, limited } = await view.items;
    view.written = items.flatMap((item) => (isMessage(item) ? Date.parse(item.timestamp ?? "") : []));
    const end = view.close.closedAt + LOOKED_WITHIN;
    return { items: items.filter(({ timestamp }) => !(Date.parse(timestamp ?? "") > end)), limited };
  }

  /** The first message after a close, as far as the items were read. */
  messageAfter({ conversationId, closedAt }: PreviewedClose): number | undefined {
    return this.views.get(conversationId)?.written.find((at) => at > closedAt);
  }

  customer(id: string): Promise<Customer | undefined> {
    return this.gladly.customer(id);
  }

  agent: LookUpReads["agent"] = (id) => this.gladly.agent(id);
  agents: LookUpReads["agents"] = () => this.gladly.agents();
  topic: LookUpReads["topic"] = (id) => this.gladly.topic(id);
  topics: LookUpReads["topics"] = () => this.gladly.topics();
  inbox: LookUpReads["inbox"] = (id) => this.gladly.inbox(id);
  inboxes: LookUpReads["inboxes"] = () => this.gladly.inboxes();
}
