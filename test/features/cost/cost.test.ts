import { relayCost } from "../../../src/features/cost/relay-cost";
import { environment, integration, json } from "../../deploy/stacks/samples";

const production = json(integration(environment("production")));
/** As the facts have it: one delivery a close. */
const forward = json(integration(environment("production", { delivery: "forward" })));
const cost = (perDay: number, stack: unknown = production) =>
  Object.fromEntries(relayCost(stack, perDay).map(({ part, dollars }) => [part, Math.round(dollars * 100) / 100]));

describe("the cost of a relay", () => {
  it.each([
    [100_000, { ingest: 0.9, SQS: 2.42, worker: 5.84 }],
    [10_000_000, { ingest: 90, worker: 266 }],
  ])("at %d closes a day is what the facts have worked out", (perDay, parts) => {
    expect(cost(perDay, forward)).toMatchObject(parts);
  });

  it("counts the beginnings of contacts where the webhook asks for them: more deliveries, little more work", () => {
    const [enriched, forwarded] = [cost(1_000_000), cost(1_000_000, forward)];
    expect((enriched.ingest ?? 0) / (forwarded.ingest ?? 1)).toBeCloseTo(2, 1);
    const more = (enriched.worker ?? 0) / (forwarded.worker ?? 1);
    expect(more).toBeGreaterThan(1);
    expect(more).toBeLessThan(1.2);
  });

  it("follows the settings of the stack: memory, alarms, secrets", () => {
    const text = JSON.stringify(production);
    const usual = cost(100_000);
    const bigger = cost(100_000, JSON.parse(text.replaceAll('"memory_size":512', '"memory_size":1024')));
    expect(bigger.worker).toBeGreaterThan((usual.worker ?? 0) * 1.8);

    const { relay_alarm_parked: _alarm, ...alarms } = production.resource.aws_cloudwatch_metric_alarm ?? {};
    const fewer = { ...production, resource: { ...production.resource, aws_cloudwatch_metric_alarm: alarms } };
    expect(cost(1000, fewer)["metrics, alarms, dashboard"]).toBeCloseTo(
      (cost(1000)["metrics, alarms, dashboard"] ?? 0) - 0.1,
    );

    const { relay_secret_probe: _secret, ...secrets } = production.resource.aws_secretsmanager_secret ?? {};
    const less = { ...production, resource: { ...production.resource, aws_secretsmanager_secret: secrets } };
    expect(cost(1000, less).secrets).toBeCloseTo((cost(1000).secrets ?? 0) * (5 / 6), 1);
  });

  it("counts every line of the logs, and gives no discount that no setting makes", () => {
    const logs = (closes: number) => cost(closes, forward).logs ?? 0;
    // Access log, Lambda's lines and metrics are most of it: 2.4 KB a delivery at 0.50 dollars a GB.
    expect(logs(2_000_000) - logs(1_000_000)).toBeCloseTo((1_000_000 * 30 * 2.4 * 0.5) / 1_000_000, 1);
    expect(logs(10_000_000) - logs(9_000_000)).toBeCloseTo(logs(2_000_000) - logs(1_000_000), 1);
  });

  it("is nothing where Gladly delivers to Stella itself", () => {
    expect(relayCost(json(integration(environment("staging", { delivery: "direct" }))), 1000)).toEqual([]);
  });
});
