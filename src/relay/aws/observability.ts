/**
 * Logs and metrics on AWS, by the names of `log.ts` and `metrics.ts`: JSON lines that CloudWatch reads, metrics in its
 * embedded format, so that no function needs a permission to publish them (docs/vendors/aws-relay.md section 11).
 */
import { Logger } from "@aws-lambda-powertools/logger";
import { Metrics as EmfMetrics, MetricUnit } from "@aws-lambda-powertools/metrics";
import { METRIC_NAMESPACE, METRIC_SERVICE, METRICS, type MetricName } from "../../contract/metrics";
import type { Log, Metrics } from "../ports";
import type { InvocationContext } from "./time-left";

export interface Observability {
  readonly metrics: Metrics;
  readonly log: Log;
  /** Names the invocation in what is logged from here on. */
  begin(context: Pick<InvocationContext, "awsRequestId">): void;
  /** Writes the metrics down; Lambda may stop the process after each invocation. */
  flush(): void;
}

/** @param environment the environment's name; undefined while the configuration cannot be read */
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
      // With nothing to publish, Powertools would write a warning into the log of each such invocation.
      if (emf.hasStoredMetrics()) emf.publishStoredMetrics();
    },
  };
}

class CloudWatchMetrics implements Metrics {
  constructor(private readonly emf: EmfMetrics) {}

  /** A labelled count is published twice over in one line: as the total, and by its label. */
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

/** A name that is not in the list would be a new metric that nobody looks at. */
function checked(name: MetricName): string {
  if (!(name in METRICS)) throw new TypeError(`${name} is not one of the relay's metrics`);
  return name;
}
