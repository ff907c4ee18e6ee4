/** `relay cost`: estimates the monthly cost of an environment on AWS. */

import { type Command, EXIT, wholeNumberOption } from "../../cli/command";
import { withProgress } from "../../cli/progress";
import { tableText } from "../../cli/table";
import { jsonText } from "../../contract/json";
import { findAwsEnvironment } from "../shared/open-relay";
import { synthesized } from "../shared/synthesized";
import { PRICED, PRICES } from "./prices";
import { relayCost } from "./relay-cost";

export const command: Command = {
  summary: "estimates the monthly cost of an environment on AWS",
  usage: "<environment> [--per-day <conversations>] [--json]",
  help: `
Estimates what an environment costs on AWS each month. It counts what the environment would deploy: memory, batches,
alarms, secrets, the KMS key, X-Ray. Uses list prices of ${PRICED.region} from ${PRICED.date} without the free tier. AWS's bill can differ.

Options
  --per-day <n>  Closed conversations a day. [conversationsPerDay of the environment]
  --json         One JSON object, for scripts. It lists each price with AWS's page that has it.

Examples
  relay cost production
  relay cost production --per-day 100000
`,
  options: { "per-day": { type: "string" }, json: { type: "boolean" } },
  positionals: { min: 1, max: 1 },
  async run(invocation, terminal) {
    const name = invocation.positionals[0] ?? "";
    const environment = findAwsEnvironment(name, terminal, " and costs nothing on AWS.");
    const perDay = wholeNumberOption(invocation, "per-day", 10_000_000) ?? environment.relay.conversationsPerDay;
    const lines = relayCost(
      await withProgress(terminal, `synthesizing ${name}`, () => synthesized(name, terminal.env)),
      perDay,
    );
    const total = lines.reduce((sum, { dollars }) => sum + dollars, 0);
    const { date, region } = PRICED;
    if (lines.length === 0 && !invocation.values.json) {
      terminal.out(`${name} costs nothing on AWS: Gladly delivers to Stella Connect directly.\n`);
      return EXIT.ok;
    }
    if (invocation.values.json) {
      const report = {
        environment: name,
        region: environment.relay.region,
        conversationsPerDay: perDay,
        prices: { date, region, list: PRICES },
        total: cents(total),
      };
      const parts = lines.map((line) => ({ ...line, dollars: cents(line.dollars) }));
      terminal.out(jsonText({ ...report, parts }));
      return EXIT.ok;
    }
    const heading = `${name}, ${perDay.toLocaleString("en-US")} closed conversations a day, dollars per month`;
    const rows = [
      ...lines.map(({ part, dollars, how }) => [part, dollars.toFixed(2), how]),
      ["total", total.toFixed(2), ""],
    ];
    const table = tableText({ headings: ["part", "dollars", "how"], rows, numbers: [1] }, terminal);
    terminal.out(`${heading}\n\n${table}\nList prices of ${region}, ${date}.${elsewhere(environment.relay.region)}\n`);
    return EXIT.ok;
  },
};

/** Only one Region's prices are known. Others are similar. */
function elsewhere(region: string): string {
  return region === PRICED.region ? "" : ` This environment is in ${region}, where they may differ by up to a quarter.`;
}

function cents(dollars: number): number {
  return Math.round(dollars * 100) / 100;
}
