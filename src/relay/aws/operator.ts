/**
 * The AWS home as an operator's commands open it, from a person's machine with that person's own permissions
 * (docs/vendors/aws-relay.md section 7): explain, replay, pause, resume and erase.
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
  /** Deletes what is kept of a customer, by Gladly's id. */
  erase(customerId: string): Promise<Erased>;
  /** Lets go of connections, so that the process can end. */
  close(): void;
}

/** Credentials are found where the AWS command line finds them: environment, profile, single sign-on. */
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
