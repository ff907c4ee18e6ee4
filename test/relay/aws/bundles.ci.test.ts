/** The built functions. Their size affects every cold start and how well they can be reviewed. */
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

it("there is one bundle for each function", () => {
  expect(built[0]?.map(({ name }) => name).sort()).toEqual(FUNCTIONS.map(({ name }) => name).sort());
});

it("a build gives the same bytes every time and in every folder", () => {
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

it("ingest has no AWS SDK", () => {
  const packages = packagesOf("ingest");
  expect(packages).toContain("aws4fetch");
  expect(packages.filter((name) => /^@(aws-sdk|smithy|aws-crypto)\//.test(name))).toEqual([]);
});

it.each(["worker", "watchdog"])("%s has no code of the relay on one machine", (name) => {
  expect(packagesOf(name).filter((used) => /libsql|cdktf|constructs|grpc/.test(used))).toEqual([]);
});

it.each(["worker", "watchdog"])("%s takes credentials only from its environment", (name) => {
  expect(packagesOf(name).filter((used) => /credential-provider-(ini|sso|node|process|http)|imds/.test(used))).toEqual(
    [],
  );
});

it("only the worker has the SDK's SQS client", () => {
  expect(packagesOf("worker")).toContain("@aws-sdk/client-sqs");
  expect(packagesOf("watchdog")).not.toContain("@aws-sdk/client-sqs");
});
