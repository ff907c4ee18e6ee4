/** Arguments and output of `relay ci stacks`. */

import { CommandError, EXIT, type Invocation, stringOption, type Terminal } from "../../cli/command";
import { columns } from "../../report/reporters/columns";
import { type Chosen, chooseStacks } from "./gather-stacks";

export async function run(invocation: Invocation, terminal: Terminal): Promise<number> {
  const { positionals, values } = invocation;
  if (values.json === true && values.github === true)
    throw new CommandError("--json and --github contradict each other.");
  const changedSince = stringOption(invocation, "changed-since");
  const planned = stringOption(invocation, "planned");
  const chosen = await chooseStacks(
    {
      names: positionals,
      ...(changedSince === undefined ? {} : { changedSince }),
      ...(planned === undefined ? {} : { planned }),
    },
    terminal,
  );
  for (const { name, retired } of chosen.removed) terminal.err(`warning: ${removedWords(name, retired)}\n`);
  terminal.out(output(chosen, values));
  return EXIT.ok;
}

function output({ rows, removed }: Chosen, values: Invocation["values"]): string {
  const matrix = JSON.stringify({ include: rows });
  if (values.github === true) {
    return [
      `stacks=${matrix}`,
      `any=${rows.length > 0}`,
      `names=${rows.map(({ environment }) => environment).join(" ")}`,
      `removed=${removed.map(({ name }) => name).join(",")}`,
      `unretired=${unretired(removed).join(" ")}`,
      "",
    ].join("\n");
  }
  if (values.json === true) return `${matrix}\n`;
  if (rows.length === 0) return "";
  const lines = columns({
    headings: ["environment", "region", "role that plans", "role that applies"],
    rows: rows.map(({ environment, region, plan_role, apply_role }) => [environment, region, plan_role, apply_role]),
  });
  return `${lines.join("\n")}\n`;
}

function unretired(removed: Chosen["removed"]): readonly string[] {
  return removed.flatMap(({ name, retired }) => (retired ? [] : [name]));
}

function removedWords(name: string, retired: boolean): string {
  const stays = `environment ${name} has no file any more. What it deployed stays, and no plan shows it.`;
  return retired
    ? `${stays} Run \`npx cdktf destroy ${name}\` before this change, if you have not yet.`
    : `${stays} First set \`retired: true\` in its file and apply it, then run \`npx cdktf destroy ${name}\`, then remove or rename the file.`;
}
