/** The SDK's clients with time limits, because by default the SDK waits forever (docs/vendors/aws-relay.md section 4.1). */
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { SQSClient } from "@aws-sdk/client-sqs";

/** Milliseconds. `requestTimeout` alone would only log a warning. */
const REQUEST_HANDLER = { connectionTimeout: 500, requestTimeout: 2_000, throwOnRequestTimeout: true };
const LIMITS = { maxAttempts: 3, requestHandler: REQUEST_HANDLER };
/** Includes the second that a receive waits for messages (`sqs-queue.ts`). */
const SQS_LIMITS = { ...LIMITS, requestHandler: { ...REQUEST_HANDLER, requestTimeout: 4_000 } };

export function dynamoDbClient(region: string): DynamoDBClient {
  return new DynamoDBClient({ region, ...LIMITS });
}

/** A queue's URL is used only for account and queue. The address of SQS comes from the Region or `AWS_ENDPOINT_URL_SQS`. */
export function sqsClient(region: string): SQSClient {
  return new SQSClient({ region, ...SQS_LIMITS, useQueueUrlAsEndpoint: false });
}
