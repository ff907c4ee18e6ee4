/** The table with every event and its outcome, which prevents duplicate surveys. */
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
  /** Whether it may be deleted. @default false */
  readonly removable?: boolean;
}

/** A DynamoDB table with on-demand billing. DynamoDB deletes each record some time after its retention. */
export class LedgerTable extends Construct {
  /** The table itself, for its ARN and name. */
  readonly table: DynamodbTable;

  /** Known before any resource is created. */
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
      // The records that finished last, for `relay explain`, which would otherwise scan the table. No function reads it.
      globalSecondaryIndex: [
        {
          name: recentIndex.name,
          hashKey: recentIndex.partitionKey.name,
          rangeKey: recentIndex.sortKey.name,
          projectionType: recentIndex.projection,
        },
      ],
      // The relay sets 35 days, longer than both queues together can keep an event (docs/vendors/aws-relay.md section 4.2).
      ttl: { enabled: true, attributeName: timeToLive },
      // Without the block, the AWS provider would leave an earlier key on the table.
      serverSideEncryption: kmsKey === undefined ? { enabled: false } : { enabled: true, kmsKeyArn: kmsKey },
      pointInTimeRecovery: { enabled: true },
      deletionProtectionEnabled: !removable,
      lifecycle: { preventDestroy: !removable },
    });
  }
}
