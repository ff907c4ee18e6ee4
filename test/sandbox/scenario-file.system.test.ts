import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { defaultScenario } from "../../src/sandbox/default-scenario";
import { readScenario } from "../../src/sandbox/sandbox";
import { Agent } from "../../src/vendors/gladly/wire";
import { run } from "./support";

const folder = mkdtempSync(join(tmpdir(), "sandbox-scenario-"));
const file = join(folder, "scenario.json");

afterAll(() => rmSync(folder, { recursive: true }));

test("a sandbox starts with the records of a scenario file", async () => {
  const [robin] = defaultScenario.agents;
  writeFileSync(file, JSON.stringify({ ...defaultScenario, agents: [{ ...robin, name: "Somebody Else" }] }));
  const { gladly } = await run({ scenario: readScenario(file) });
  expect((await gladly.get(`/api/v1/agents/${robin?.id}`)).as(Agent).name).toBe("Somebody Else");
});

test("the error for a file that is missing, not JSON or not a scenario names the file and the fault", () => {
  expect(() => readScenario(join(folder, "none.json"))).toThrow(/none\.json cannot be read: there is no such file/);
  writeFileSync(file, "{");
  expect(() => readScenario(file)).toThrow(/scenario\.json is not valid JSON/);
  writeFileSync(file, JSON.stringify({ ...defaultScenario, topics: [{ id: "", name: "x" }] }));
  expect(() => readScenario(file)).toThrow(/scenario\.json[\s\S]*topics\[0\]\.id/);
});
