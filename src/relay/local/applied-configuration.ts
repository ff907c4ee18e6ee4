/**
 * The configuration of the last `cdktf apply`, read from Terraform's own state of this environment, so that no second copy
 * can be lost or changed without a plan showing it. It is read for each request, so an apply never races the relay:
 * Terraform writes its state before it changes the webhook, which depends on this resource.
 */
import { join } from "node:path";
import * as z from "zod/mini";
import { systemCode } from "../../contract/file-fault";
import { parsedJson } from "../../contract/json";
import {
  APPLIED_CONFIGURATION,
  ConfigurationUnusable,
  parseConfiguration,
  type RelayConfiguration,
} from "../../contract/relay-configuration";
import { WatchedFile } from "./watched-file";

/** The needed part of Terraform's state, version 4: Terraform has written it since 0.12, and OpenTofu writes it too. */
const State = z.looseObject({
  version: z.literal(4),
  resources: z.array(
    z.looseObject({
      type: z.string(),
      name: z.string(),
      instances: z.array(
        z.looseObject({
          attributes: z.optional(z.looseObject({ input: z.optional(z.unknown()), id: z.optional(z.string()) })),
        }),
      ),
    }),
  ),
});
const Input = z.looseObject({ value: z.unknown() });

/** There is no configuration yet because `cdktf apply` did not run. */
export class NotAppliedYet extends ConfigurationUnusable {}

export class AppliedConfiguration {
  private readonly file: WatchedFile<RelayConfiguration>;
  /** Created once, because every delivery before the first apply throws it. */
  private readonly nothing = new NotAppliedYet("nothing is applied here yet. Run `npx cdktf apply`");
  private good: RelayConfiguration | undefined;
  private resourceId: string | undefined;

  /** @param home folder with `terraform.tfstate` */
  constructor(home: string) {
    const path = join(home, "terraform.tfstate");
    this.file = new WatchedFile(path, (content) => this.parse(content, path));
  }

  /**
   * The same object until it changes.
   *
   * @throws ConfigurationUnusable saying what to do
   */
  read(): RelayConfiguration {
    try {
      const configuration = this.file.readIfThere();
      if (configuration !== undefined) return configuration;
      throw this.nothing;
    } catch (error) {
      if (error instanceof ConfigurationUnusable) throw error;
      const code = systemCode(error);
      throw new ConfigurationUnusable(`${this.file.path} cannot be read (${code}): let the relay's user read it`);
    }
  }

  /**
   * Terraform's id of the applied relay. It changes when the relay is destroyed and applied again. Undefined before the first
   * read, and if the state has none.
   */
  installation(): string | undefined {
    return this.resourceId;
  }

  private parse(content: string, path: string): RelayConfiguration {
    const json = parsedJson(content);
    // Terraform writes its state in place: a half-written file will be complete at the next read.
    if (json === undefined && this.good !== undefined) return this.good;
    const state = State.safeParse(json);
    if (!state.success) {
      throw new ConfigurationUnusable(`${path} is not a state of Terraform 0.12 or later; run \`npx cdktf apply\``);
    }
    const resource = state.data.resources.find(
      ({ type, name }) => type === APPLIED_CONFIGURATION.type && name === APPLIED_CONFIGURATION.name,
    );
    const input = Input.safeParse(resource?.instances[0]?.attributes?.input);
    if (!input.success) {
      this.good = undefined;
      throw new NotAppliedYet(`no relay is applied in ${path}; run \`npx cdktf apply\``);
    }
    this.resourceId = resource?.instances[0]?.attributes?.id;
    this.good = parseConfiguration(JSON.stringify(input.data.value), path);
    return this.good;
  }
}
