/**
 * One environment, whole: the relay, the webhook that feeds it and the topic that keeps a conversation out.
 *
 * One stack per environment (docs/decisions/0008): one plan, one review, the webhook follows the relay by dependency,
 * and nothing crosses stacks.
 */
import { join, relative } from "node:path";
import { type App, LocalBackend, TerraformOutput, TerraformStack } from "cdktf";
import { DataGladlyOrganization } from "../src/constructs/generated/gladly/data-gladly-organization";
import { GladlyProvider } from "../src/constructs/generated/gladly/provider";
import { Topic } from "../src/constructs/generated/gladly/topic";
import { LocalRelay } from "../src/constructs/local-relay";
import { placeProviderFiles } from "../src/constructs/provider-files";
import { secretFile } from "../src/constructs/secret-file";
import { SurveyWebhook } from "../src/constructs/survey-webhook";
import { homeFiles, homeOf, type LocalEnvironment } from "../src/environment";

const project = join(__dirname, "..");

export class IntegrationStack extends TerraformStack {
  constructor(app: App, environment: LocalEnvironment) {
    super(app, environment.name);
    this.addOverride("terraform.required_version", ">= 1.11.0, < 2.0.0");
    placeProviderFiles(this, project);

    // Everything on this machine is named relative to the stack's folder: the project can be moved.
    const home = relative(join(app.outdir, "stacks", environment.name), homeOf(environment.name));
    const secret = (name: string) => secretFile(homeFiles.secret(home, name));
    // cdktf would write the path in full.
    new LocalBackend(this).addOverride("path", homeFiles.state(home));

    new GladlyProvider(this, "gladly", {
      url: environment.gladly.url,
      user: environment.gladly.user,
      token: secret("gladly-token"),
    });
    const organization = new DataGladlyOrganization(this, "organization");

    const topic = new Topic(this, "do_not_send_topic", { name: environment.topic.name });

    const { passwordVersion, name } = environment.webhook;
    if (environment.delivery === "direct") {
      new SurveyWebhook(this, "survey_webhook", {
        name,
        url: `${environment.stella.url}/v1/webhooks/gladly`,
        password: secret(`stella-${environment.surveyMode}-key`),
        // The password is Stella's key of that mode.
        passwordOf: environment.surveyMode,
        passwordVersion,
        after: [topic],
      });
    } else {
      const relay = new LocalRelay(this, "relay", { environment });
      new SurveyWebhook(this, "survey_webhook", {
        name,
        url: relay.endpoint,
        password: secret("webhook-password"),
        passwordOf: "relay",
        passwordVersion,
        after: [relay.configuration, topic],
      });
    }

    new TerraformOutput(this, "gladly_organization", { value: organization.name });
    new TerraformOutput(this, "surveys_go_to", {
      value: environment.surveyMode === "test" ? "the test address" : "customers",
    });
  }
}
