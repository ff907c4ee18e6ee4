/**
 * One environment on AWS, whole: the relay with its secrets and alarms, the webhook that feeds it and the topic that
 * keeps a conversation out. With `delivery: "direct"` there is no relay: Gladly posts to Stella Connect itself.
 *
 * A plan needs AWS's read-only role and GLADLY_TOKEN. An apply that hands a password to Gladly needs it in
 * TF_VAR_webhook_password; Terraform keeps it in no state and no plan. Terraform takes it at apply only when it was there
 * for the plan that is applied: `cdktf apply` makes both; a saved plan must have been made with it.
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

    // The token comes from GLADLY_TOKEN: it is in no file, and the plan's JSON does not name it.
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
            preconditions: relay.needed.map((secret) => ({
              condition: secret.hasValue,
              errorMessage:
                `The secret ${secret.name} has no value yet, so no event could be worked on. Put one with ` +
                `\`npx relay secrets put ${name} ${secret.name.split("/").at(-1)}\`, then apply again.`,
            })),
          });
    // Gladly switches a webhook on only once its PING was answered with 200, so this proves the way to the relay as well.
    new CheckBlock(this, "webhook_is_on", {
      condition: `\${${survey.resource.fqn}.status == "active"}`,
      errorMessage:
        "The webhook is switched off in Gladly: closed conversations are not delivered. Apply to switch it on again.",
    });
    checkAwsStack(this, isRemovable(environment) ? ["preventDestroy", "tableRecovery"] : []);
  }

  /** Also while it only works on what it had accepted; none where Gladly posts to Stella itself. */
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
      // Of the file, whose delivery says `direct` while the relay only drains.
      removable: isRemovable(environment),
    });
    new TerraformOutput(this, "webhook_url", { value: relay.endpoint });
    return relay;
  }

  /** A value that Terraform is given at apply and forgets. Left out, Gladly keeps the password that it has. */
  private password(description: string): string {
    const variable = new TerraformVariable(this, "webhook_password", {
      type: "string",
      description: `${description}. Needed by an apply that makes the webhook or raises passwordVersion.`,
      sensitive: true,
      nullable: true,
    });
    variable.addOverride("ephemeral", true);
    // Given as a property it crashes cdktf 0.21.
    variable.addOverride("default", null);
    return variable.stringValue;
  }
}
