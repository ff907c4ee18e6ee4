/** Creates an alarm for each definition. */
import {
  CloudwatchMetricAlarm,
  type CloudwatchMetricAlarmMetricQuery,
} from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { Construct } from "constructs";
import { METRIC_NAMESPACE, metricDimensions } from "../../contract/metrics";
import type { AlarmDefinition, Measure } from "./alarm-definitions";
import type { AlarmTopics } from "./alarm-topics";
import type { AwsNames } from "./aws-names";

/** Settings of {@link RelayAlarms}. */
export interface RelayAlarmsProps {
  /** Names of the alarms, and the environment whose metrics they read. */
  readonly aws: AwsNames;
  /** Where alarms go: the topics of their severities, or the ARN of one topic for all. */
  readonly topic: AlarmTopics | string;
  /** The alarms' metrics, thresholds and severities. */
  readonly definitions: readonly AlarmDefinition[];
}

const COMPARISON = {
  "at least": "GreaterThanOrEqualToThreshold",
  "more than": "GreaterThanThreshold",
  "less than": "LessThanThreshold",
} as const;

/** One CloudWatch alarm for each definition. It also reports when the alarm ends. */
export class RelayAlarms extends Construct {
  constructor(scope: Construct, id: string, props: RelayAlarmsProps) {
    super(scope, id);
    const { aws, topic } = props;
    for (const definition of props.definitions) {
      const action = typeof topic === "string" ? topic : topic.arn(definition.severity);
      new CloudwatchMetricAlarm(this, definition.id, {
        alarmName: aws.name(`${definition.severity}-${definition.id.replaceAll("_", "-")}`),
        alarmDescription: definition.description,
        comparisonOperator: COMPARISON[definition.when],
        threshold: definition.threshold,
        evaluationPeriods: definition.periods ?? 1,
        treatMissingData: definition.missing === "alarm" ? "breaching" : "notBreaching",
        metricQuery: queries(definition, aws.environment),
        alarmActions: [action],
        okActions: [action],
      });
    }
  }
}

function queries(definition: AlarmDefinition, environment: string): CloudwatchMetricAlarmMetricQuery[] {
  const { expression, measures, period = 300 } = definition;
  const metrics = Object.entries(measures).map(
    ([id, measure]): CloudwatchMetricAlarmMetricQuery => ({
      id,
      returnData: expression === undefined,
      metric: {
        namespace: measure.namespace ?? METRIC_NAMESPACE,
        metricName: measure.metric,
        dimensions: { ...dimensionsOf(measure, environment) },
        period,
        stat: measure.statistic,
      },
    }),
  );
  return expression === undefined
    ? metrics
    : [...metrics, { id: "result", label: definition.id.replaceAll("_", " "), expression, returnData: true }];
}

/** The relay's own metrics always have the environment as a dimension. AWS's own do not. */
function dimensionsOf(measure: Measure, environment: string): Readonly<Record<string, string>> {
  if (measure.namespace !== undefined) return measure.dimensions ?? {};
  return { ...metricDimensions(environment), ...measure.dimensions };
}
