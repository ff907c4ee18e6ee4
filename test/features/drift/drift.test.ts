import { command, driftExit } from "../../../src/features/drift/command";
import type { Report } from "../../../src/report/report";
import { rememberingTerminal } from "../../support/terminal";

const report = (state: string): Report => ({ title: "", lead: [], findings: [], blocks: [], data: { state } });

describe("the exit code of relay drift", () => {
  it.each([
    ["steady", 0],
    ["drift", 2],
    ["unapplied", 2],
    ["unknown", 1],
  ])("is for %s: %i", (state, code) => {
    expect(driftExit(report(state))).toBe(code);
  });

  it("is 0 only for no drift", () => {
    expect(() => driftExit(report("whatever"))).toThrow();
    expect(() => driftExit({ ...report(""), data: {} })).toThrow();
  });
});

describe("relay drift", () => {
  it("refuses an unknown format before it reads anything", async () => {
    const run = command.run({ positionals: [], values: { format: "xml" } }, rememberingTerminal(), []);
    await expect(run).rejects.toThrow("--format takes one of: terminal, markdown, json, github");
  });

  it("lists its exit codes and examples", () => {
    expect(command.help).toMatch(/0 {2}no drift[\s\S]*1 {2}not known[\s\S]*2 {2}drift/);
    expect(command.help).toContain("relay drift production");
  });
});
