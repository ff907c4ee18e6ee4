/** The functions' Node.js runtime, and the AWS provider that it needs. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isBefore, lockedAwsProvider } from "../../../src/deploy/build/locked-aws-provider";
import { attributes, environment, integration, json, samples } from "./samples";

const project = mkdtempSync(join(tmpdir(), "locked-"));
mkdirSync(join(project, "stacks"));
afterAll(() => rmSync(project, { recursive: true, force: true }));

const lock = (version: string) =>
  writeFileSync(
    join(project, "stacks/.terraform.lock.hcl"),
    `provider "registry.terraform.io/hashicorp/aws" {\n  version     = "${version}"\n  hashes = []\n}\n`,
  );
const withRuntime = (runtime?: "nodejs22.x" | "nodejs24.x") => {
  const { relay } = samples.staging;
  if (relay.on !== "aws") throw new Error("the sample is on AWS");
  return integration(environment("staging", runtime === undefined ? {} : { relay: { ...relay, runtime } }));
};
const range = (of: ReturnType<typeof json>) => of.terraform.required_providers;

it("is Node.js 22 by default, which every supported AWS provider allows", () => {
  const stack = json(withRuntime());
  for (const name of ["relay_ingest", "relay_worker", "relay_watchdog"])
    expect(attributes(stack, "aws_lambda_function", name).runtime).toBe("nodejs22.x");
  expect(range(stack)).toMatchObject({ aws: { version: ">= 5.100.0, < 7.0.0" } });
});

it("is Node.js 24 if the environment says so, with an AWS provider that allows it", () => {
  const stack = json(withRuntime("nodejs24.x"));
  expect(attributes(stack, "aws_lambda_function", "relay_worker").runtime).toBe("nodejs24.x");
  expect(range(stack)).toMatchObject({ aws: { version: ">= 6.21.0, < 7.0.0" } });
});

describe("with an AWS provider that the project has locked", () => {
  const working = process.cwd();
  beforeEach(() => process.chdir(project));
  afterEach(() => process.chdir(working));

  const errors = (runtime: "nodejs22.x" | "nodejs24.x") =>
    withRuntime(runtime)
      .node.metadata.filter(({ type }) => type.includes("error"))
      .map(({ data }) => String(data));

  it("synth refuses Node.js 24 with an older provider, and names the required version", () => {
    lock("5.100.0");
    expect(lockedAwsProvider()).toBe("5.100.0");
    expect(errors("nodejs24.x")).toEqual([
      'relay.runtime: "nodejs24.x" needs the AWS provider 6.21.0 or later, and stacks/.terraform.lock.hcl locks 5.100.0. Lock a newer one (docs/aws.md), or change that setting.',
    ]);
    expect(errors("nodejs22.x")).toEqual([]);
  });

  it("synth accepts Node.js 24 with a newer provider", () => {
    lock("6.25.0");
    expect(errors("nodejs24.x")).toEqual([]);
  });
});

it("versions are compared by number, not as text", () => {
  expect([isBefore("6.9.0", "6.21.0"), isBefore("6.21.0", "6.21.0"), isBefore("10.0.0", "6.21.0")]).toEqual([
    true,
    false,
    false,
  ]);
});
