/**
 * One environment on AWS: the relay with its secrets and alarms, the webhook that delivers to it, and the do-not-send topic.
 * With `delivery: "direct"` there is no relay: Gladly posts to Stella Connect itself.
 *
 * A plan needs the read-only AWS role and GLADLY_TOKEN. An apply that sends a password to Gladly needs it in
 * TF_VAR_webhook_password. No state and no plan contains it. Terraform accepts it at apply only if the plan was made with one:
 * `cdktf apply` makes both, and a saved plan must have been made with one.
 */
import { LambdaFunction } from "@cdktf/provider-aws/lib/lambda-function";
import { type App, TerraformOutput, TerraformVariable } from "cdktf";
import { type AwsEnvironment, isRemovable, relayedBy } from "../../environment";
import { builtFunctions } from "../build/function-build";
import { placeProviderFiles } from "../build/provider-files";
import { checkAwsStack } from "../checks";
import { AwsNames } from "../constructs/aws-names";
import { AwsRelay } from "../constructs/aws-relay";
import { CheckBlock } from "../constructs/check-block";
import { AwsStack } from "./aws-stack";
import { GladlySide, relayEvents } from "./gladly-side";

export class AwsIntegrationStack extends AwsStack {
  constructor(app: App, environment: AwsEnvironment) {
    const { name, delivery, surveyMode, relay: settings } = environment;
    super(app, name, {
      account: settings.account,
      region: settings.region,
      ...(settings.stateRegion === undefined ? {} : { stateRegion: settings.stateRegion }),
      ...(settings.runtime === "nodejs24.x" && relayedBy(environment) !== undefined
        ? { newerProvider: { version: "6.21.0", because: 'relay.runtime: "nodejs24.x"' } }
        : {}),
      tags: { ...settings.tags, "relay:environment": name, "relay:managed-by": settings.pipeline.repository },
    });
    placeProviderFiles(this);

    // The token comes from GLADLY_TOKEN, so it is in no file and not in the plan's JSON.
    const gladly = new GladlySide(this, environment);
    const relay = this.relay(environment, gladly.doNotSendTopicId);
    const functions = relay?.node.findAll().filter((part) => part instanceof LambdaFunction) ?? [];
    gladly.changeTopicBefore(...functions);
    const survey =
      delivery === "direct" || relay === undefined
        ? gladly.deliverToStella(this.password(`Stella Connect's ${surveyMode} key`))
        : gladly.deliverToRelay({
            endpoint: relay.endpoint,
            password: this.password("The webhook's password, whose digest is in the secret `inbound`"),
            ready: relay.ready,
            // A retired environment that was never finished gets no values any more, and must not stop before its protection is off.
            preconditions: (environment.retired ? [] : relay.needed).map((secret) => ({
              condition: secret.hasValue,
              errorMessage:
                `The secret ${secret.name} has no value yet, so no event could be worked on. Put one with ` +
                `\`npx relay secrets put ${name} ${secret.name.split("/").at(-1)}\`, then apply again.`,
            })),
          });
    // Gladly enables a webhook only after its PING was answered with 200, so this also proves that Gladly reaches the relay.
    new CheckBlock(this, "webhook_is_on", {
      condition: `\${${survey.resource.fqn}.status == "active"}`,
      errorMessage:
        "The webhook is switched off in Gladly: closed conversations are not delivered. Apply to switch it on again.",
    });
    checkAwsStack(this, isRemovable(environment) ? ["preventDestroy", "tableRecovery"] : []);
  }

  /** Also while the relay is draining. Undefined if Gladly posts to Stella itself and nothing drains. */
  private relay(environment: AwsEnvironment, doNotSendTopicId: string): AwsRelay | undefined {
    const delivery = relayedBy(environment);
    if (delivery === undefined) return undefined;
    const aws = AwsNames.of(environment);
    const worked = { ...environment, delivery };
    const relay = new AwsRelay(this, "relay", {
      aws,
      environment: worked,
      doNotSendTopicId,
      functions: builtFunctions(),
      eventsPerConversation: relayEvents(worked).length,
      // From the file, whose delivery is `direct` while the relay drains.
      removable: isRemovable(environment),
    });
    new TerraformOutput(this, "webhook_url", { value: relay.endpoint });
    return relay;
  }

  /** An ephemeral value for apply. Without it Gladly keeps its current password. */
  private password(description: string): string {
    const variable = new TerraformVariable(this, "webhook_password", {
      type: "string",
      description: `${description}. Needed by an apply that makes the webhook or raises passwordVersion.`,
      sensitive: true,
      nullable: true,
    });
    variable.addOverride("ephemeral", true);
    // cdktf 0.21 crashes if it is passed as a property.
    variable.addOverride("default", null);
    return variable.stringValue;
  }
}
