import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { followMovedState } from "../../src/terraform/moved-state";

let root: string;
let stack: string;
const memory = () => join(stack, ".terraform/terraform.tfstate");
const stateIn = (home: string) => join(root, home, "production", "terraform.tfstate");

function write(file: string, content: unknown): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, JSON.stringify(content));
}

const writeState = (home: string, ...resources: readonly string[]) => write(stateIn(home), { resources });

/** Writes the stack as it is synthesized now. The last init used the RELAY_HOME "old". */
function writeStack(home: string, gladly = "https://example.gladly.com"): void {
  const local = { path: `../../../${home}/production/terraform.tfstate` };
  write(join(stack, "cdk.tf.json"), { terraform: { backend: { local } }, provider: { gladly: [{ url: gladly }] } });
  write(memory(), {
    version: 3,
    backend: { type: "local", config: { path: "../../../old/production/terraform.tfstate" }, hash: 1 },
  });
}

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "moved-"));
  stack = join(root, "cdktf.out/stacks/production");
});
afterEach(() => rmSync(root, { recursive: true }));

describe("a state whose folder changed with RELAY_HOME since the last init", () => {
  it.each([
    ["it moved along", () => writeState("new", "gladly_webhook")],
    ["there was none", () => undefined],
    [
      "both have one",
      () => {
        writeState("old", "gladly_webhook");
        writeState("new", "gladly_webhook");
      },
    ],
    ["the old one is empty", () => writeState("old")],
  ])("is accepted when %s, with a message", (_, prepare) => {
    writeStack("new");
    prepare();
    expect(followMovedState(stack, {})).toBe(
      `The state is now ${stateIn("new")}, because RELAY_HOME changed. It was ${stateIn("old")}.`,
    );
    expect(existsSync(memory())).toBe(false);
  });

  it("is refused when the state stayed behind, with the remedy", () => {
    writeStack("new");
    writeState("old", "gladly_webhook");
    expect(() => followMovedState(stack, {})).toThrow(
      `The state is ${stateIn("old")}, and RELAY_HOME now names ${dirname(stateIn("new"))}, which has none: everything would ` +
        "be created a second time.\n  Set RELAY_HOME as it was, or move the files of",
    );
    expect(existsSync(memory())).toBe(true);
  });

  it("is accepted with a sandbox, whose Gladly is also in the new folder", () => {
    writeStack("new", "http://127.0.0.1:4610");
    writeState("old", "gladly_webhook");
    expect(followMovedState(stack, {})).toContain("The state is now");
  });

  it("is detected before the stack is synthesized again", () => {
    writeStack("old");
    writeState("old", "gladly_webhook");
    expect(() => followMovedState(stack, {}, stateIn("new"))).toThrow("which has none");
  });

  it("is searched in TF_DATA_DIR", () => {
    writeStack("new");
    expect(followMovedState(stack, { TF_DATA_DIR: "elsewhere" })).toBeUndefined();
    expect(existsSync(memory())).toBe(true);
  });
});

it("a state that did not move, or that is in a bucket, causes no message", () => {
  writeStack("old");
  writeState("old", "gladly_webhook");
  expect(followMovedState(stack, {})).toBeUndefined();
  write(memory(), { version: 3, backend: { type: "s3", config: { bucket: "b" }, hash: 1 } });
  expect(followMovedState(stack, {}, stateIn("new"))).toBeUndefined();
  expect(existsSync(memory())).toBe(true);
});
