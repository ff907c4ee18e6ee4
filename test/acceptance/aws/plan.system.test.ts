/** A test of one stack with the real AWS provider. The others are in plan.slow.test.ts. */
import { accountOf, foundation, json } from "../../deploy/stacks/samples";
import { awsProviderMirror, describeWithAws, VERSION } from "./aws-provider";
import { Workspace, withoutAccount } from "./workspace";

describeWithAws(`a foundation, by the real AWS provider ${VERSION} without an account`, () => {
  const workspace = new Workspace(awsProviderMirror() ?? "");
  afterAll(() => workspace.remove());

  it("is planned without errors and only creates resources", async () => {
    workspace.writeStack(withoutAccount(json(foundation(accountOf("production")))));
    expect(await workspace.terraform(["init", "-input=false", "-no-color"])).toMatchObject({ code: 0 });
    const plan = await workspace.terraform(["plan", "-input=false", "-no-color"]);
    expect({ code: plan.code, err: plan.err }).toEqual({ code: 0, err: "" });
    expect(plan.out).toMatch(/Plan: \d+ to add, 0 to change, 0 to destroy\./);
  });
});
