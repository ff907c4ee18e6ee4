/**
 * Queue and ledger on AWS for the commands explain, replay, pause, resume and erase. They run on an operator's machine
 * with the operator's permissions (docs/vendors/aws-relay.md section 7).
 */
import type { Erased } from "../erase";
import type { Clock } from "../ports";
import { DynamoDbLedger } from "./dynamodb-ledger";
import { erase } from "./erase";
import { dynamoDbClient, sqsClient } from "./sdk-clients";
import { SqsQueue } from "./sqs-queue";

export interface OperatorStoresOptions {
  readonly region: string;
  readonly queueUrl: string;
  readonly parkedQueueUrl: string;
  readonly ledgerTable: string;
  readonly clock: Clock;
}

export interface OperatorStores {
  readonly ledger: DynamoDbLedger;
  readonly queue: SqsQueue;
  /** Deletes the data of a customer. @param customerId Gladly's id */
  erase(customerId: string): Promise<Erased>;
  /** Closes connections, so that the process can end. */
  close(): void;
}

/** Uses the AWS CLI's credentials: environment variables, profile, single sign-on. */
export function openOperatorStores(options: OperatorStoresOptions): OperatorStores {
  const dynamoDb = dynamoDbClient(options.region);
  const sqs = sqsClient(options.region);
  const queues = { main: options.queueUrl, parked: options.parkedQueueUrl };
  return {
    ledger: new DynamoDbLedger(dynamoDb, options.ledgerTable, options.clock),
    queue: new SqsQueue(sqs, queues),
    erase: (customerId) => erase({ sqs, dynamoDb, queues, table: options.ledgerTable }, customerId),
    close: () => {
      dynamoDb.destroy();
      sqs.destroy();
    },
  };
}
