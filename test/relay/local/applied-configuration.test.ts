import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { AppliedConfiguration } from "../../../src/relay/local/applied-configuration";
import { applyConfiguration } from "../../support/applied-state";

const CONFIGURATION = {
  version: 1,
  environment: "sandbox",
  surveyMode: "test",
  delivery: "enrich",
  gladly: { url: "http://127.0.0.1:4610", user: "relay@example.com" },
  stella: { url: "http://127.0.0.1:4620" },
  webhook: { username: "connect" },
  doNotSendTopic: "do_not_send_stella",
};

let home: string;
let state: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "home-"));
  state = join(home, "terraform.tfstate");
});
afterEach(() => rmSync(home, { recursive: true }));

test("the applied configuration is read, again after each apply", () => {
  const applied = new AppliedConfiguration(home);
  applyConfiguration(home, CONFIGURATION);
  expect(applied.read()).toMatchObject({ surveyMode: "test" });
  expect(applied.read()).toBe(applied.read());
  applyConfiguration(home, { ...CONFIGURATION, surveyMode: "production" });
  expect(applied.read()).toMatchObject({ surveyMode: "production" });
});

test("before the first apply, and after a destroy, the error says what to do", () => {
  const applied = new AppliedConfiguration(home);
  expect(() => applied.read()).toThrow(/nothing is applied here yet.*npx cdktf apply/);
  applyConfiguration(home, CONFIGURATION);
  applied.read();
  writeFileSync(state, JSON.stringify({ version: 4, serial: 2, resources: [] }));
  expect(() => applied.read()).toThrow(/no relay is applied.*npx cdktf apply/);
});

test("a state that Terraform is writing does not remove the configuration", () => {
  const applied = new AppliedConfiguration(home);
  applyConfiguration(home, CONFIGURATION);
  const before = applied.read();
  writeFileSync(state, readFileSync(state, "utf8").slice(0, 100));
  expect(applied.read()).toEqual(before);
});

test("a state of another format, and a configuration with faults, are refused", () => {
  const applied = new AppliedConfiguration(home);
  writeFileSync(state, JSON.stringify({ version: 3, modules: [] }));
  expect(() => applied.read()).toThrow("is not a state of Terraform 0.12 or later");
  applyConfiguration(home, { ...CONFIGURATION, surveyMode: "prod" });
  expect(() => applied.read()).toThrow("surveyMode");
});
