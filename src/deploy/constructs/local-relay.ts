/**
 * The relay on one machine: what `relay serve` is told to do, as versioned state.
 *
 * `terraform_data` is Terraform's own resource for a value in the state. The relay reads its configuration there, so what
 * was applied is what it does: there is no file beside it that could be lost or changed unseen
 * (docs/decisions/0015).
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
  /** Id of the topic that keeps a conversation out: the relay finds it under any name. */
  readonly doNotSendTopicId: string;
}

/** The applied configuration of a relay that runs on this machine. */
export class LocalRelay extends Construct {
  /** To depend on: a webhook must not be switched on before the relay knows what to do with its PING. */
  readonly configuration: DataResource;

  /** Where Gladly delivers. */
  readonly endpoint: string;

  constructor(scope: Construct, id: string, { environment, doNotSendTopicId }: LocalRelayProps) {
    super(scope, id);
    this.endpoint = `${environment.relay.url}${RELAY_WEBHOOK_PATH}`;
    this.configuration = new DataResource(this, "Configuration", {
      input: { ...configurationOf(environment, this.endpoint), doNotSendTopicId },
    });
    // Its address in the state is where the relay looks.
    this.configuration.overrideLogicalId(APPLIED_CONFIGURATION.name);
  }
}

/** What the relay is to do, as its own schema reads it. */
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
    // Left out, the relay's own defaults hold, and a state from before knows nothing of it.
    ...(environment.policy === undefined ? {} : { policy: environment.policy }),
  };
}
