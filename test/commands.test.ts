/** Rules for every command. */
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { commandNames, findCommand } from "../src/cli/command";
import { commandHelp, overview } from "../src/cli/help";
import { GROUPS } from "../src/commands";
import { runRelay } from "./support/relay";

const README = readFileSync(resolve(__dirname, "../README.md"), "utf8");

async function helpOf(name: string): Promise<string> {
  const { code, out, err } = await runRelay([name, "--help"]);
  expect({ code, err }).toEqual({ code: 0, err: "" });
  return out;
}

/** A part of the help, without its heading. */
function part(help: string, heading: string): readonly string[] {
  const found = help.split("\n\n").find((text) => text.startsWith(`${heading}\n`));
  return found?.trimEnd().split("\n").slice(1) ?? [];
}

describe("the commands", () => {
  it("have one name each, in one group", () => {
    expect(new Set(commandNames(GROUPS)).size).toBe(
      GROUPS.reduce((sum, { commands }) => sum + Object.keys(commands).length, 0),
    );
  });

  it("fit a terminal of 60 columns in their list", () => {
    expect(
      overview(GROUPS, 60)
        .split("\n")
        .filter((line) => line.length > 60),
    ).toEqual([]);
  });

  it("have help without colours, and a one-line summary", () => {
    for (const name of commandNames(GROUPS)) {
      const summary = findCommand(name, GROUPS)?.summary ?? "";
      expect(summary).toMatch(/^\S.{10,99}$/);
      expect(summary).not.toMatch(/\.$/);
    }
  });
});

describe.each(commandNames(GROUPS))("relay %s --help", (name) => {
  it("starts with the usage, and has examples", async () => {
    const help = await helpOf(name);
    expect(help).toMatch(new RegExp(`^Usage: relay ${name}( |\\n)`));
    const examples = part(help, "Examples");
    expect(examples.length).toBeGreaterThan(0);
    expect(examples.join("\n")).toMatch(name === "tour" ? /npm start/ : new RegExp(`relay ${name}( |$)`, "m"));
  });

  it("describes exactly the options that the command accepts", async () => {
    const described = part(await helpOf(name), "Options").flatMap(
      (line) => /^ {2}(?:-\w, )?--([\w-]+)/.exec(line)?.[1] ?? [],
    );
    const taken = Object.keys(findCommand(name, GROUPS)?.options ?? {});
    expect(described.sort()).toEqual([...taken, "help"].sort());
  });

  it("names every option of its usage, with values in angle brackets", async () => {
    const command = findCommand(name, GROUPS);
    for (const [, option = ""] of command?.usage.matchAll(/--([\w-]+)/g) ?? [])
      expect(Object.keys(command?.options ?? {})).toContain(option);
    const help = part(await helpOf(name), "Options").join("\n");
    for (const [option, { type }] of Object.entries(command?.options ?? {})) {
      expect(help).toMatch(new RegExp(`--${option}${type === "string" ? " <[^>]+>" : "(?! <)"}`));
    }
  });

  it("fits a terminal, and has no escape code", async () => {
    const help = await helpOf(name);
    expect(help.split("\n").filter((line) => line.length > 125)).toEqual([]);
    expect(help).not.toContain("\u001b");
  });

  it("fits a terminal of 60 columns", () => {
    const command = findCommand(name, GROUPS);
    const help = command === undefined ? "" : commandHelp(name, command, 60);
    expect(help.split("\n").filter((line) => line.length > 60)).toEqual([]);
  });

  it("is in the README's tables of commands", () => {
    const rows = README.split("\n").filter((line) => line.startsWith("| `np"));
    const call = name === "tour" ? "`npm start`" : `\`npx relay ${name}`;
    expect(rows.filter((row) => row.includes(call))).not.toEqual([]);
  });

  it("refuses an unknown option with its usage", async () => {
    const { code, out, err } = await runRelay([name, "--nosuchoption"]);
    expect({ code, out }).toEqual({ code: 1, out: "" });
    expect(err).toMatch(new RegExp(`^relay ${name}: there is no option --nosuchoption\\.\nUsage: relay ${name}`));
  });
});
