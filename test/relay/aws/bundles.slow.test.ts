/** The built functions: their size is part of every cold start, and of what a reviewer can trust. */
import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { FUNCTIONS } from "../../../src/contract/functions";
import { type BuiltFunction, bundleFunctions } from "../../../src/deploy/build/bundle-functions";

const root = resolve(__dirname, "../../..");
let folders: readonly string[];
let built: readonly (readonly BuiltFunction[])[];

beforeAll(async () => {
  folders = [0, 1].map(() => mkdtempSync(join(tmpdir(), "relay-bundles-")));
  built = await Promise.all(folders.map((folder) => bundleFunctions(root, join(folder, "functions"))));
});
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

const named = (name: string) => {
  const found = built[0]?.find((bundle) => bundle.name === name);
  if (found === undefined) throw new Error(`${name} was not built`);
  return found;
};

const packagesOf = (name: string) => named(name).packages.map((used) => used.name);

it("there is one for each function", () => {
  expect(built[0]?.map(({ name }) => name).sort()).toEqual(FUNCTIONS.map(({ name }) => name).sort());
});

it("they are the same bytes each time, wherever they are built", () => {
  const [first, second] = built.map((bundles) =>
    bundles.map(({ file }) => createHash("sha256").update(readFileSync(file)).digest("hex")),
  );
  expect(first).toEqual(second);
  for (const { file } of built[0] ?? []) expect(readFileSync(file, "utf8")).not.toContain(root);
});

it.each([
  ["ingest", 34],
  ["worker", 130],
  ["watchdog", 115],
])("%s fits into %i KB zipped", (name, limit) => {
  expect(named(name).zippedBytes).toBeLessThan(limit * 1024);
});

it("ingest is without an AWS SDK", () => {
  const packages = packagesOf("ingest");
  expect(packages).toContain("aws4fetch");
  expect(packages.filter((name) => /^@(aws-sdk|smithy|aws-crypto)\//.test(name))).toEqual([]);
});

it.each(["worker", "watchdog"])("%s holds nothing of the one-machine home", (name) => {
  expect(packagesOf(name).filter((used) => /libsql|cdktf|constructs|grpc/.test(used))).toEqual([]);
});

it.each(["worker", "watchdog"])("%s looks for credentials in its environment alone", (name) => {
  expect(packagesOf(name).filter((used) => /credential-provider-(ini|sso|node|process|http)|imds/.test(used))).toEqual(
    [],
  );
});

it("only the worker carries the SDK's queue", () => {
  expect(packagesOf("worker")).toContain("@aws-sdk/client-sqs");
  expect(packagesOf("watchdog")).not.toContain("@aws-sdk/client-sqs");
});
