/**
 * Runs checkov, a linter from outside this project, on plans of the real AWS provider, with every option off and on. Each
 * accepted finding has a reason in linters/checkov*.yaml, which checkov reads itself.
 */
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { type AwsEnvironment, accountsOf, type EnvironmentInput } from "../../../src/environment";
import { startSandbox } from "../../../src/sandbox/sandbox";
import { environment, foundation, integration, type Json, json, live, samples } from "../../deploy/stacks/samples";
import { describeIf } from "../../support/optional";
import { HOW, pythonPrograms } from "../../support/python";
import { awsProviderMirror, describeWithAws } from "./aws-provider";
import { Workspace, withoutAccount } from "./workspace";

const mirror = awsProviderMirror();
const LINTERS = join(__dirname, "linters");
const bin = mirror === undefined ? undefined : pythonPrograms(join(LINTERS, "checkov.txt"));
const credentials = {
  gladlyUser: "relay@example.com",
  gladlyToken: "token",
  stellaTestKey: "a",
  stellaProductionKey: "b",
};

const Report = z.looseObject({
  summary: z.looseObject({ passed: z.number(), failed: z.number(), parsing_errors: z.number() }),
  results: z.looseObject({
    failed_checks: z.array(z.looseObject({ check_id: z.string(), check_name: z.string(), resource: z.string() })),
  }),
});

const keyIn = (account: string) => `arn:aws:kms:us-east-1:${account}:key/0a1b2c3d-0000-0000-0000-000000000000`;

/** An environment with every option on. */
function everything(sample: "staging" | "production"): AwsEnvironment {
  const { relay } = environment(sample);
  const kmsKey = keyIn(relay.account);
  const on: Partial<EnvironmentInput> = { relay: { ...relay, kmsKey, tracing: true, logRetentionDays: 365 } };
  return environment(sample, sample === "production" ? { ...live, ...on, policy: { feedback: true } } : on);
}

function foundationOf(one: AwsEnvironment): Json {
  const [account] = accountsOf([one]);
  if (account === undefined) throw new Error("there is no account");
  return json(foundation(account));
}

const withFoundationsKey = () =>
  environment("staging", { relay: { ...samples.staging.relay, kmsKey: "foundation", tracing: true } });

const body = () => {
  const workspace = new Workspace(mirror ?? "");
  let sandbox: Awaited<ReturnType<typeof startSandbox>>;
  beforeAll(async () => {
    sandbox = await startSandbox({ credentials });
    workspace.writeStack(offline(json(integration(environment("staging")))));
    expect(await workspace.terraform(["init", "-input=false", "-no-color"])).toMatchObject({ code: 0 });
  });
  afterAll(async () => {
    workspace.remove();
    await sandbox.close();
  });

  function offline(stack: Json): Json {
    const plain = withoutAccount(stack);
    const provider = { ...z.record(z.string(), z.unknown()).parse(plain.provider) };
    if ("gladly" in provider) provider.gladly = [{ url: sandbox.gladly.url, user: credentials.gladlyUser }];
    return { ...plain, provider };
  }

  it.each([
    ["a foundation", "checkov.yaml", () => foundationOf(environment("staging"))],
    ["a foundation with a key for its environment", "checkov.yaml", () => foundationOf(withFoundationsKey())],
    ["staging, everything optional off", "checkov-defaults.yaml", () => json(integration(environment("staging")))],
    [
      "production, everything optional off",
      "checkov-defaults.yaml",
      () => json(integration(environment("production", live))),
    ],
    ["staging, everything optional on", "checkov.yaml", () => json(integration(everything("staging")))],
    ["production, everything optional on", "checkov.yaml", () => json(integration(everything("production")))],
  ])("finds nothing without a reason in the plan of %s", async (_what, config, make) => {
    workspace.writeStack(offline(make()));
    const env = { GLADLY_TOKEN: credentials.gladlyToken };
    const plan = await workspace.terraform(["plan", "-input=false", "-no-color", "-out=plan"], env);
    expect({ code: plan.code, err: plan.err }).toEqual({ code: 0, err: "" });
    workspace.write("plan.json", (await workspace.terraform(["show", "-json", "plan"], env)).out);
    const { summary, results } = checked(join(workspace.folder, "plan.json"), [
      "--framework",
      "terraform_plan",
      "--skip-download",
    ]);
    const reasons = reasonsIn(config);
    const unexplained = results.failed_checks.filter(({ check_id }) => !reasons.includes(check_id));
    expect(unexplained.map((one) => `${one.check_id} ${one.check_name}: ${one.resource}`).sort()).toEqual([]);
    expect(summary).toMatchObject({ parsing_errors: 0 });
    expect(summary.passed).toBeGreaterThan(10);
    const fired = needed.get(config) ?? new Set();
    for (const { check_id } of results.failed_checks) fired.add(check_id);
    needed.set(config, fired);
  });

  it("finds nothing with the reasons as its configuration", () => {
    const config = ["--config-file", join(LINTERS, "checkov.yaml")];
    const { summary } = checked(join(workspace.folder, "plan.json"), config);
    expect(summary).toMatchObject({ failed: 0, parsing_errors: 0 });
  });

  it.each(["checkov.yaml", "checkov-defaults.yaml"])("needs every reason in %s for some plan", (config) => {
    expect(reasonsIn(config).filter((id) => !needed.get(config)?.has(id))).toEqual([]);
  });
};

/** Checks that failed in any plan, by the file with the reasons. */
const needed = new Map<string, Set<string>>();

function reasonsIn(config: string): readonly string[] {
  const text = readFileSync(join(LINTERS, config), "utf8");
  return [...text.matchAll(/^ {2}- (CKV\w+)$/gm)].map(([, id]) => id ?? "");
}

function checked(plan: string, options: readonly string[]): z.infer<typeof Report> {
  const args = ["-m", "checkov.main", "-f", plan, ...options, "-o", "json", "--quiet"];
  const { stdout, stderr } = spawnSync(join(bin ?? "", "python"), args, {
    encoding: "utf8",
    maxBuffer: 64 * 1024 * 1024,
    // No requests to its vendor.
    env: { ...process.env, BC_SKIP_MAPPING: "TRUE", CKV_SKIP_PACKAGE_UPDATE_CHECK: "true" },
  });
  if (stdout.trim() === "") throw new Error(stderr);
  return Report.parse(JSON.parse(stdout));
}

const linted = describeIf(bin, "checkov, a linter of plans", HOW);
(mirror === undefined ? describeWithAws : linted)("checkov on plans of the real AWS provider", body);
