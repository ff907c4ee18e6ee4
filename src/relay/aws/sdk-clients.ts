/** The SDK's clients with time limits: by default it waits for an answer without end (docs/vendors/aws-relay.md section 4.1). */
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { SQSClient } from "@aws-sdk/client-sqs";

/** Milliseconds. `requestTimeout` alone would only be warned about. */
const REQUEST_HANDLER = { connectionTimeout: 500, requestTimeout: 2_000, throwOnRequestTimeout: true };
const LIMITS = { maxAttempts: 3, requestHandler: REQUEST_HANDLER };
/** A receive waits for messages for a second (`sqs-queue.ts`). */
const SQS_LIMITS = { ...LIMITS, requestHandler: { ...REQUEST_HANDLER, requestTimeout: 4_000 } };

export function dynamoDbClient(region: string): DynamoDBClient {
  return new DynamoDBClient({ region, ...LIMITS });
}

/** A queue's address names an account and a queue; where SQS is, the Region or `AWS_ENDPOINT_URL_SQS` tells. */
export function sqsClient(region: string): SQSClient {
  return new SQSClient({ region, ...SQS_LIMITS, useQueueUrlAsEndpoint: false });
}
