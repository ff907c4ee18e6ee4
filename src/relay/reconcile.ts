/**
 * Heals gaps: reads the closes of Gladly's own history and enqueues those that were never delivered, and looks whether
 * Gladly has switched the webhook off. It turns a lost webhook into a delay (facts/aws-relay.md section 2).
 */
import { CONVERSATION_CLOSED, type Webhook } from "../gladly/wire";
import { type ContactEvent, noteChannel } from "./channel";
import { sameClose } from "./claim";
import type { RelayConfiguration } from "./configuration";
import { type CloseEvent, type Envelope, readEnvelope, wrap } from "./envelope";
import type { Chance, Clock, Gladly, Ledger, Log, Metrics, Queue } from "./ports";
import { conversationKey } from "./record";
import { moveWatermark, readWatermark } from "./watermark";

const MINUTE = 60_000;
/** Gladly's history is up to 15 s behind, and a delivery that is under way is not missing yet. */
const SETTLING = 2 * MINUTE;
/** Read again each time, for what Gladly's history told late. */
const OVERLAP = 30 * MINUTE;
/** The Events API goes back 24 hours (facts/gladly-api.md section 14); a minute is left for clocks that differ. */
const REACH = 24 * 60 * MINUTE - MINUTE;
const WATERMARK = "reconciled";
/** Envelopes stored at once. */
const BATCH = 50;

export interface ReconcileHome {
  readonly configuration: Pick<RelayConfiguration, "webhook" | "delivery">;
  readonly gladly: Pick<Gladly, "events" | "webhooks">;
  readonly ledger: Ledger;
  readonly queue: Pick<Queue, "send">;
  readonly clock: Clock;
  readonly chance: Pick<Chance, "id">;
  readonly metrics: Metrics;
  readonly log: Log;
}

export interface Reconciled {
  /** Milliseconds since the epoch: what was looked through. */
  readonly from: number;
  readonly to: number;
  /** Closes in Gladly's history. */
  readonly closes: number;
  /** Those that the relay did not know, now enqueued. */
  readonly enqueued: number;
  /** Part of the time since the last look is beyond Gladly's 24 hours: closes of that part cannot be found. */
  readonly beyondReach: boolean;
  readonly webhook: WebhookState;
}

/** `off-by-gladly`: after the fourth failed retry. `missing`: Gladly has no webhook that points here. */
export type WebhookState = "on" | "off" | "off-by-gladly" | "missing";

/**
 * @param since start of the look, in milliseconds since the epoch. Without it: since the last look; the very first one
 * only sets the mark, because closes from before the relay are not its to survey.
 */
export async function reconcile(home: ReconcileHome, since?: number): Promise<Reconciled> {
  const now = home.clock.now();
  const to = now - SETTLING;
  const mark = await readWatermark(home.ledger, WATERMARK);
  const wanted = since ?? (mark.at === undefined ? to : mark.at - OVERLAP);
  const from = Math.max(wanted, now - REACH);
  const webhook = await webhookState(home);
  // At the very first look the apply that makes the webhook may still be under way.
  if (webhook !== "on" && mark.at !== undefined) complain(home, webhook);
  const history = from < to ? await historyBetween(home, from, to) : { closes: [], contacts: [] };
  const closes = history.closes.length;
  const enqueued = await enqueueUnknown(home, history);
  if (mark.at === undefined || to > mark.at) await moveWatermark(home.ledger, WATERMARK, mark, to);
  const beyondReach = since === undefined ? mark.at !== undefined && mark.at < now - REACH : wanted < now - REACH;
  home.log(beyondReach ? "error" : "info", "reconcile.done", {
    ...{ closes, enqueued, webhook, beyondReach },
    hours: Math.round((to - from) / 36_000) / 100,
  });
  return { from, to, closes, enqueued, beyondReach, webhook };
}

/** What Gladly's history tells, oldest first. */
interface History {
  readonly closes: readonly { readonly envelope: Envelope; readonly close: CloseEvent }[];
  readonly contacts: readonly ContactEvent[];
}

async function historyBetween(home: ReconcileHome, from: number, to: number): Promise<History> {
  // With `forward` nobody asks for a channel.
  const entities = home.configuration.delivery === "enrich" ? ["CONVERSATION", "CONTACT"] : ["CONVERSATION"];
  const events = await home.gladly.events(new Date(from), entities, new Date(to));
  const read = events.map((event) => {
    const body = Buffer.from(JSON.stringify(event));
    const envelope = wrap(home.chance.id(), home.clock.now(), body, { source: "reconcile" });
    return { envelope, content: readEnvelope(envelope) };
  });
  return {
    closes: read.flatMap(({ envelope, content }) => (content.kind === "close" ? [{ envelope, close: content }] : [])),
    contacts: read.flatMap(({ content }) => (content.kind === "contact" ? [content] : [])),
  };
}

async function enqueueUnknown(home: ReconcileHome, { closes, contacts }: History): Promise<number> {
  const unknown: Envelope[] = [];
  const conversations = new Set<string>();
  for (const { envelope, close } of closes) {
    const stored = await home.ledger.conversation(conversationKey(close.conversationId));
    if (stored !== undefined && sameClose(stored.value.closures, close) !== undefined) continue;
    if (await isWaiting(home, close.conversationId, close.eventId)) continue;
    unknown.push(envelope);
    conversations.add(close.conversationId);
    home.metrics.count("Enqueued");
  }
  // The events that told their channels were missed as well; known first, they spare each close a read.
  const lastContacts = new Map(contacts.map((contact) => [contact.conversationId, contact]));
  for (const [conversation, contact] of lastContacts)
    if (conversations.has(conversation)) await noteChannel(home.ledger, contact);
  for (let start = 0; start < unknown.length; start += BATCH)
    await home.queue.send(unknown.slice(start, start + BATCH));
  return unknown.length;
}

/** Spares a delivery that would be dropped as a duplicate; where the home cannot tell, the claim tells later. */
async function isWaiting(home: ReconcileHome, conversationId: string, eventId: string): Promise<boolean> {
  const waiting = await home.ledger.waiting(conversationId, 50);
  return waiting.some((envelope) => {
    const content = readEnvelope(envelope);
    return content.kind === "close" && content.eventId === eventId;
  });
}

async function webhookState(home: ReconcileHome): Promise<WebhookState> {
  const webhook = (await home.gladly.webhooks()).find((candidate) => pointsHere(candidate, home.configuration));
  if (webhook === undefined) return "missing";
  if (webhook.enabled) return "on";
  return webhook.disabledAtDueToRetryLimit ? "off-by-gladly" : "off";
}

function pointsHere(webhook: Webhook, configuration: ReconcileHome["configuration"]): boolean {
  if (configuration.webhook.url !== undefined) return webhook.url === configuration.webhook.url;
  return webhook.events.includes(CONVERSATION_CLOSED) && webhook.url.endsWith("/v1/webhooks/gladly");
}

function complain(home: ReconcileHome, state: Exclude<WebhookState, "on">): void {
  home.metrics.count("WebhookDisabled", { state });
  home.log("error", "webhook.disabled", {
    state,
    remedy: "see `npx cdktf plan`, cure the cause, then `npx cdktf apply` switches it on again",
  });
}
