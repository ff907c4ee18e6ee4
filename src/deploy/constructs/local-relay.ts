/**
 * The relay on one machine: the configuration of `relay serve` as versioned state.
 *
 * `terraform_data` is Terraform's own resource for a value in the state. The relay reads its configuration there, so it always
 * does what was applied: no other file can be lost or changed unnoticed (docs/decisions/0015).
 */
import { DataResource } from "cdktf";
import { Construct } from "constructs";
import { APPLIED_CONFIGURATION, type RelayConfigurationInput } from "../../contract/relay-configuration";
import { RELAY_WEBHOOK_PATH, WEBHOOK_USERNAME } from "../../contract/webhook-address";
import type { LocalEnvironment, WithRelay } from "../../environment/schema";

/** Settings of {@link LocalRelay}. */
export interface LocalRelayProps {
  /** An environment with `relay.on: "local"` and a delivery that needs a relay. */
  readonly environment: WithRelay<LocalEnvironment>;
  /** Id of the do-not-send topic: the relay recognises it even if it is renamed. */
  readonly doNotSendTopicId: string;
}

/** The applied configuration of a relay that runs on this machine. */
export class LocalRelay extends Construct {
  /** Depend on it: a webhook must not be enabled before the relay can answer its PING. */
  readonly configuration: DataResource;

  /** Where Gladly delivers. */
  readonly endpoint: string;

  constructor(scope: Construct, id: string, { environment, doNotSendTopicId }: LocalRelayProps) {
    super(scope, id);
    this.endpoint = `${environment.relay.url}${RELAY_WEBHOOK_PATH}`;
    this.configuration = new DataResource(this, "Configuration", {
      input: { ...configurationOf(environment, this.endpoint), doNotSendTopicId },
    });
    // The relay finds it by its address in the state.
    this.configuration.overrideLogicalId(APPLIED_CONFIGURATION.name);
  }
}

/** The relay's configuration, in the form of its own schema. */
function configurationOf(environment: WithRelay<LocalEnvironment>, endpoint: string): RelayConfigurationInput {
  return {
    version: 1,
    environment: environment.name,
    surveyMode: environment.surveyMode,
    delivery: environment.delivery,
    gladly: environment.gladly,
    stella: environment.stella,
    webhook: { username: WEBHOOK_USERNAME, url: endpoint },
    doNotSendTopic: environment.topic.name,
    // Without it the relay's own defaults apply, and older states do not have it.
    ...(environment.policy === undefined ? {} : { policy: environment.policy }),
  };
}
