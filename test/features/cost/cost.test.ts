/** Compares prices, figures and sums of `relay cost` with the fact sheet. measured.slow.test.ts measures the figures. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { PRICES } from "../../../src/features/cost/prices";
import { relayCost } from "../../../src/features/cost/relay-cost";
import { type Figure, USAGE } from "../../../src/features/cost/usage";
import { environment, integration, json, samples } from "../../deploy/stacks/samples";

const production = json(integration(environment("production")));
/** As in the fact sheet: one delivery per close. */
const forward = json(integration(environment("production", { delivery: "forward" })));
const cost = (perDay: number, stack: unknown = production) =>
  Object.fromEntries(relayCost(stack, perDay).map(({ part, dollars }) => [part, Math.round(dollars * 100) / 100]));

const section = readFileSync(join(__dirname, "../../../docs/vendors/aws-relay.md"), "utf8")
  .split(/^## /m)
  .find((text) => text.startsWith("12. "));
/** The cells of each row of the section's tables. */
const rows = (section ?? "")
  .split("\n")
  .filter((line) => line.startsWith("|"))
  .map((line) =>
    line
      .slice(1, -1)
      .split("|")
      .map((cell) => cell.trim()),
  );

describe("the numbers of the bill", () => {
  it("have prices with a link to AWS's page, equal to the fact sheet", () => {
    const facts = rows.flatMap(([name = "", dollars, per, source]) =>
      /^`\w+`$/.test(name) ? [[name.slice(1, -1), { dollars: Number(dollars), per, source }] as const] : [],
    );
    expect(Object.fromEntries(facts)).toEqual(PRICES);
    for (const { source } of Object.values(PRICES))
      expect(source).toMatch(/^https:\/\/aws\.amazon\.com\/[\w-]+\/pricing\/$/);
  });

  it("have figures that are measured or have a source", () => {
    const measuring = readFileSync(join(__dirname, "measured.slow.test.ts"), "utf8");
    const figures: readonly (readonly [string, Figure])[] = Object.entries(USAGE);
    for (const [name, { source }] of figures) {
      if (source === "measured") expect(measuring).toContain(`USAGE.${name}`);
      else expect(source).toMatch(/^(https:\/\/docs\.aws\.amazon\.com\/|assumed: .{20})/);
    }
  });

  it.each([
    [1, 1000],
    [2, 100_000],
    [3, 10_000_000],
  ])("add up to column %d of the fact sheet's table at %d closes a day", (column, perDay) => {
    const facts = new Map(rows.map((cells) => [cells[0], Number(cells[column]?.replaceAll(",", ""))]));
    const bill = cost(perDay, forward);
    for (const [part, dollars] of Object.entries(bill)) expect([part, facts.get(part)]).toEqual([part, dollars]);
    const total = relayCost(forward, perDay).reduce((sum, { dollars }) => sum + dollars, 0);
    expect(facts.get("**total**")).toBeCloseTo(total, 2);
    expect(facts.get("a million closes")).toBeCloseTo((total / (perDay * 30)) * 1e6, 2);
  });
});

describe("the cost of a relay", () => {
  it("counts started contacts if the webhook subscribes to them: more deliveries, little more work", () => {
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
    expect(cost(1000, less).secrets).toBeCloseTo((cost(1000).secrets ?? 0) - PRICES.secret.dollars);
  });

  it("counts every log line, and applies no discount without a setting", () => {
    const logs = (closes: number) => cost(closes, forward).logs ?? 0;
    // With full batches each additional million a day costs the same.
    expect(logs(10_000_000) - logs(9_000_000)).toBeCloseTo(logs(2_000_000) - logs(1_000_000), 1);
    const { ingestLogBytes, accessLogBytes, closeLogBytes, invocationLogBytes } = USAGE;
    const bytes =
      ingestLogBytes.value + accessLogBytes.value + closeLogBytes.value + invocationLogBytes.value * (1 + 1 / 10);
    expect(logs(2_000_000) - logs(1_000_000)).toBeCloseTo((30_000_000 * bytes * 0.5) / 1e9, 1);
  });

  const withRelay = (change: object) =>
    json(integration(environment("production", { relay: { ...samples.production.relay, ...change } })));
  const KEY = "arn:aws:kms:us-east-1:444455556666:key/0a1b2c3d-0000-0000-0000-000000000000";

  it("counts the requests to a KMS key, and the key if the foundation creates it", () => {
    expect(cost(1000)).not.toHaveProperty("KMS");
    const [own, made] = [withRelay({ kmsKey: KEY }), withRelay({ kmsKey: "foundation" })];
    // Every five minutes: five reads of secrets, two senders twice and one receiver of the queue, two roles at the table, one run.
    const requests = 8640 * (5 + (2 * 2 + 1) + 2 + 1);
    expect(relayCost(own, 100_000).find(({ part }) => part === "KMS")?.dollars).toBeCloseTo((requests * 0.03) / 10_000);
    expect((cost(100_000, made).KMS ?? 0) - (cost(100_000, own).KMS ?? 0)).toBeCloseTo(1);
    // A shorter reuse period of the queue's data key causes more requests.
    const shorter = JSON.parse(
      JSON.stringify(own).replaceAll('_reuse_period_seconds":300', '_reuse_period_seconds":60'),
    );
    expect(relayCost(shorter, 100_000).find(({ part }) => part === "KMS")?.dollars).toBeCloseTo(
      ((requests + 4 * 8640 * 5) * 0.03) / 10_000,
    );
  });

  it("counts X-Ray's traces: all for a quiet relay, a share for a busy one", () => {
    expect(cost(1000)).not.toHaveProperty("X-Ray");
    const traced = withRelay({ tracing: true });
    // A contact and a close: each one invocation of ingest and worker. Each run of the watchdog goes through all three.
    expect(relayCost(traced, 1000).find(({ part }) => part === "X-Ray")?.dollars).toBeCloseTo(
      (4 * 30_000 + 3 * 8640) * 5e-6,
    );
    const more = (cost(10_000_000, traced)["X-Ray"] ?? 0) - (cost(9_000_000, traced)["X-Ray"] ?? 0);
    expect(more).toBeCloseTo(30_000_000 * (2 + 2 / 10) * 0.05 * 5e-6, 1);
  });

  it("is zero if Gladly delivers to Stella itself", () => {
    expect(relayCost(json(integration(environment("staging", { delivery: "direct" }))), 1000)).toEqual([]);
  });
});
