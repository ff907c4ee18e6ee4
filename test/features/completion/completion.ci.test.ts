import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { commandNames, findCommand } from "../../../src/cli/command";
import { GROUPS } from "../../../src/commands";
import { runRelay } from "../../support/relay";
import { describeCompletion } from "./completion";

const NAMES = commandNames(GROUPS);

describeCompletion(true);

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "completion-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

describe("the descriptions that zsh and fish show", () => {
  async function words(...typed: readonly string[]): Promise<readonly string[]> {
    const { code, out } = await runRelay(["completion", "--words", "--", ...typed], { RELAY_ENVIRONMENTS: folder });
    expect(code).toBe(0);
    return out.trimEnd().split("\n");
  }

  it("are a command's summary and the first sentence of an option's help", async () => {
    expect(await words("expl")).toEqual([`explain\t${findCommand("explain", GROUPS)?.summary}`]);
    expect(await words("drift", "--ou")).toEqual(["--out\tWrite to this file instead of standard output"]);
  });

  it.each(NAMES)("exist for every option of %s", async (name) => {
    const options = Object.keys(findCommand(name, GROUPS)?.options ?? {});
    const offered = await words(name, "--");
    expect(offered.map((line) => line.split("\t")[0]).sort()).toEqual(
      [...options, "help"].map((one) => `--${one}`).sort(),
    );
    expect(offered.filter((line) => !/\t\S/.test(line))).toEqual([]);
  });
});

it("refuses an unknown shell", async () => {
  const { code, err } = await runRelay(["completion", "bsh"]);
  expect(code).toBe(1);
  expect(err).toContain('no completion for "bsh", only for bash, zsh, fish. Did you mean bash?');
});
