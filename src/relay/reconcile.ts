/**
 * Fills gaps: reads the closes in Gladly's own history, enqueues those that were never delivered, and checks whether
 * Gladly has switched the webhook off. So a webhook that is off only causes a delay (docs/vendors/aws-relay.md section 2).
 */
import type { RelayConfiguration } from "../contract/relay-configuration";
import { type ContactEvent, noteChannel, noteReopening, type ReopenedEvent } from "./conversation-events";
import { type CloseEvent, type Envelope, readEnvelope, wrap } from "./envelope";
import type { Chance, Clock, Gladly, Ledger, Log, Metrics, Queue } from "./ports";
import { conversationKey } from "./record";
import { isFromAhead, type Look, planLook, readMark, writeMark } from "./relay-time";
import { isSameTime, knownClose } from "./twins";
import { type WebhookState, webhookSeen } from "./webhook-state";

const MINUTE = 60_000;
/** Gladly's history is up to 15 s behind, and a delivery in progress is not missing yet. */
const SETTLING = 2 * MINUTE;
/** The Events API goes back 24 hours (docs/vendors/gladly-api.md section 14), less a minute for clocks that differ. */
const REACH = 24 * 60 * MINUTE - MINUTE;
/** Envelopes stored at once. */
const BATCH = 50;

export interface ReconcileDeps {
  readonly configuration: Pick<RelayConfiguration, "webhook" | "delivery" | "stella">;
  /** Identifies the relay if it can be removed and applied again over the same ledger. */
  readonly installation?: string | undefined;
  readonly gladly: Pick<Gladly, "events" | "webhooks">;
  readonly ledger: Ledger;
  readonly queue: Pick<Queue, "send">;
  readonly clock: Clock;
  readonly chance: Pick<Chance, "id">;
  readonly metrics: Metrics;
  readonly log: Log;
}

export interface Reconciled {
  /** Start of the period that was read, in milliseconds since the epoch. */
  readonly from: number;
  readonly to: number;
  /** Closes in Gladly's history. */
  readonly closes: number;
  /** Closes that the relay did not know and enqueued. */
  readonly enqueued: number;
  /** Part of the time since the last look is beyond Gladly's 24 hours: closes of that part cannot be found. */
  readonly beyondReach: boolean;
  readonly webhook: WebhookState;
  /**
   * When the relay's time began: it does not survey earlier closes. Absent while no PING and no delivery has arrived; then
   * nothing was read.
   */
  readonly begin?: number;
}

/**
 * @param since start of the period to read, in milliseconds since the epoch. Default: the last look. Closes before the
 * relay's time are ignored unless the ledger was lost (relay-time.ts).
 */
export async function reconcile(
  deps: ReconcileDeps,
  since?: number,
  options: { readonly lostLedger?: boolean } = {},
): Promise<Reconciled> {
  const now = deps.clock.now();
  const to = now - SETTLING;
  const kept = await readMark(deps.ledger, deps.installation);
  const { state: webhook, pointing } = webhookSeen(await deps.gladly.webhooks(), deps.configuration);
  const look = planLook(kept.mark, pointing, { now, to, wanted: since, ...options });
  if (isFromAhead(kept.mark, now)) {
    deps.metrics.count("ClockLeaped");
    deps.log("error", "clock.leaped", {
      seen: "the stored time of the last look is later than now: reading the history again",
    });
  }
  // At the first look, the apply that creates the webhook may still be running.
  const first = kept.mark.at === undefined && kept.mark.since === undefined;
  if (webhook !== "on" && webhook !== "stella" && !first) complain(deps, webhook);
  const from = Math.max(look.from ?? to, now - REACH);
  const history = from < to ? await historyBetween(deps, from, to) : { closes: [], contacts: [], reopenings: [] };
  const closes = history.closes.length;
  const enqueued = await enqueueUnknown(deps, history);
  await writeMark(deps.ledger, kept, look.next, deps.installation);
  const beyondReach = isBeyond(look, kept.mark.at, since, now - REACH);
  deps.log(beyondReach ? "error" : "info", "reconcile.done", {
    ...{ closes, enqueued, webhook, beyondReach },
    hours: Math.round((to - from) / 36_000) / 100,
  });
  const { begin } = look.next;
  return { from, to, closes, enqueued, beyondReach, webhook, ...(begin === undefined ? {} : { begin }) };
}

/** A gap within the overlap loses nothing, because the last look read that time already. */
function isBeyond(look: Look, at: number | undefined, since: number | undefined, reach: number): boolean {
  if (look.from === undefined || look.from >= reach) return false;
  return since !== undefined || at === undefined || at < reach;
}

/** What Gladly's history tells, oldest first. */
interface History {
  readonly closes: readonly { readonly envelope: Envelope; readonly close: CloseEvent }[];
  readonly contacts: readonly ContactEvent[];
  readonly reopenings: readonly ReopenedEvent[];
}

async function historyBetween(deps: ReconcileDeps, from: number, to: number): Promise<History> {
  // With `forward` nothing depends on a channel.
  const entities = deps.configuration.delivery === "enrich" ? ["CONVERSATION", "CONTACT"] : ["CONVERSATION"];
  const events = await deps.gladly.events(new Date(from), entities, new Date(to));
  const read = events.map((event) => {
    const body = Buffer.from(JSON.stringify(event));
    const envelope = wrap(deps.chance.id(), deps.clock.now(), body, { source: "reconcile" });
    return { envelope, content: readEnvelope(envelope) };
  });
  return {
    closes: read.flatMap(({ envelope, content }) => (content.kind === "close" ? [{ envelope, close: content }] : [])),
    contacts: read.flatMap(({ content }) => (content.kind === "contact" ? [content] : [])),
    reopenings: read.flatMap(({ content }) => (content.kind === "reopened" ? [content] : [])),
  };
}

/** A reopening between two closes within one second makes them distinct. No delivery contains it. */
async function noteReopenings(deps: ReconcileDeps, { closes, reopenings }: History): Promise<void> {
  for (const reopening of reopenings) {
    const near = closes.filter(
      ({ close }) => close.conversationId === reopening.conversationId && isSameTime(close, { closedAt: reopening.at }),
    );
    if (near.length > 1) await noteReopening(deps.ledger, reopening);
  }
}

async function enqueueUnknown(deps: ReconcileDeps, history: History): Promise<number> {
  const { closes, contacts } = history;
  await noteReopenings(deps, history);
  const unknown: Envelope[] = [];
  const conversations = new Set<string>();
  for (const { envelope, close } of closes) {
    const stored = await deps.ledger.conversation(conversationKey(close.conversationId));
    if (stored !== undefined && knownClose(stored.value, close) !== undefined) continue;
    if (await isWaiting(deps, close.conversationId, close.eventId)) continue;
    unknown.push(envelope);
    conversations.add(close.conversationId);
    deps.metrics.count("Enqueued");
  }
  // The CONTACT events that name the channels were missed too. Storing them first saves a read for each close.
  const lastContacts = new Map(contacts.map((contact) => [contact.conversationId, contact]));
  for (const [conversation, contact] of lastContacts)
    if (conversations.has(conversation)) await noteChannel(deps.ledger, contact);
  for (let start = 0; start < unknown.length; start += BATCH)
    await deps.queue.send(unknown.slice(start, start + BATCH));
  return unknown.length;
}

/** Avoids enqueuing an event that would be dropped as a duplicate. If the ledger does not know, the claim decides later. */
async function isWaiting(deps: ReconcileDeps, conversationId: string, eventId: string): Promise<boolean> {
  const waiting = await deps.ledger.waiting(conversationId, 50);
  return waiting.some((envelope) => {
    const content = readEnvelope(envelope);
    return content.kind === "close" && content.eventId === eventId;
  });
}

function complain(deps: ReconcileDeps, state: Exclude<WebhookState, "on" | "stella">): void {
  deps.metrics.count("WebhookDisabled", { state });
  deps.log("error", "webhook.disabled", {
    state,
    remedy: "see `npx cdktf plan`, fix the cause, then run `npx cdktf apply` to switch it on again",
  });
}
