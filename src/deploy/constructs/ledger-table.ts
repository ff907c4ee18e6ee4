/** The record of every event and what became of it: what keeps a customer from being asked twice. */
import { DynamodbTable } from "@cdktf/provider-aws/lib/dynamodb-table";
import { Construct } from "constructs";
import { LEDGER_TABLE } from "../../contract/ledger-table";
import type { AwsNames } from "./aws-names";

/** Settings of {@link LedgerTable}. */
export interface LedgerTableProps {
  /** Names the table. */
  readonly aws: AwsNames;
  /** ARN of a KMS key. @default a key that DynamoDB owns */
  readonly kmsKey?: string | undefined;
  /** Whether it may be destroyed. @default false */
  readonly removable?: boolean;
}

/** A DynamoDB table that is paid by request. DynamoDB deletes each record some time after its retention has passed. */
export class LedgerTable extends Construct {
  /** The table itself, for its ARN and name. */
  readonly table: DynamodbTable;

  /** Known before anything is made. */
  static tableName(aws: AwsNames): string {
    return aws.name(LEDGER_TABLE.name);
  }

  constructor(scope: Construct, id: string, props: LedgerTableProps) {
    super(scope, id);
    const { kmsKey, removable = false } = props;
    const { partitionKey, recentIndex, timeToLive } = LEDGER_TABLE;
    this.table = new DynamodbTable(this, "Resource", {
      name: LedgerTable.tableName(props.aws),
      billingMode: "PAY_PER_REQUEST",
      hashKey: partitionKey.name,
      attribute: [partitionKey, recentIndex.partitionKey, recentIndex.sortKey],
      // What was finished last, for `relay explain`: no function reads it, so a scan of the table is never needed.
      globalSecondaryIndex: [
        {
          name: recentIndex.name,
          hashKey: recentIndex.partitionKey.name,
          rangeKey: recentIndex.sortKey.name,
          projectionType: recentIndex.projection,
        },
      ],
      // The relay writes 35 days: longer than both queues together can keep an event (docs/vendors/aws-relay.md section 4.2).
      ttl: { enabled: true, attributeName: timeToLive },
      ...(kmsKey === undefined ? {} : { serverSideEncryption: { enabled: true, kmsKeyArn: kmsKey } }),
      pointInTimeRecovery: { enabled: true },
      deletionProtectionEnabled: !removable,
      lifecycle: { preventDestroy: !removable },
    });
  }
}
