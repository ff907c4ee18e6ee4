/** The sandbox's Stella Connect: connects the settings, rules and records with the server. */
import type { Changes } from "../changes";
import type { SandboxClock } from "../clock";
import { commonControls } from "../common-controls";
import { Faults } from "../faults";
import { Router } from "../http/router";
import { LoopbackServer } from "../http/server";
import { service } from "../http/service";
import { Journal } from "../journal";
import { Masking } from "../masking";
import { Outgoing } from "../outgoing";
import { Pending } from "../pending";
import type { Scenario } from "../scenario";
import { type StellaKeys, stellaRoutes } from "./api";
import { stellaControls } from "./controls";
import { dataRoutes } from "./data";
import { employeeRoutes } from "./employees";
import { type GladlyAccess, GladlyReader } from "./gladly-reader";
import { GladlyWebhook } from "./gladly-webhook";
import { Intake } from "./intake";
import { guardedReads } from "./reads";
import type { StellaSettings } from "./settings";
import { type Alert, type Employee, type Mail, type RecordedRequest, StellaStore } from "./store";
import { surveyRoutes } from "./surveys";

export interface StellaSandboxOptions {
  readonly port: number;
  readonly keys: StellaKeys;
  /** Signs the tokens of `/v2` reads. */
  readonly apiSecret: string;
  readonly scenario: Scenario;
  readonly clock: SandboxClock;
  readonly changes: Changes;
  /** The access to Gladly that the company entered in Stella. */
  readonly gladly: () => GladlyAccess;
  readonly faultSeed: number;
}

/** What the page shows of Stella Connect. */
export interface StellaView {
  readonly url: string;
  readonly settings: StellaSettings;
  readonly requests: readonly RecordedRequest[];
  readonly testInbox: readonly Mail[];
  readonly outbox: readonly Mail[];
  readonly alerts: readonly Alert[];
  readonly employees: readonly Employee[];
  readonly faults: ReturnType<Faults["list"]>;
}

export class StellaSandbox {
  private server: LoopbackServer | undefined;
  private readonly outgoing = new Outgoing();
  private readonly pending = new Pending();
  private settings: StellaSettings;
  private readonly store = new StellaStore();
  private readonly journal: Journal;
  private readonly faults: Faults;
  private readonly intake: Intake;
  private readonly reader: () => GladlyReader;

  private constructor(private readonly options: StellaSandboxOptions) {
    const { clock, scenario, keys } = options;
    this.settings = scenario.stella;
    this.journal = new Journal(new Masking([keys.test, keys.production, options.apiSecret]));
    this.faults = new Faults(clock, options.faultSeed);
    this.intake = new Intake({ clock, store: this.store, settings: () => this.settings, url: () => this.url });
    this.reader = () => new GladlyReader(options.gladly(), this.outgoing);
    this.seed();
  }

  static async start(options: StellaSandboxOptions): Promise<StellaSandbox> {
    const sandbox = new StellaSandbox(options);
    await sandbox.listen();
    return sandbox;
  }

  /** `http://127.0.0.1:<port>` */
  get url(): string {
    return this.server?.url ?? "http://127.0.0.1";
  }

  /** What the page shows. */
  view(): StellaView {
    return {
      url: this.url,
      settings: this.settings,
      requests: this.store.list(),
      testInbox: this.store.testInbox,
      outbox: this.store.outbox,
      alerts: this.store.alerts,
      employees: this.store.employees,
      faults: this.faults.list(),
    };
  }

  /** Aborts look-ups in progress and stops listening. */
  async close(): Promise<void> {
    this.outgoing.end();
    await this.server?.close();
  }

  private async listen(): Promise<void> {
    const { clock, changes, keys, apiSecret, port } = this.options;
    const shared = { clock, changes, pending: this.pending, faults: this.faults, journal: this.journal };
    const settings = () => this.settings;
    const webhook = new GladlyWebhook(this.reader, this.intake, settings, this.pending);
    const onLateResult = () => changes.notify();
    const reads = [...employeeRoutes(this.store, () => this.url), ...dataRoutes(this.store, settings)];
    const router = new Router([
      ...stellaRoutes({ keys, intake: this.intake, webhook, settings, onLateResult }),
      ...guardedReads({ keys, apiSecret, settings }, reads),
      ...surveyRoutes({ store: this.store, clock, reader: this.reader }),
    ]);
    const control = new Router([
      ...stellaControls({
        store: this.store,
        settings,
        change: (changed) => {
          this.settings = changed;
        },
        reset: () => this.reset(),
      }),
      ...commonControls(shared),
    ]);
    this.server = await LoopbackServer.start(
      "Stella Connect",
      port,
      service({ ...shared, control, answer: (call) => router.answer(call) }),
    );
  }

  /** Resets records, faults and settings to the scenario. */
  private reset(): void {
    this.store.clear();
    this.intake.clear();
    this.journal.clear();
    this.faults.remove();
    this.settings = this.options.scenario.stella;
    this.seed();
  }

  private seed(): void {
    this.store.employees = this.options.scenario.agents.flatMap(({ id, name, emailAddress, stellaProfile }) =>
      stellaProfile === null ? [] : [{ email: emailAddress, customId: id, name, status: stellaProfile }],
    );
  }
}
