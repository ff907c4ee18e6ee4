import { type Import, importsBelow } from "./imports";
import { breach } from "./rules";

const found = importsBelow("src", "stacks");

const example = (file: string, target: string, typeOnly = false): Import => ({
  file,
  specifier: "./x",
  target,
  typeOnly,
});

describe("the import rules of the house", () => {
  it("reads imports, or it would hold nothing", () => {
    expect(found.some(({ file, target }) => file === "stacks/main.ts" && target === "stacks/integration-stack")).toBe(
      true,
    );
    expect(
      found.some(({ file, specifier }) => file === "src/vendors/gladly/client.ts" && specifier === "zod/mini"),
    ).toBe(true);
  });

  it("are kept by every file of src and stacks", () => {
    expect(found.map(breach).filter((reason) => reason !== undefined)).toEqual([]);
  });

  it.each([
    ["the relay's core reaching for SQLite's home", example("src/relay/ingest.ts", "src/relay/local/store")],
    ["one home of the relay reaching for the other", example("src/relay/local/serve.ts", "src/relay/aws/queue")],
    ["the protocol knowing of Gladly", example("src/provider/protocol/serve.ts", "src/vendors/gladly/client")],
    ["a construct importing relay code", example("src/deploy/constructs/local-relay.ts", "src/relay/configuration")],
    [
      "a construct importing more than types of environments",
      example("src/deploy/constructs/local-relay.ts", "src/environment"),
    ],
    ["anything importing the command line", example("src/review/plan.ts", "src/cli/relay")],
    [
      "an environment reaching for a room of the house",
      example("src/environment/schema.ts", "src/vendors/gladly/wire"),
    ],
    ["a file outside the house", example("stacks/main.ts", "scripts/build")],
  ])("refuse %s", (_, wrong) => {
    expect(breach(wrong)).toBeDefined();
  });

  it("refuse SQLite in the relay's core, and allow it in its one-machine home", () => {
    const sqlite = (file: string): Import => ({ file, specifier: "libsql", typeOnly: false });
    expect(breach(sqlite("src/relay/ingest.ts"))).toBeDefined();
    expect(breach(sqlite("src/relay/local/store.ts"))).toBeUndefined();
    expect(breach({ ...sqlite("src/relay/ingest.ts"), specifier: "libsql/promise" })).toBeDefined();
  });

  it("allow a construct the types of environments", () => {
    expect(breach(example("src/deploy/constructs/local-relay.ts", "src/environment/schema", true))).toBeUndefined();
  });

  it("refuse the barrel of the AWS bindings, and allow its parts", () => {
    const aws = (specifier: string): Import => ({
      file: "src/deploy/stacks/integration-stack.ts",
      specifier,
      typeOnly: false,
    });
    expect(breach(aws("@cdktf/provider-aws"))).toContain("barrel");
    expect(breach(aws("@cdktf/provider-aws/lib/sqs-queue"))).toBeUndefined();
  });
});
