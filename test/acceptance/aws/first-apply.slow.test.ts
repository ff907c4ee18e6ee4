import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { environment, integration, json } from "../../deploy/stacks/samples";
import { awsProviderMirror, describeWithAws } from "./aws-provider";
import { Workspace, withoutAccount } from "./workspace";

const Message = z.looseObject({
  diagnostic: z.looseObject({ severity: z.string(), summary: z.string(), detail: z.string().default("") }).optional(),
});

const mirror = awsProviderMirror() ?? "";

const FIRST = `
variables {
  webhook_password = "a password"
}
run "first" {
  command = apply
}
`;

/**
 * The mocks of the other test, but without values of secrets. A mock cannot return null, as the real provider does:
 * secret-has-value.system.test.ts covers that.
 */
function mocksWithoutValues(): string {
  const mocks = readFileSync(join(__dirname, "going-live.tftest.hcl"), "utf8").split("\nvariables {")[0] ?? "";
  const empty = mocks.replace(/versions = \[\{.*\}\]/, "versions = []");
  expect(empty).not.toBe(mocks);
  return empty;
}

describeWithAws("the first apply of an environment, with mocked providers", () => {
  const workspace = new Workspace(mirror);
  afterAll(() => workspace.remove());

  it("stops at the webhook and names each required secret without a value, with the command", async () => {
    const stack = withoutAccount(json(integration(environment("production"))));
    const kept = JSON.stringify(stack).replaceAll('"prevent_destroy":true', '"prevent_destroy":false');
    workspace.writeStack(JSON.parse(kept));
    workspace.write("first.tftest.hcl", `${mocksWithoutValues()}\n${FIRST}`);
    expect(await workspace.terraform(["init", "-input=false", "-no-color"])).toMatchObject({ code: 0 });
    const { code, out } = await workspace.terraform(["test", "-json"]);
    expect(code).toBe(1);
    const errors = out
      .trim()
      .split("\n")
      .flatMap((line) => Message.parse(JSON.parse(line)).diagnostic ?? [])
      .filter(({ severity }) => severity === "error")
      .map(({ summary, detail }) => `${summary}: ${detail}`);
    expect(errors.sort()).toEqual(
      ["gladly", "inbound", "stella-test"].map((name) =>
        expect.stringMatching(
          new RegExp(
            `^Resource precondition failed: The secret relay/production/${name} .*relay secrets put production ${name}\\b`,
          ),
        ),
      ),
    );
  });
});
