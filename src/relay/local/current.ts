/** The current configuration and the objects made from it. A changed file makes them again. Each error is logged once. */
import { ConfigurationUnusable, type RelayConfiguration } from "../../contract/relay-configuration";
import type { Log } from "../ports";
import { type AppliedConfiguration, NotAppliedYet } from "./applied-configuration";

export class Current<T> {
  private last: { readonly configuration: RelayConfiguration; readonly made: T } | undefined;
  private complaint: string | undefined;

  constructor(
    private readonly file: AppliedConfiguration,
    private readonly log: Log,
    private readonly make: (configuration: RelayConfiguration) => T,
  ) {}

  /** Undefined while there is no valid one. */
  configuration(): RelayConfiguration | undefined {
    try {
      const configuration = this.file.read();
      this.complaint = undefined;
      return configuration;
    } catch (error) {
      if (!(error instanceof ConfigurationUnusable)) throw error;
      // The relay usually starts before the first apply, so waiting for it is not an error.
      const level = error instanceof NotAppliedYet && this.last === undefined ? "info" : "error";
      if (this.complaint !== error.message) this.log(level, "configuration.unusable", { detail: error.message });
      this.complaint = error.message;
      return undefined;
    }
  }

  made(): T | undefined {
    const configuration = this.configuration();
    if (configuration === undefined) return undefined;
    if (this.last?.configuration !== configuration) {
      const { environment, surveyMode, delivery } = configuration;
      this.log("info", "configuration.loaded", { environment, surveyMode, delivery });
      this.last = { configuration, made: this.make(configuration) };
    }
    return this.last.made;
  }
}
