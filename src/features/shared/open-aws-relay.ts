/** A relay on AWS, opened with the operator's own permissions (docs/vendors/aws-relay.md section 7). */
import { AwsNames } from "../../deploy/constructs/aws-names";
import type { AwsEnvironment } from "../../environment";
import { openOperatorStores } from "../../relay/aws/operator";
import { quietAwsSdk } from "./aws-sdk";
import type { OpenRelay } from "./opened-relay";

export function openAwsRelay(environment: AwsEnvironment): OpenRelay {
  quietAwsSdk();
  const { account, region } = environment.relay;
  const aws = new AwsNames({ environment: environment.name, account, region });
  const { ledger, queue, erase, close } = openOperatorStores({
    region,
    queueUrl: aws.queueUrl(aws.name("main")),
    parkedQueueUrl: aws.queueUrl(aws.name("dlq")),
    ledgerTable: aws.name("ledger"),
    clock: { now: () => Date.now() },
  });
  return { environment, ledger, queue, erase, close };
}
