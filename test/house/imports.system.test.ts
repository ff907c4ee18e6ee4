import { type Import, importsBelow } from "./imports";
import { breach, cycles } from "./rules";

const found = importsBelow("src", "stacks");

const example = (file: string, target: string, typeOnly = false): Import => ({
  file,
  specifier: "./x",
  target,
  typeOnly,
});

describe("the import rules of the house", () => {
  it("finds imports", () => {
    expect(found.some(({ file, target }) => file === "stacks/main.ts" && target === "src/index")).toBe(true);
    expect(
      found.some(({ file, specifier }) => file === "src/vendors/gladly/client.ts" && specifier === "zod/mini"),
    ).toBe(true);
  });

  it("are kept by every file of src and stacks", () => {
    expect(found.map(breach).filter((reason) => reason !== undefined)).toEqual([]);
  });

  it("have no cycles", () => {
    expect(cycles(found)).toEqual([]);
    const ring = ["a", "b", "c"].map((name, index) => example(`src/${name}.ts`, `src/${["b", "c", "a"][index]}`));
    expect(cycles(ring)).toEqual(["src/a.ts -> src/b.ts -> src/c.ts -> src/a.ts"]);
  });

  it.each([
    ["the relay's core importing its SQLite adapter", example("src/relay/ingest.ts", "src/relay/local/store")],
    ["one adapter of the relay importing the other", example("src/relay/local/serve.ts", "src/relay/aws/queue")],
    ["the protocol importing Gladly", example("src/provider/protocol/serve.ts", "src/vendors/gladly/client")],
    ["a resource importing Stella", example("src/provider/resources/topic.resource.ts", "src/vendors/stella/client")],
    ["a construct importing relay code", example("src/deploy/constructs/local-relay.ts", "src/relay/decide")],
    ["anything importing a feature", example("src/report/report.ts", "src/features/review/judge")],
    ["the command line toolkit importing a feature", example("src/cli/help.ts", "src/features/drift/command")],
    ["the command line toolkit importing the commands", example("src/cli/help.ts", "src/commands")],
    ["a feature importing another's command", example("src/features/adopt/judge.ts", "src/features/drift/command")],
    [
      "a feature importing another's gather module",
      example("src/features/adopt/plan.ts", "src/features/drift/gather-stack"),
    ],
    ["a judge module with side effects", example("src/features/drift/judge.ts", "src/features/drift/gather")],
    ["the contract importing another room", example("src/contract/policy.ts", "src/environment")],
    ["the sandbox importing the tour", example("src/sandbox/sandbox.ts", "src/features/tour/tour")],
    ["an environment importing a room", example("src/environment/schema.ts", "src/vendors/gladly/wire")],
    ["an environment file importing the deployment", example("stacks/environments/staging.ts", "src/deploy/stacks/x")],
    ["a file outside the rooms", example("stacks/main.ts", "scripts/build")],
  ])("refuse %s", (_, wrong) => {
    expect(breach(wrong)).toBeDefined();
  });

  it("refuse SQLite in the relay's core, and allow it in the adapter for one machine", () => {
    const sqlite = (file: string): Import => ({ file, specifier: "libsql", typeOnly: false });
    expect(breach(sqlite("src/relay/ingest.ts"))).toBeDefined();
    expect(breach(sqlite("src/relay/local/store.ts"))).toBeUndefined();
    expect(breach({ ...sqlite("src/relay/ingest.ts"), specifier: "libsql/promise" })).toBeDefined();
  });

  it("refuse the file system in judge modules", () => {
    const file = "src/features/drift/judge-aws.ts";
    expect(breach({ file, specifier: "node:fs", typeOnly: false })).toContain("judges");
    expect(breach({ file: "src/features/drift/gather.ts", specifier: "node:fs", typeOnly: false })).toBeUndefined();
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
