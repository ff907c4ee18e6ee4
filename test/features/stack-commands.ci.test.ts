/** The commands on a synthesized stack, from arguments to output. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { z } from "zod";
import type { EnvironmentInput } from "../../src/environment";
import { relayCost } from "../../src/features/cost/relay-cost";
import { mermaid } from "../../src/features/diagram/mermaid";
import { pictureOf } from "../../src/features/diagram/picture";
import { environment, integration, json, samples } from "../deploy/stacks/samples";
import { runRelay } from "../support/relay";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "environments-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Without Terraform, because nothing is planned. */
const WITHOUT = { PATH: "/nowhere", RELAY_NO_DOWNLOAD: "1", XDG_CACHE_HOME: "/nowhere" };
const relay = (...args: readonly string[]) => runRelay(args, WITHOUT);

/** Runs with one environment file, a changed sample. */
function changed(change: Partial<EnvironmentInput>, ...args: readonly string[]) {
  writeFileSync(join(folder, "staging.ts"), `export default ${JSON.stringify({ ...samples.staging, ...change })};\n`);
  return runRelay(args, { ...WITHOUT, RELAY_ENVIRONMENTS: folder });
}

const production = () => json(integration(environment("production")));

describe("relay cost", () => {
  const Report = z.strictObject({
    environment: z.literal("production"),
    region: z.literal("us-east-1"),
    conversationsPerDay: z.number(),
    prices: z.strictObject({
      date: z.iso.date(),
      region: z.string(),
      list: z.record(z.string(), z.strictObject({ dollars: z.number(), per: z.string(), source: z.url() })),
    }),
    total: z.number(),
    parts: z.array(z.strictObject({ part: z.string(), dollars: z.number(), how: z.string() })),
  });

  it("prints each cost with its calculation, the sum, and the age of the prices", async () => {
    const { code, out, err } = await relay("cost", "production");
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(out).toMatch(/^production, 20,000 closed conversations a day, dollars per month\n/);
    const expected = relayCost(production(), 20_000);
    for (const { part, dollars, how } of expected) {
      expect(out.split("\n")).toContainEqual(
        expect.stringMatching(new RegExp(`^  ${part} +${dollars.toFixed(2)}  ${how.replace(/[.$]/g, "\\$&")}$`)),
      );
    }
    const total = expected.reduce((sum, { dollars }) => sum + dollars, 0);
    expect(out).toMatch(new RegExp(`total +${total.toFixed(2)}\n`));
    expect(out).toMatch(/List prices of us-east-1, \d{4}-\d{2}-\d{2}\.\n$/);
  });

  it("accepts another volume, and prints JSON whose parts add up", async () => {
    const { code, out } = await relay("cost", "production", "--per-day", "100000", "--json");
    expect(code).toBe(0);
    const { total, parts, conversationsPerDay } = Report.parse(JSON.parse(out));
    expect(conversationsPerDay).toBe(100_000);
    expect(parts.map(({ part }) => part)).toEqual(relayCost(production(), 100_000).map(({ part }) => part));
    expect(total).toBeCloseTo(
      parts.reduce((sum, { dollars }) => sum + dollars, 0),
      1,
    );
  });

  it("says that prices of another Region differ", async () => {
    const { out } = await changed({ relay: { ...samples.staging.relay, region: "eu-west-1" } }, "cost", "staging");
    expect(out).toContain("This environment is in eu-west-1");
  });

  it("says of an environment without a relay that it costs nothing", async () => {
    const { code, out } = await changed({ delivery: "direct" }, "cost", "staging");
    expect({ code, out }).toEqual({ code: 0, out: expect.stringContaining("nothing on AWS") });
  });

  it.each([
    [
      "no number",
      ["production", "--per-day", "many"],
      /--per-day takes a whole number from 1 to 10,000,000, not "many"/,
    ],
    ["half a conversation", ["production", "--per-day", "0.5"], /not "0\.5"/],
    ["an environment on one machine", ["sandbox"], /sandbox is on one machine/],
    ["an unknown environment", ["prodction"], /no environment "prodction"; there are: .*production/],
    ["no environment", [], /Usage: relay cost <environment>/],
  ])("refuses %s in a sentence", async (_, args, message) => {
    const { code, out, err } = await relay("cost", ...args);
    expect({ code, out }).toEqual({ code: 1, out: "" });
    expect(err).toMatch(message);
  });

  it("prints synth's errors about a wrong environment file", async () => {
    const { code, out, err } = await changed({ surveyMode: "production" }, "cost", "staging");
    expect({ code, out }).toEqual({ code: 1, out: "" });
    expect(err).toMatch(/manualSteps\.integratedChannel/);
    expect(err).not.toMatch(/^ +at /m);
  });
});

describe("relay diagram", () => {
  const picture = () => pictureOf("production", production());

  it.each<[format: string, args: readonly string[], expected: () => string]>([
    ["Mermaid by itself", [], () => mermaid(picture())],
    ["SVG", ["--format", "svg"], () => readFileSync(resolve(__dirname, "../../docs/aws.svg"), "utf8")],
    ["JSON", ["--format", "json"], () => `${JSON.stringify(picture(), undefined, 2)}\n`],
  ])("draws what an environment would deploy as %s", async (_, args, expected) => {
    const { code, out, err } = await relay("diagram", "production", ...args);
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(out).toBe(expected());
  });

  it.each([
    [
      "a format that it does not know",
      ["production", "--format", "png"],
      /takes one of: mermaid, svg, json. "png" is none of them/,
    ],
    ["a format that every object has", ["production", "--format", "toString"], /"toString" is none of them/],
    ["an environment on one machine", ["sandbox"], /nothing on AWS to draw/],
  ])("refuses %s in a sentence", async (_, args, message) => {
    const { code, out, err } = await relay("diagram", ...args);
    expect({ code, out }).toEqual({ code: 1, out: "" });
    expect(err).toMatch(message);
  });
});
