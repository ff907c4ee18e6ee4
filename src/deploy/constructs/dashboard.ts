/** A dashboard that shows, from top to bottom: are surveys sent, does anything wait, does a part fail. */
import { CloudwatchDashboard } from "@cdktf/provider-aws/lib/cloudwatch-dashboard";
import { Construct } from "constructs";
import { METRIC_NAMESPACE, type MetricName, metricDimensions } from "../../contract/metrics";
import type { AlarmTargets } from "./alarm-definitions";
import type { AwsNames } from "./aws-names";

/** Settings of {@link Dashboard}. */
export interface DashboardProps {
  /** Names the dashboard, and the Region its graphs read. */
  readonly aws: AwsNames;
  /** Ids and names of the resources that the graphs show. */
  readonly targets: AlarmTargets;
}

type Line = readonly [namespace: string, metric: string, ...dimensions: string[]];

/** A CloudWatch dashboard of the environment, named `relay-<environment>-overview`. */
export class Dashboard extends Construct {
  constructor(scope: Construct, id: string, props: DashboardProps) {
    super(scope, id);
    const { aws, targets } = props;
    const own = (metric: MetricName): Line => [
      METRIC_NAMESPACE,
      metric,
      ...Object.entries(metricDimensions(aws.environment)).flat(),
    ];
    const lambda = (metric: string): readonly Line[] =>
      Object.values(targets.functions).map((name) => ["AWS/Lambda", metric, "FunctionName", name]);
    const queue = (name: string): Line => ["AWS/SQS", "ApproximateNumberOfMessagesVisible", "QueueName", name];
    const { region } = aws;
    const widgets = [
      graph("What became of closed conversations", "Sum", [
        own("Sent"),
        own("Recorded"),
        own("Skipped"),
        own("Parked"),
      ]),
      graph("Deliveries", "Sum", [
        own("Accepted"),
        own("AuthFailed"),
        own("Unavailable"),
        own("Duplicate"),
        own("Enqueued"),
      ]),
      graph("Seconds until Stella answered", "p99", [own("AcceptToSentSeconds")]),
      graph("Seconds that events have waited", "Maximum", [own("PendingAge")]),
      graph("Attempts that failed", "Sum", [
        own("Retried"),
        own("BreakerOpened"),
        own("GuardTripped"),
        own("Ambiguous"),
      ]),
      graph("Events waiting, and parked", "Maximum", [queue(targets.queues.main), queue(targets.queues.parked)]),
      graph("Errors of functions", "Sum", [...lambda("Errors"), ...lambda("Throttles")]),
      graph("Milliseconds of functions", "p99", lambda("Duration")),
    ].map((properties, index) => ({
      type: "metric",
      x: (index % 2) * 12,
      y: Math.floor(index / 2) * 6,
      width: 12,
      height: 6,
      properties: { ...properties, region, view: "timeSeries", period: 300 },
    }));
    new CloudwatchDashboard(this, "Resource", {
      dashboardName: aws.name("overview"),
      dashboardBody: JSON.stringify({ widgets }),
    });
  }
}

function graph(title: string, stat: string, metrics: readonly Line[]) {
  return { title, stat, metrics };
}
