/** A relay on AWS, opened with the operator's own permissions (docs/vendors/aws-relay.md section 7). */
import { Place } from "../../deploy/constructs/place";
import type { AwsEnvironment } from "../../environment";
import { openOperatorHome } from "../../relay/aws/operator";
import type { OpenRelay } from "./opened-relay";

export function openAwsRelay(environment: AwsEnvironment): OpenRelay {
  // The version is pinned and runs on Node 20: what later ones need is no news to the person at the terminal.
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= "true";
  const { account, region } = environment.relay;
  const place = new Place({ environment: environment.name, account, region });
  const { ledger, queue, close } = openOperatorHome({
    region,
    queueUrl: place.queueUrl(place.name("main")),
    parkedQueueUrl: place.queueUrl(place.name("dlq")),
    ledgerTable: place.name("ledger"),
    clock: { now: () => Date.now() },
  });
  return { environment, ledger, queue, close };
}
