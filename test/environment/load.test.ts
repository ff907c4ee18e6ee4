import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { EnvironmentFaults, type Fault, loadEnvironments } from "../../src/environment";

const valid = {
  name: "staging",
  surveyMode: "test",
  delivery: "enrich",
  gladly: { url: "https://example.gladly.qa", user: "relay@example.com" },
  relay: { on: "local", url: "http://127.0.0.1:4630" },
};

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "environments-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const write = (name: string, environment: unknown) =>
  writeFileSync(join(folder, `${name}.ts`), `export default ${JSON.stringify(environment)};\n`);

function faultsOf(...environments: readonly unknown[]): readonly Fault[] {
  environments.forEach((environment, index) => {
    write(index === 0 ? "staging" : `more-${index}`, environment);
  });
  // A file that was read once is kept by the module registry.
  jest.resetModules();
  try {
    loadEnvironments(folder);
  } catch (error) {
    if (error instanceof EnvironmentFaults) return error.faults;
    throw error;
  }
  return [];
}

describe("loading environments", () => {
  it("has the vendors' names and addresses as defaults", () => {
    write("staging", valid);
    expect(loadEnvironments(folder)).toEqual([
      expect.objectContaining({
        stella: { url: "https://api.stellaconnect.net" },
        webhook: { name: "Send Stella Survey", passwordVersion: 1 },
        topic: { name: "do_not_send_stella" },
      }),
    ]);
  });

  it("reports every fault of every file at once", () => {
    const faults = faultsOf(
      { ...valid, surveyMode: "prod", delivery: "sometimes", gladly: { url: "example", user: "nobody" } },
      { ...valid, name: "more-1", webhook: { name: "", passwordVersion: 0.5 } },
    );
    expect(faults.map(({ path }) => path)).toEqual([
      "webhook.name",
      "webhook.passwordVersion",
      "surveyMode",
      "delivery",
      "gladly.url",
      "gladly.user",
    ]);
  });

  it("reports the value, the allowed values and the place", () => {
    const [fault] = faultsOf({ ...valid, surveyMode: "prod" });
    expect(fault).toEqual({
      file: expect.stringMatching(/staging\.ts$/),
      path: "surveyMode",
      found: '"prod"',
      remedy: 'must be "test" or "production"',
    });
  });

  it("refuses production until Integrated Channel is confirmed, and names the step", () => {
    const [fault] = faultsOf({ ...valid, surveyMode: "production" });
    expect(fault?.path).toBe("manualSteps.integratedChannel");
    expect(fault?.remedy).toContain("Integrated Channel");
    expect(fault?.remedy).toMatch(/First the switch, then the key: .+ refused on a channel in manual mode/);
    expect(fault?.remedy).toContain("docs/going-live.md");
  });

  it("accepts production once someone confirmed it, on a date", () => {
    const confirmed = { integratedChannel: { by: "Robin Roe", on: "2026-11-22" } };
    expect(faultsOf({ ...valid, surveyMode: "production", manualSteps: confirmed })).toEqual([]);
  });

  it("accepts manual steps with person and date, and refuses an unknown step, an invalid date and an empty list", () => {
    const step = { by: "Robin Roe", on: "2026-11-22" };
    const all = {
      ...{ testAddress: step, tokenHandedOver: step, integratedChannel: step, suppressionPeriod: step },
      ...{ alarmAddresses: step, agentsWithoutProfile: { ...step, agents: ["kim@example.com"] } },
    };
    expect(faultsOf({ ...valid, manualSteps: all })).toEqual([]);
    const wrong = {
      ...{ testAdress: step, testAddress: { by: "", on: "2026-11-22" }, alarmAddresses: { by: "Robin Roe" } },
      ...{ suppressionPeriod: { ...step, on: "22.11.2026" }, agentsWithoutProfile: { ...step, agents: [] } },
    };
    expect(
      faultsOf({ ...valid, manualSteps: wrong })
        .map(({ path }) => path)
        .sort(),
    ).toEqual([
      "manualSteps.agentsWithoutProfile.agents",
      "manualSteps.alarmAddresses.on",
      "manualSteps.suppressionPeriod.on",
      "manualSteps.testAddress.by",
      "manualSteps.testAdress",
    ]);
  });

  it("refuses plain HTTP except to this machine", () => {
    expect(faultsOf({ ...valid, gladly: { ...valid.gladly, url: "http://example.gladly.com" } })[0]?.path).toBe(
      "gladly.url",
    );
    expect(faultsOf({ ...valid, gladly: { ...valid.gladly, url: "http://127.0.0.1:4610" } })).toEqual([]);
  });

  it("names an unknown setting without its value, which may be a secret", () => {
    const faults = faultsOf({ ...valid, stella: { url: "https://api.stellaconnect.net", key: "canary-key" } });
    expect(faults[0]?.path).toBe("stella.key");
    expect(JSON.stringify(faults)).not.toContain("canary-key");
  });

  it("refuses credentials in an address without showing them", () => {
    const faults = faultsOf({ ...valid, gladly: { ...valid.gladly, url: "https://user:canary@example.gladly.com" } });
    expect(faults[0]?.path).toBe("gladly.url");
    expect(JSON.stringify(faults)).not.toContain("canary");
  });

  it("requires that a file has its environment's name", () => {
    expect(faultsOf({ ...valid, name: "production" })).toEqual([
      expect.objectContaining({ path: "name", remedy: expect.stringContaining('"staging"') }),
    ]);
  });

  it("reports a file without an export, an unreadable file, and an empty folder", () => {
    writeFileSync(join(folder, "empty.ts"), "export const environment = {};\n");
    writeFileSync(join(folder, "broken.ts"), "throw new Error('cannot be');\n");
    expect(faultsOf(valid).map(({ remedy }) => remedy)).toEqual([
      expect.stringContaining("cannot be"),
      expect.stringContaining("export the environment"),
    ]);
    const empty = mkdtempSync(join(tmpdir(), "environments-"));
    expect(() => loadEnvironments(empty)).toThrow("no environment file");
    rmSync(empty, { recursive: true });
  });
});
