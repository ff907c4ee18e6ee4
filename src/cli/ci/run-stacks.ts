/** Arguments and output of `relay ci stacks`. */
import { columns } from "../../review/reporters/columns";
import { CommandError, EXIT, type Invocation, stringOption, type Terminal } from "../command";
import { type StackRow, stackRows } from "./stacks";

export async function run(invocation: Invocation, terminal: Terminal): Promise<number> {
  const { positionals, values } = invocation;
  if (values.json === true && values.github === true)
    throw new CommandError("--json and --github contradict each other.");
  const changedSince = stringOption(invocation, "changed-since");
  const planned = stringOption(invocation, "planned");
  const rows = await stackRows(
    {
      names: positionals,
      ...(changedSince === undefined ? {} : { changedSince }),
      ...(planned === undefined ? {} : { planned }),
    },
    terminal,
  );
  terminal.out(output(rows, values));
  return EXIT.ok;
}

function output(rows: readonly StackRow[], values: Invocation["values"]): string {
  const matrix = JSON.stringify({ include: rows });
  if (values.github === true) return `stacks=${matrix}\nany=${rows.length > 0}\n`;
  if (values.json === true) return `${matrix}\n`;
  if (rows.length === 0) return "";
  const lines = columns({
    headings: ["environment", "region", "role that plans", "role that applies"],
    rows: rows.map(({ environment, region, plan_role, apply_role }) => [environment, region, plan_role, apply_role]),
  });
  return `${lines.join("\n")}\n`;
}
