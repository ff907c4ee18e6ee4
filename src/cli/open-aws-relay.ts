/** A relay on AWS, opened with the operator's own permissions (facts/aws-relay.md section 7). */
import { Place } from "../constructs/place";
import type { AwsEnvironment } from "../environment";
import { openOperatorHome } from "../relay/aws/operator";
import type { OpenRelay } from "./open-relay";

export function openAwsRelay(environment: AwsEnvironment): OpenRelay {
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
