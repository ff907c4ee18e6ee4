/** The files of a company's repository. Most are copies of this project's files with the company's answers. */
import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { jsonText } from "../../contract/json";
import { packageRoot } from "../../contract/locations";
import type { InitAnswers } from "./answers";
import { readmeOf } from "./readme";

/** The name that a company's files import. */
export const PACKAGE = "gladly-stella-relay";

/** Files that must never be committed: secrets of the sandbox, state, and plans, which contain sensitive values. */
export const IGNORED = [
  "node_modules/",
  "cdktf.out/",
  "planned/",
  ".relay/",
  ".relay-preview-*/",
  "stacks/environments-adopt-*/",
] as const;

/** Files that `relay upgrade` updates to the installed version unless someone edited them. */
const WORKFLOWS = [
  ".github/actions/setup/action.yml",
  ".github/workflows/plan.yml",
  ".github/workflows/apply.yml",
  ".github/workflows/drift.yml",
  ".github/zizmor.yml",
];

/** Path to content. */
export type Files = Readonly<Record<string, string>>;

/** Files that `relay init` creates and `relay upgrade` updates. */
export function generatedFiles(projectId: string = randomUUID()): Files {
  return {
    "cdktf.json": cdktfJson(projectId),
    "stacks/main.ts": own("stacks/main.ts").replace('"../src/index"', `"${PACKAGE}"`),
    ".gitignore": `${IGNORED.join("\n")}\n`,
    ...Object.fromEntries(WORKFLOWS.map((path) => [path, own(path)])),
  };
}

/** Files that belong to the company and are created only once. */
export function companyFiles(answers: InitAnswers, version: string): Files {
  return {
    "package.json": manifestOf(answers, version),
    "README.md": readmeOf(answers),
    "stacks/environments/sandbox.ts": environmentFile("sandbox", []),
    ...(answers.account === undefined
      ? {}
      : {
          "stacks/environments/staging.ts": environmentFile("staging", samplesOf(answers)),
          "stacks/environments/production.ts": environmentFile("production", samplesOf(answers)),
        }),
  };
}

function own(path: string): string {
  return readFileSync(join(packageRoot(), path), "utf8");
}

function cdktfJson(projectId: string): string {
  return own("cdktf.json").replace(/("projectId": ")[^"]*/, `$1${projectId}`);
}

/** Pairs of a sample's value and the company's. */
function samplesOf(answers: InitAnswers): readonly (readonly [string, string])[] {
  return [
    ["https://example.gladly.com", answers.gladlyUrl],
    ["https://example.gladly.qa", answers.gladlyStagingUrl],
    ["survey-relay@example.com", answers.gladlyUser],
    ["survey-oncall@example.com", answers.email],
    ["survey-team@example.com", answers.email],
    ["example/customer-surveys", answers.repository],
    ["444455556666", answers.account ?? ""],
    ["111122223333", answers.stagingAccount],
    ["us-east-1", answers.region],
  ];
}

function environmentFile(name: string, values: readonly (readonly [string, string])[]): string {
  const sample = own(`stacks/environments/${name}.ts`)
    .replace(/"\.\.\/\.\.\/src\/environment"/g, `"${PACKAGE}/environment"`)
    // The sample's domain and hosted zone do not exist.
    .replace(/^( *)(domain: \{.*\},)$/m, "$1// $2")
    // A company's repository does not have this project's paths.
    .replace(/ \(src\/[^)]*\)/g, "")
    .replace(/\bdocs\/([\w-]+\.md)/g, `node_modules/${PACKAGE}/docs/$1`);
  return values.reduce((text, [from, to]) => text.replaceAll(from, to), sample);
}

/** A package.json with the peer dependencies in the versions that this package was tested with. */
function manifestOf({ company }: InitAnswers, version: string): string {
  const ours: { readonly devDependencies?: Readonly<Record<string, string>> } = JSON.parse(own("package.json"));
  const peers = ["@cdktf/provider-aws", "cdktf", "constructs"].map((name) => [
    name,
    ours.devDependencies?.[name] ?? "*",
  ]);
  const slug = company
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "");
  const manifest = {
    name: `${slug || "company"}-customer-surveys`,
    private: true,
    scripts: { start: "relay tour" },
    dependencies: Object.fromEntries([...peers, [PACKAGE, version]].sort()),
    engines: { node: ">=20.19" },
  };
  return jsonText(manifest);
}
