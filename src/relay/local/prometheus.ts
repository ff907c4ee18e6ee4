/** Counts in memory and writes them down in Prometheus' text format 0.0.4. */
import { METRICS, type MetricName } from "../../contract/metrics";
import type { Metrics } from "../ports";

export class PrometheusMetrics implements Metrics {
  private readonly counts = new Map<MetricName, Map<string, number>>();
  private readonly sums = new Map<MetricName, { sum: number; count: number }>();

  count(name: MetricName, labels: Readonly<Record<string, string>> = {}): void {
    const series = this.counts.get(name) ?? new Map<string, number>();
    this.counts.set(name, series);
    const key = renderLabels(labels);
    series.set(key, (series.get(key) ?? 0) + 1);
  }

  observe(name: MetricName, seconds: number): void {
    const { sum, count } = this.sums.get(name) ?? { sum: 0, count: 0 };
    this.sums.set(name, { sum: sum + seconds, count: count + 1 });
  }

  /** How often something was counted, over all labels. */
  total(name: MetricName): number {
    return [...(this.counts.get(name)?.values() ?? [])].reduce((sum, count) => sum + count, 0);
  }

  /** @param gauges values that are read when asked, by their full names */
  render(gauges: Readonly<Record<string, { readonly help: string; readonly value: number }>> = {}): string {
    const lines: string[] = [];
    for (const [name, series] of this.counts) {
      const full = `relay_${snakeCase(name)}_total`;
      lines.push(`# HELP ${full} ${METRICS[name]}`, `# TYPE ${full} counter`);
      for (const [labels, value] of series) lines.push(`${full}${labels} ${value}`);
    }
    for (const [name, { sum, count }] of this.sums) {
      const full = `relay_${snakeCase(name)}`;
      lines.push(`# HELP ${full} ${METRICS[name]}`, `# TYPE ${full} summary`);
      lines.push(`${full}_sum ${sum}`, `${full}_count ${count}`);
    }
    for (const [name, gauge] of Object.entries(gauges)) {
      lines.push(`# HELP ${name} ${gauge.help}`, `# TYPE ${name} gauge`, `${name} ${gauge.value}`);
    }
    return `${lines.join("\n")}\n`;
  }
}

function snakeCase(name: string): string {
  return name.replace(/(?<=[a-z])[A-Z]/g, (letter) => `_${letter}`).toLowerCase();
}

function renderLabels(labels: Readonly<Record<string, string>>): string {
  const entries = Object.entries(labels);
  if (entries.length === 0) return "";
  const escaped = (value: string) => value.replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("\n", "\\n");
  return `{${entries.map(([name, value]) => `${name}="${escaped(value)}"`).join(",")}}`;
}
