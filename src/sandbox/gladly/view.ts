/** What the page shows of Gladly: the sandbox's records, read-only and without secrets. */
import { CONVERSATION_CLOSED } from "../../contract/event-types";
import type { SurveyMode } from "../../contract/survey-mode";
import type { Webhook } from "../../vendors/gladly/wire";
import type { ApiDeps } from "./api-deps";
import type { ChangeLog, ConfigurationChange } from "./change-log";
import type { ConversationRecord } from "./conversation-record";
import type { CustomerRecord } from "./customer-record";
import type { Deliveries, Delivery } from "./deliveries";
import type { DeliveryLog, LogEntry } from "./delivery-log";
import type { AgentRecord, InboxRecord } from "./directory";
import type { GladlyEvent } from "./events";
import type { ItemRecord } from "./items";
import type { TopicRecord } from "./topics";
import { showWebhook } from "./webhook";

export interface GladlyView {
  readonly url: string;
  readonly webhooks: readonly {
    readonly webhook: Webhook;
    readonly log: readonly LogEntry[];
    /** Which of Stella's two keys is the webhook's password, if any. */
    readonly stellaKey: SurveyMode | undefined;
  }[];
  readonly topics: readonly TopicRecord[];
  readonly conversations: readonly ConversationRecord[];
  readonly customers: readonly { readonly customer: CustomerRecord; readonly activities: readonly ItemRecord[] }[];
  readonly agents: readonly AgentRecord[];
  readonly inboxes: readonly InboxRecord[];
  /** Configuration changes over the API, oldest first. */
  readonly changes: readonly ConfigurationChange[];
  /** Number of all closes. {@link closes} has only the latest. */
  readonly closeCount: number;
  /** The latest closes, newest first, with their deliveries. */
  readonly closes: readonly { readonly event: GladlyEvent; readonly deliveries: readonly DeliveryView[] }[];
}

export interface DeliveryView {
  readonly delivery: Delivery;
  /** The last finished attempt. */
  readonly last?: LogEntry;
}

export interface ViewDeps extends ApiDeps {
  readonly deliveries: Deliveries;
  readonly log: DeliveryLog;
  readonly changeLog: ChangeLog;
  readonly now: () => number;
  readonly url: () => string;
}

/** @param most largest number of closes */
export function gladlyView(deps: ViewDeps, most: number, keys: Readonly<Record<SurveyMode, string>>): GladlyView {
  const { webhooks, topics, conversations, customers, items, directory, events, log } = deps;
  const allCloses = events.all().filter(({ type }) => type === CONVERSATION_CLOSED);
  const closes = allCloses.slice(-most).reverse();
  const stellaKey = (password: string | undefined): SurveyMode | undefined =>
    password === keys.test ? "test" : password === keys.production ? "production" : undefined;
  return {
    url: deps.url(),
    webhooks: webhooks.list().map((record) => ({
      webhook: showWebhook(record),
      log: log.shown(record.id, deps.now()),
      stellaKey: stellaKey(record.credentials?.password),
    })),
    topics: topics.list(),
    conversations: conversations.list(),
    customers: customers.list().map((customer) => ({
      customer,
      activities: items.activitiesOf(customer.id),
    })),
    agents: directory.listAgents(),
    inboxes: directory.listInboxes(),
    changes: deps.changeLog.all(),
    closeCount: allCloses.length,
    closes: withDeliveries(closes, deps.deliveries, log),
  };
}

function withDeliveries(
  closes: readonly GladlyEvent[],
  deliveries: Deliveries,
  log: DeliveryLog,
): GladlyView["closes"] {
  const wanted = new Set(closes.map(({ id }) => id));
  const last = new Map(log.all().map((entry) => [entry.deliveryId, entry]));
  const byEvent = new Map<string, DeliveryView[]>();
  for (const delivery of deliveries.list()) {
    if (!wanted.has(delivery.event.id)) continue;
    const entry = last.get(delivery.id);
    const view = { delivery, ...(entry ? { last: entry } : {}) };
    byEvent.set(delivery.event.id, [...(byEvent.get(delivery.event.id) ?? []), view]);
  }
  return closes.map((event) => ({ event, deliveries: byEvent.get(event.id) ?? [] }));
}
