/** Warns if the month will cost more than planned. */
import { BudgetsBudget } from "@cdktf/provider-aws/lib/budgets-budget";
import { Construct } from "constructs";
import type { AwsNames } from "./aws-names";

/** Settings of {@link Budget}. */
export interface BudgetProps {
  /**
   * Names the budget. Its cost filter is the tag `relay:environment`, which counts once you activate it as a cost
   * allocation tag.
   */
  readonly aws: AwsNames;
  /** Dollars per month. */
  readonly monthly: number;
  /** Gets the warnings. */
  readonly email: string;
}

/**
 * An AWS budget for the environment's month, which warns by e-mail when the forecast passes 80 % and when the cost
 * passes 100 %. It stops nothing.
 */
export class Budget extends Construct {
  constructor(scope: Construct, id: string, props: BudgetProps) {
    super(scope, id);
    const notify = (notificationType: "FORECASTED" | "ACTUAL", threshold: number) => ({
      notificationType,
      threshold,
      thresholdType: "PERCENTAGE",
      comparisonOperator: "GREATER_THAN",
      subscriberEmailAddresses: [props.email],
    });
    new BudgetsBudget(this, "Resource", {
      name: props.aws.name("monthly"),
      budgetType: "COST",
      timeUnit: "MONTHLY",
      limitAmount: props.monthly.toFixed(1),
      limitUnit: "USD",
      // Every resource has this tag (default_tags). It counts once you activate it as a cost allocation tag.
      costFilter: [{ name: "TagKeyValue", values: [`user:relay:environment$${props.aws.environment}`] }],
      notification: [notify("FORECASTED", 80), notify("ACTUAL", 100)],
    });
  }
}
