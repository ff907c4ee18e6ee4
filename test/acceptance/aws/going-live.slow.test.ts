import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import type { EnvironmentInput } from "../../../src/environment";
import { environment, integration, type Json, json, live } from "../../deploy/stacks/samples";
import { awsProviderMirror, describeWithAws } from "./aws-provider";
import { Workspace, withoutAccount } from "./workspace";

const mirror = awsProviderMirror() ?? "";
const CANARY = "canary-password-that-no-plan-may-hold";

const Message = z.looseObject({
  type: z.string(),
  "@testrun": z.string().optional(),
  diagnostic: z.looseObject({ summary: z.string(), detail: z.string().default("") }).optional(),
  test_plan: z
    .looseObject({
      resource_changes: z.array(
        z.looseObject({
          address: z.string(),
          change: z.looseObject({ actions: z.array(z.string()), before: z.unknown(), after: z.unknown() }),
        }),
      ),
    })
    .optional(),
  test_summary: z.looseObject({ status: z.string(), passed: z.number(), failed: z.number() }).optional(),
});
type Message = z.infer<typeof Message>;

/** Sets `prevent_destroy` to false, because a test must destroy what it created. */
const destroyable = (stack: Json): Json =>
  JSON.parse(JSON.stringify(withoutAccount(stack)).replaceAll('"prevent_destroy":true', '"prevent_destroy":false'));

describeWithAws("going live, planned and applied with mocked providers after test mode", () => {
  const workspaces: Workspace[] = [];
  afterAll(() => {
    for (const workspace of workspaces) workspace.remove();
  });

  async function goLive(change: Partial<EnvironmentInput>): Promise<{ text: string; messages: readonly Message[] }> {
    const workspace = new Workspace(mirror);
    workspaces.push(workspace);
    workspace.writeStack(destroyable(json(integration(environment("production", change)))), "in-test-mode");
    workspace.writeStack(destroyable(json(integration(environment("production", { ...change, ...live })))), "live");
    // Without a configuration next to the test, init treats the folder as empty.
    workspace.write("main.tf", "# Both configurations are modules of the test.\n");
    workspace.write("going-live.tftest.hcl", readFileSync(join(__dirname, "going-live.tftest.hcl"), "utf8"));
    expect(await workspace.terraform(["init", "-input=false", "-no-color"])).toMatchObject({ code: 0 });
    const { out } = await workspace.terraform(["test", "-json", "-verbose"]);
    const messages = out
      .trim()
      .split("\n")
      .map((line) => Message.parse(JSON.parse(line)));
    expect(
      messages.flatMap(({ diagnostic }) => (diagnostic ? `${diagnostic.summary}: ${diagnostic.detail}` : [])),
    ).toEqual([]);
    expect(messages.at(-1)?.test_summary).toMatchObject({ status: "pass", passed: 3, failed: 0 });
    return { text: out, messages };
  }

  /** The planned changes: action, address, changed attributes. */
  const changes = (messages: readonly Message[]) =>
    messages
      .filter((message) => message["@testrun"] === "going_live")
      .flatMap(({ test_plan }) => test_plan?.resource_changes ?? [])
      .filter(({ change }) => change.actions.join() !== "no-op")
      .map(({ address, change }) => `${change.actions.join()} ${address}: ${differences(change).join(", ")}`);

  it("changes only the worker's key and its permission to read the key, and replaces nothing", async () => {
    const { text, messages } = await goLive({});
    // A mocked provider does not know that new variables publish a new version, to which the alias then moves.
    expect(changes(messages)).toEqual([
      "update aws_iam_role_policy.relay_worker_policy: policy",
      "update aws_lambda_function.relay_worker: environment",
    ]);
    expect(text).not.toContain(CANARY);
  });

  it("without a relay, changes only the version of the webhook's password", async () => {
    const { text, messages } = await goLive({ delivery: "direct" });
    expect(changes(messages)).toEqual(["update gladly_webhook.survey_webhook: credentials"]);
    expect(text).not.toContain(CANARY);
  });
});

const Attributes = z.record(z.string(), z.unknown());

function differences(change: { before: unknown; after: unknown }): readonly string[] {
  const before = Attributes.parse(change.before);
  const after = Attributes.parse(change.after);
  return Object.keys({ ...before, ...after })
    .filter((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]))
    .sort();
}
