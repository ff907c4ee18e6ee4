import { z } from "zod";
import { startSandbox } from "../../../src/sandbox/sandbox";
import {
  accountOf,
  addresses,
  environment,
  foundation,
  integration,
  type Json,
  json,
  live,
} from "../../deploy/stacks/samples";
import { apac } from "../../deploy/stacks/two-regions";
import { awsProviderMirror, describeWithAws, VERSION } from "./aws-provider";
import { Workspace, withoutAccount } from "./workspace";

const mirror = awsProviderMirror() ?? "";
const CANARY = "canary-token-that-no-plan-may-hold";
const USER = "relay@example.com";
const answers = { ...live, policy: { feedback: true } } as const;

describeWithAws(`AWS stacks, by the real AWS provider ${VERSION} without an account`, () => {
  const workspace = new Workspace(mirror);
  let sandbox: Awaited<ReturnType<typeof startSandbox>>;
  beforeAll(async () => {
    sandbox = await startSandbox({
      gladlyPort: 0,
      stellaPort: 0,
      credentials: {
        gladlyUser: USER,
        gladlyToken: CANARY,
        stellaTestKey: "test",
        stellaProductionKey: "production",
      },
    });
    workspace.writeStack(planned(integration(environment("production"))));
    expect(await workspace.terraform(["init", "-input=false", "-no-color"])).toMatchObject({ code: 0 });
  });
  afterAll(async () => {
    workspace.remove();
    await sandbox.close();
  });

  /** The stack without an account and with the sandbox as Gladly, so that it can be planned here. */
  const planned = (stack: Parameters<typeof json>[0]): Json => {
    const plain = withoutAccount(json(stack));
    const provider = { ...z.record(z.string(), z.unknown()).parse(plain.provider) };
    if ("gladly" in provider) provider.gladly = [{ url: sandbox.gladly.url, user: USER }];
    return { ...plain, provider };
  };

  it.each([
    ["an environment without a domain", () => integration(environment("staging"))],
    ["an environment with a domain, which syncs survey answers", () => integration(environment("production", answers))],
    ["an environment without a relay", () => integration(environment("staging", { delivery: "direct" }))],
    ["an environment in another Region than its state", () => integration(apac)],
    ["a foundation", () => foundation(accountOf("production"))],
  ])("%s is valid, and its plan only creates every resource", async (_, make) => {
    const stack = planned(make());
    workspace.writeStack(stack);
    const env = { GLADLY_TOKEN: CANARY };

    const valid = await workspace.terraform(["validate", "-json"], env);
    expect(faults(valid.out)).toEqual([]);

    const plan = await workspace.terraform(["plan", "-input=false", "-no-color", "-out=plan"], env);
    expect({ code: plan.code, err: plan.err }).toEqual({ code: 0, err: "" });
    const shown = await workspace.terraform(["show", "-json", "plan"], env);
    expect(created(shown.out)).toEqual(addresses(stack));
    expect(shown.out + plan.out).not.toContain(CANARY);
  });
});

const Validation = z.looseObject({
  diagnostics: z.array(z.looseObject({ summary: z.string(), detail: z.string().default("") })),
});

/** The warnings and errors of `terraform validate -json`. */
function faults(text: string): readonly string[] {
  return Validation.parse(JSON.parse(text)).diagnostics.map(({ summary, detail }) => `${summary}: ${detail}`);
}

const Plan = z.looseObject({
  resource_changes: z.array(
    z.looseObject({
      address: z.string(),
      mode: z.enum(["managed", "data"]),
      change: z.looseObject({ actions: z.array(z.string()) }),
    }),
  ),
});

/** Addresses of the resources that a plan creates. Other actions are listed with the action. */
function created(text: string): readonly string[] {
  return Plan.parse(JSON.parse(text))
    .resource_changes.filter(({ mode }) => mode === "managed")
    .map(({ address, change }) =>
      change.actions.join() === "create" ? address : `${change.actions.join()} ${address}`,
    )
    .sort();
}
