/** The sandbox's Gladly: connects the records, rules and deliveries with the server. */
import { PING } from "../../contract/event-types";
import type { SurveyMode } from "../../contract/survey-mode";
import type { Changes } from "../changes";
import type { SandboxClock } from "../clock";
import { commonControls } from "../common-controls";
import { Faults } from "../faults";
import { changedSettings } from "../http/control-body";
import { empty, json } from "../http/exchange";
import { type Route, Router, route } from "../http/router";
import { LoopbackServer } from "../http/server";
import { service } from "../http/service";
import { Journal } from "../journal";
import { Masking } from "../masking";
import { Outgoing } from "../outgoing";
import { Pending } from "../pending";
import { seededRandom } from "../random";
import type { Scenario } from "../scenario";
import { Activities } from "./activities";
import { answerGladly } from "./answer";
import { gladlyRoutes } from "./api";
import type { ApiDeps } from "./api-deps";
import { ChangeLog } from "./change-log";
import { type ControlDeps, gladlyControls } from "./controls";
import { Conversations } from "./conversations";
import { Customers } from "./customers";
import { Deliveries } from "./deliveries";
import { DeliveryLog } from "./delivery-log";
import { Directory } from "./directory";
import { EventLog } from "./events";
import { Items } from "./items";
import { RateLimit } from "./rate-limit";
import { GladlySettings } from "./settings";
import { Tasks } from "./tasks";
import { Topics } from "./topics";
import { type GladlyView, gladlyView } from "./view";
import { showWebhook } from "./webhook";
import { Webhooks } from "./webhooks";

export interface GladlySandboxOptions {
  readonly port: number;
  readonly user: string;
  readonly token: string;
  readonly scenario: Scenario;
  readonly clock: SandboxClock;
  readonly changes: Changes;
  /** The routes of the page. */
  readonly pageRoutes: readonly Route[];
  /** Operations port of a relay. */
  readonly relayUrl: string | null;
  readonly faultSeed: number;
}

export class GladlySandbox {
  private server: LoopbackServer | undefined;
  private readonly outgoing = new Outgoing();
  private readonly pending = new Pending();
  private settings: GladlySettings;
  private readonly masking: Masking;
  private readonly journal: Journal;
  private readonly faults: Faults;
  private readonly log = new DeliveryLog();
  private readonly changeLog: ChangeLog;
  private readonly deliveries: Deliveries;
  private readonly deps: ControlDeps;

  private constructor(private readonly options: GladlySandboxOptions) {
    const { clock, changes, user, token } = options;
    this.settings = initialSettings(options);
    const settings = () => this.settings;
    const url = () => this.url;
    this.masking = new Masking([token]);
    this.journal = new Journal(this.masking);
    this.faults = new Faults(clock, options.faultSeed);
    const events = new EventLog(clock, settings);
    const directory = new Directory(user, url);
    this.changeLog = new ChangeLog(clock);
    const topics = new Topics((before, after) => this.changeLog.record("Topic", before && { ...before }, { ...after }));
    const items = new Items(clock);
    const customers = new Customers(clock, events);
    const conversations = new Conversations({ clock, settings, customers, directory, topics, items, events });
    const webhooks = new Webhooks({
      clock,
      settings,
      masking: this.masking,
      outgoing: this.outgoing,
      onChange: (before, after, further) =>
        this.changeLog.record(
          "Webhook",
          before && { ...showWebhook(before) },
          after && { ...showWebhook(after) },
          further,
        ),
      onDisabled: (id) => this.deliveries.webhookStopped(id),
      onPing: (webhookId, _url, answer) => {
        const passed = "status" in answer && answer.status === 200;
        const result = passed ? "Success" : "Debug";
        this.log.record({ webhookId, type: PING, attempt: 1, at: clock.timestamp(), result }, answer);
      },
    });
    this.deliveries = new Deliveries({
      clock,
      settings,
      log: this.log,
      outgoing: this.outgoing,
      webhook: (id) => webhooks.find(id),
      webhooks: () => webhooks.list(),
      deactivate: (id) => webhooks.deactivate(id),
      onChange: () => changes.notify(),
      random: seededRandom(1),
    });
    events.onEvent((event) => this.deliveries.publish(event));
    const activities = new Activities(clock, customers, items, url);
    const tasks = new Tasks(clock, customers, directory, events);
    const deps: ApiDeps = {
      webhooks,
      topics,
      conversations,
      customers,
      items,
      activities,
      tasks,
      directory,
      events,
      settings,
    };
    this.deps = {
      ...deps,
      deliveries: this.deliveries,
      log: this.log,
      changeLog: this.changeLog,
      now: () => clock.now(),
      url,
    };
  }

  static async start(options: GladlySandboxOptions): Promise<GladlySandbox> {
    const sandbox = new GladlySandbox(options);
    sandbox.seed();
    await sandbox.listen();
    return sandbox;
  }

  /** `http://127.0.0.1:<port>` */
  get url(): string {
    return this.server?.url ?? "http://127.0.0.1";
  }

  /**
   * What the page shows.
   *
   * @param most largest number of closes
   * @param keys Stella's keys, to recognize the one that a webhook uses
   */
  view(most: number, keys: Readonly<Record<SurveyMode, string>>): GladlyView {
    return gladlyView(this.deps, most, keys);
  }

  /** The active faults. */
  get activeFaults(): ReturnType<Faults["list"]> {
    return this.faults.list();
  }

  /** Operations port of the relay. Null when none is configured. */
  get relayUrl(): string | null {
    return this.settings.relayUrl;
  }

  /** Aborts deliveries in progress and stops listening. */
  async close(): Promise<void> {
    this.outgoing.end();
    this.deliveries.clear();
    await this.server?.close();
  }

  private async listen(): Promise<void> {
    const { clock, changes, port, user, token } = this.options;
    const shared = { clock, changes, pending: this.pending, faults: this.faults, journal: this.journal };
    const settings = () => this.settings;
    const router = new Router(gladlyRoutes(this.deps));
    const rateLimit = new RateLimit(settings);
    const control = new Router([
      ...gladlyControls(this.deps),
      ...this.ownControls(),
      ...commonControls(shared),
      ...this.options.pageRoutes,
    ]);
    this.server = await LoopbackServer.start(
      "Gladly",
      port,
      service({
        ...shared,
        control,
        answer: (call) => answerGladly({ router, user, token, rateLimit, settings }, call),
      }),
    );
  }

  private ownControls(): Route[] {
    return [
      route("GET", "/_sandbox/settings", () => json(200, this.settings)),
      route("POST", "/_sandbox/settings", (call) => {
        this.settings = changedSettings(call, GladlySettings, this.settings);
        return json(200, this.settings);
      }),
      route("POST", "/_sandbox/reset", () => {
        this.reset();
        return empty(204);
      }),
    ];
  }

  /** Resets records, faults and settings to the scenario. */
  private reset(): void {
    this.deliveries.clear();
    this.log.clear();
    this.changeLog.clear();
    this.journal.clear();
    this.faults.remove();
    this.settings = initialSettings(this.options);
    const { webhooks, topics, conversations, customers, items, tasks, events } = this.deps;
    for (const store of [webhooks, topics, conversations, customers, items, tasks, events]) store.clear();
    this.seed();
  }

  private seed(): void {
    const { scenario } = this.options;
    const { directory, topics, customers, conversations, events } = this.deps;
    directory.seed(scenario);
    for (const { parentId, ...topic } of scenario.topics) {
      topics.seed({ ...topic, ...(parentId === undefined ? {} : { parentId }) });
    }
    for (const customer of scenario.customers) customers.add(customer);
    for (const conversation of scenario.conversations) conversations.open(conversation);
    // Creating the scenario's records recorded events that never happened.
    events.clear();
  }
}

function initialSettings({ relayUrl }: GladlySandboxOptions): GladlySettings {
  return GladlySettings.parse({ relayUrl });
}
