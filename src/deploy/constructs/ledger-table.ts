/** The record of every event and what became of it: what keeps a customer from being asked twice. */
import { DynamodbTable } from "@cdktf/provider-aws/lib/dynamodb-table";
import { Construct } from "constructs";
import type { Place } from "./place";

export interface LedgerTableProps {
  readonly place: Place;
}

const RECENT = "recent";

export class LedgerTable extends Construct {
  readonly table: DynamodbTable;

  /** Known before anything is made. */
  static tableName(place: Place): string {
    return place.name("ledger");
  }

  constructor(scope: Construct, id: string, props: LedgerTableProps) {
    super(scope, id);
    this.table = new DynamodbTable(this, "Resource", {
      name: LedgerTable.tableName(props.place),
      billingMode: "PAY_PER_REQUEST",
      hashKey: "pk",
      attribute: [
        { name: "pk", type: "S" },
        { name: "day", type: "S" },
        { name: "changedAt", type: "N" },
      ],
      // What was finished last, for `relay explain`: no function reads it, so a scan of the table is never needed.
      globalSecondaryIndex: [{ name: RECENT, hashKey: "day", rangeKey: "changedAt", projectionType: "KEYS_ONLY" }],
      // The relay writes 35 days: longer than both queues together can keep an event (docs/vendors/aws-relay.md section 4.2).
      ttl: { enabled: true, attributeName: "expiresAt" },
      pointInTimeRecovery: { enabled: true },
      deletionProtectionEnabled: true,
      lifecycle: { preventDestroy: true },
    });
  }
}
