/** Creates the relay's resources on the emulators: two queues and a table. */
import { CreateTableCommand, type DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { CreateQueueCommand, type SQSClient } from "@aws-sdk/client-sqs";
import { LEDGER_TABLE } from "../../../../src/contract/ledger-table";

export async function createQueue(client: SQSClient, name: string, handOut: number): Promise<string> {
  const attributes = { VisibilityTimeout: String(handOut), MaximumMessageSize: "262144" };
  const answer = await client.send(new CreateQueueCommand({ QueueName: name, Attributes: attributes }));
  return answer.QueueUrl ?? "";
}

export async function createLedgerTable(client: DynamoDBClient, name: string): Promise<void> {
  const { partitionKey, recentIndex } = LEDGER_TABLE;
  await client.send(
    new CreateTableCommand({
      TableName: name,
      BillingMode: "PAY_PER_REQUEST",
      AttributeDefinitions: [partitionKey, recentIndex.partitionKey, recentIndex.sortKey].map((key) => ({
        AttributeName: key.name,
        AttributeType: key.type,
      })),
      KeySchema: [{ AttributeName: partitionKey.name, KeyType: "HASH" }],
      GlobalSecondaryIndexes: [
        {
          IndexName: recentIndex.name,
          KeySchema: [
            { AttributeName: recentIndex.partitionKey.name, KeyType: "HASH" },
            { AttributeName: recentIndex.sortKey.name, KeyType: "RANGE" },
          ],
          Projection: { ProjectionType: recentIndex.projection },
        },
      ],
    }),
  );
}
