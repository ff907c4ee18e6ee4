/** Reads the functions' logs and metrics, one JSON object per line. */
import * as z from "zod";

const LogLine = z.looseObject({ level: z.string(), event: z.string(), environment: z.string(), function: z.string() });
export type LogLine = z.infer<typeof LogLine>;

const MetricLine = z.looseObject({
  _aws: z.object({
    CloudWatchMetrics: z
      .array(
        z.object({
          Namespace: z.string(),
          Dimensions: z.array(z.array(z.string())),
          Metrics: z.array(z.object({ Name: z.string(), Unit: z.string() })),
        }),
      )
      .length(1),
  }),
});

export interface Metric {
  readonly name: string;
  readonly unit: string;
  readonly namespace: string;
  /** Sets of dimension names. */
  readonly dimensions: readonly (readonly string[])[];
  readonly values: readonly number[];
  /** All fields of the line. */
  readonly line: Readonly<Record<string, unknown>>;
}

export function logsOf(output: string): readonly LogLine[] {
  return objectsOf(output).flatMap((object) => LogLine.safeParse(object).data ?? []);
}

export function metricsOf(output: string): readonly Metric[] {
  return objectsOf(output).flatMap((object) => {
    const line = MetricLine.safeParse(object).data;
    const group = line?._aws.CloudWatchMetrics[0];
    if (line === undefined || group === undefined) return [];
    return group.Metrics.map(({ Name, Unit }) => ({
      ...{ name: Name, unit: Unit, namespace: group.Namespace, dimensions: group.Dimensions, line },
      values: z.array(z.number()).parse([line[Name]].flat()),
    }));
  });
}

/** Sum of a metric's values over the lines with these labels. */
export function total(output: string, name: string, labels: Readonly<Record<string, string>> = {}): number {
  return metricsOf(output)
    .filter(
      (metric) => metric.name === name && Object.entries(labels).every(([key, value]) => metric.line[key] === value),
    )
    .flatMap(({ values }) => values)
    .reduce((sum, value) => sum + value, 0);
}

function objectsOf(output: string): readonly unknown[] {
  return output.split("\n").flatMap((line) => {
    try {
      return [JSON.parse(line)];
    } catch {
      return [];
    }
  });
}
