/** Counts in memory and renders Prometheus' text format 0.0.4. */
import { METRICS, type MetricName } from "../../contract/metrics";
import type { Metrics } from "../ports";

/** Updated for each delivery, so labels are formatted only when the text is requested. */
interface Series {
  readonly labels: Readonly<Record<string, string>>;
  value: number;
}

export class PrometheusMetrics implements Metrics {
  private readonly counts = new Map<MetricName, Map<string, Series>>();
  private readonly sums = new Map<MetricName, { sum: number; count: number }>();

  count(name: MetricName, labels: Readonly<Record<string, string>> = {}): void {
    let all = this.counts.get(name);
    if (all === undefined) {
      all = new Map();
      this.counts.set(name, all);
    }
    let key = "";
    for (const label in labels) key += `${label}\0${labels[label]}\0`;
    const series = all.get(key);
    if (series === undefined) all.set(key, { labels, value: 1 });
    else series.value += 1;
  }

  observe(name: MetricName, seconds: number): void {
    const { sum, count } = this.sums.get(name) ?? { sum: 0, count: 0 };
    this.sums.set(name, { sum: sum + seconds, count: count + 1 });
  }

  /** How often something was counted, over all labels. */
  total(name: MetricName): number {
    return [...(this.counts.get(name)?.values() ?? [])].reduce((sum, { value }) => sum + value, 0);
  }

  /** @param gauges values by their full names, read at each request */
  render(gauges: Readonly<Record<string, { readonly help: string; readonly value: number }>> = {}): string {
    const lines: string[] = [];
    for (const [name, series] of this.counts) {
      const full = `relay_${snakeCase(name)}_total`;
      lines.push(`# HELP ${full} ${METRICS[name]}`, `# TYPE ${full} counter`);
      for (const { labels, value } of series.values()) lines.push(`${full}${renderLabels(labels)} ${value}`);
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
