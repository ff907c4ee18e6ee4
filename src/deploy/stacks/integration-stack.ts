/**
 * One environment: the relay, the webhook that delivers to it, and the do-not-send topic.
 *
 * One stack per environment (docs/decisions/0008): one plan, one review, the webhook depends on the relay, and there are no
 * references between stacks.
 */
import { relative } from "node:path";
import { type App, LocalBackend, TerraformStack } from "cdktf";
import { stackFolder } from "../../contract/locations";
import { SECRET_FILES, type SecretFile, stellaKeyFile } from "../../contract/secrets";
import { homeFiles, homeOf, type LocalEnvironment, relayedBy } from "../../environment";
import { placeProviderFiles } from "../build/provider-files";
import { LocalRelay } from "../constructs/local-relay";
import { secretFile } from "../constructs/secret-file";
import { GladlySide } from "./gladly-side";

export class IntegrationStack extends TerraformStack {
  constructor(app: App, environment: LocalEnvironment) {
    super(app, environment.name);
    this.addOverride("terraform.required_version", ">= 1.11.0, < 2.0.0");
    placeProviderFiles(this);

    // Paths are relative to the stack's folder, so that the project can be moved.
    const home = relative(stackFolder(app.outdir, environment.name), homeOf(environment.name));
    const secret = (name: SecretFile) => secretFile(homeFiles.secret(home, name));
    // cdktf would write the absolute path.
    new LocalBackend(this).addOverride("path", homeFiles.state(home));

    const gladly = new GladlySide(this, environment, secret(SECRET_FILES.gladlyToken));
    const delivery = relayedBy(environment);
    const relay =
      delivery &&
      new LocalRelay(this, "relay", {
        environment: { ...environment, delivery },
        doNotSendTopicId: gladly.doNotSendTopicId,
      });
    if (relay !== undefined) gladly.changeTopicBefore(relay.configuration);
    if (environment.delivery === "direct" || relay === undefined) {
      gladly.deliverToStella(secret(stellaKeyFile(environment.surveyMode)));
    } else {
      gladly.deliverToRelay({
        endpoint: relay.endpoint,
        password: secret(SECRET_FILES.webhookPassword),
        ready: [relay.configuration],
      });
    }
  }
}
