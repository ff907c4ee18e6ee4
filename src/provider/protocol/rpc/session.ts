/** The state of a running provider: its definition, its configured client, and whether it should stop. */
import { type Diagnostic, Diagnostics, diagnosticMessage, OperationError } from "../diagnostics";
import type { Diagnostic as DiagnosticMessage } from "../generated/tfplugin6";
import type { Logger } from "../log";
import { PrivateState } from "../private-state";
import type { Provider } from "../provider";
import type { Context, DataSource, ListResource, Resource } from "../resource";
import { Secrets } from "../secrets";
import { StateObjects } from "../state-objects";
import { ValueError } from "../values/coerce";

/** One per process. All calls of a Terraform run share it. */
export class Session<Client> {
  private stopping = new AbortController();
  /** The result of `configure`; undefined before it, or if it failed. */
  client: Client | undefined;
  /** The provider's configuration is not known yet, and Terraform accepts deferred answers. */
  deferring = false;
  /** What Terraform's state holds, as far as this run has asked. */
  readonly inState = new StateObjects();

  constructor(
    /** The provider's definition. */
    readonly provider: Provider<Client>,
    /** The log of the process. It masks texts only if the logger does. */
    readonly log: Logger,
    /** Every secret from Terraform. Diagnostics never show them. */
    readonly secrets: Secrets = new Secrets(),
  ) {}

  /** Starts nothing new and ends waits early. A write that was sent is still awaited. */
  stop(): void {
    this.stopping.abort(new OperationError("Stopped", "Terraform asked the provider to stop."));
  }

  /** A new run begins: a process in a debugger continues after the run that was stopped. */
  begin(): void {
    this.inState.clear();
    if (this.stopping.signal.aborted) this.stopping = new AbortController();
  }

  /** Aborted by {@link stop}. */
  get signal(): AbortSignal {
    return this.stopping.signal;
  }

  /** @throws OperationError when the provider has no such resource type */
  resource(type: string): Resource<Client> {
    const found = this.provider.resources.get(type);
    if (found) return found;
    throw new OperationError("Unknown resource type", `The provider ${this.provider.name} has no resource ${type}.`);
  }

  /** @throws OperationError when the provider has no such data source */
  dataSource(type: string): DataSource<Client> {
    const found = this.provider.dataSources.get(type);
    if (found) return found;
    throw new OperationError("Unknown data source", `The provider ${this.provider.name} has no data source ${type}.`);
  }

  /** @throws OperationError when the provider cannot list that type */
  listResource(type: string): ListResource<Client> {
    const found = this.provider.listResources.get(type);
    if (found) return found;
    throw new OperationError("Unknown list resource", `The provider ${this.provider.name} cannot list ${type}.`);
  }

  /** The context of an operation. Throws if the provider was not configured successfully. */
  context(
    report: Diagnostics,
    options: { timeout?: number | undefined; privateState?: PrivateState } = {},
  ): Context<Client> {
    if (this.client === undefined) {
      throw new OperationError(
        "Provider is not configured",
        `The provider ${this.provider.name} was called before its configuration was accepted.`,
      );
    }
    if (this.signal.aborted) throw this.signal.reason;
    const { timeout, privateState = PrivateState.from() } = options;
    const { client, signal, inState } = this;
    const common = { client, report, signal, privateState, inState };
    return { ...common, ...(timeout === undefined ? {} : { timeout }) };
  }

  /**
   * Runs one call and collects its diagnostics. If an error ends it, the error becomes a diagnostic and `fallback` the answer.
   * An unexpected error is reported as a bug in the provider, with the stack in the log.
   */
  async run<T>(
    method: string,
    work: (report: Diagnostics) => Promise<T> | T,
    fallback: T,
  ): Promise<{ readonly value: T; readonly diagnostics: DiagnosticMessage[] }> {
    const report = new Diagnostics();
    let value = fallback;
    try {
      value = await work(report);
    } catch (error) {
      this.failure(method, error, report);
    }
    const masked = report.diagnostics.map((diagnostic) => ({
      ...diagnostic,
      summary: this.secrets.mask(diagnostic.summary),
      detail: this.secrets.mask(diagnostic.detail),
    }));
    return { value, diagnostics: masked.map(diagnosticMessage) };
  }

  /** Adds an exception to the report. An unexpected error also goes to the log, with its stack. */
  failure(method: string, error: unknown, report: Diagnostics): void {
    const diagnostic = this.explain(method, error);
    report.error(diagnostic.summary, diagnostic.detail, diagnostic.path);
  }

  private explain(method: string, error: unknown): Omit<Diagnostic, "severity"> {
    if (error instanceof OperationError) {
      const { summary, detail, path } = error;
      return { summary, detail, ...(path ? { path } : {}) };
    }
    if (error instanceof ValueError) return { summary: "Unexpected value", detail: error.message, path: error.path };
    if (this.signal.aborted && error instanceof Error && error.name === "AbortError") {
      return { summary: "Stopped", detail: "Terraform asked the provider to stop before anything was sent." };
    }
    const message = error instanceof Error ? error.message : String(error);
    this.log.error(`${method} failed`, { error: error instanceof Error ? (error.stack ?? message) : message });
    return {
      summary: `Internal error in the provider ${this.provider.name}`,
      detail: `${method}: ${message}\n\nYour configuration did not cause this. Please report it with the log that TF_LOG=DEBUG writes.`,
    };
  }
}
