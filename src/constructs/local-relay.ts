/**
 * The relay on one machine: what `relay serve` is told to do, as versioned state.
 *
 * The configuration is a file in the environment's home. Terraform has no resource of its own for a file, and this
 * project asks no further provider to be downloaded for one: `terraform_data` keeps what was applied, a change of it
 * writes the file anew, and destroying it takes the file away. The relay reads the file whenever it changed.
 */
import { DataResource } from "cdktf";
import { Construct } from "constructs";
import type { LocalEnvironment } from "../environment/schema";

export interface LocalRelayProps {
  readonly environment: LocalEnvironment;
  /** The environment's home, relative to the folder Terraform runs in. */
  readonly home: string;
}

const WRITE = `mkdir -p "$(dirname "$FILE")" && printf '%s\\n' "$CONFIGURATION" > "$FILE.new" && mv "$FILE.new" "$FILE"`;

/** Only what this resource wrote: after a change the file is already its successor's. */
const REMOVE = `if [ "$(cat "$FILE" 2>/dev/null)" = "$CONFIGURATION" ]; then rm -f "$FILE"; fi`;

/** The applied configuration of a relay that runs on this machine. */
export class LocalRelay extends Construct {
  /** To depend on: a webhook must not be switched on before the relay knows what to do with its PING. */
  readonly configuration: DataResource;

  /** Where Gladly delivers. */
  readonly endpoint: string;

  constructor(scope: Construct, id: string, props: LocalRelayProps) {
    super(scope, id);
    const file = `${props.home}/relay.json`;
    this.endpoint = `${props.environment.relay.url}/v1/webhooks/gladly`;
    const environment = { FILE: file, CONFIGURATION: `\${jsonencode(self.triggers_replace)}` };
    this.configuration = new DataResource(this, "Configuration", {
      triggersReplace: configurationOf(props.environment),
      provisioners: [
        { type: "local-exec", command: WRITE, environment },
        { type: "local-exec", when: "destroy", command: REMOVE, environment },
      ],
      // A change is one rename: the relay is never without a configuration, so it never turns an event away.
      lifecycle: { createBeforeDestroy: true },
    });
    this.configuration.addOverride("provisioner.0.local-exec.quiet", true);
    this.configuration.addOverride("provisioner.1.local-exec.quiet", true);
    this.configuration.overrideLogicalId("relay_configuration");
  }
}

/** What the relay is to do, as its own schema reads it (src/relay/configuration.ts). */
function configurationOf(environment: LocalEnvironment) {
  return {
    version: 1,
    environment: environment.name,
    surveyMode: environment.surveyMode,
    delivery: environment.delivery,
    gladly: environment.gladly,
    stella: environment.stella,
    webhook: { username: "connect" },
    doNotSendTopic: environment.topic.name,
  };
}
