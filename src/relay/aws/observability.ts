/**
 * Logs and metrics on AWS: JSON lines for CloudWatch Logs, and metrics in CloudWatch's embedded metric format, which
 * needs no permission to publish them (docs/vendors/aws-relay.md section 11).
 */
import { Logger } from "@aws-lambda-powertools/logger";
import { Metrics as EmfMetrics, MetricUnit } from "@aws-lambda-powertools/metrics";
import { METRIC_NAMESPACE, METRIC_SERVICE, METRICS, type MetricName } from "../../contract/metrics";
import type { Log, Metrics } from "../ports";
import type { InvocationContext } from "./time-left";

export interface Observability {
  readonly metrics: Metrics;
  readonly log: Log;
  /** Adds the id of the invocation to all later log lines. */
  begin(context: Pick<InvocationContext, "awsRequestId">): void;
  /** Writes the metrics. Required in each invocation, because Lambda may stop the process after it. */
  flush(): void;
}

/** @param environment the environment's name; undefined when the configuration is unusable */
export function observe(functionName: string, environment: string | undefined): Observability {
  const logger = new Logger({
    serviceName: METRIC_SERVICE,
    persistentKeys: { function: functionName, environment: environment ?? "unknown" },
  });
  const emf = new EmfMetrics({
    namespace: METRIC_NAMESPACE,
    serviceName: METRIC_SERVICE,
    defaultDimensions: { environment: environment ?? "unknown" },
  });
  return {
    metrics: new CloudWatchMetrics(emf),
    log: (level, event, fields = {}) => logger[level](event, { event, ...fields }),
    begin: ({ awsRequestId }) => logger.appendKeys({ request: awsRequestId }),
    flush: () => {
      // Without metrics to publish, Powertools would log a warning.
      if (emf.hasStoredMetrics()) emf.publishStoredMetrics();
    },
  };
}

class CloudWatchMetrics implements Metrics {
  constructor(private readonly emf: EmfMetrics) {}

  /** A count with labels is published as the total and by its labels, in one log line. */
  count(name: MetricName, labels?: Readonly<Record<string, string>>): void {
    if (labels === undefined) {
      this.emf.addMetric(checked(name), MetricUnit.Count, 1);
      return;
    }
    const single = this.emf.singleMetric();
    single.addDimensions({});
    single.addDimensions({ ...labels });
    single.addMetric(checked(name), MetricUnit.Count, 1);
  }

  observe(name: MetricName, seconds: number): void {
    this.emf.addMetric(checked(name), MetricUnit.Seconds, seconds);
  }
}

/** @throws TypeError for a name outside the list, which would create a metric that no alarm or dashboard uses */
function checked(name: MetricName): string {
  if (!(name in METRICS)) throw new TypeError(`${name} is not one of the relay's metrics`);
  return name;
}
