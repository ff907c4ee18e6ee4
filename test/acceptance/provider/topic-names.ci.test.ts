/** With the real terraform, the plan refuses a topic name that another topic in Gladly has. */
import type { GladlySetup } from "../../provider/support/gladly-core";
import { beforeEachTest } from "./each-test";
import type { Workspace } from "./harness";

let setup: GladlySetup;
let workspace: Workspace;
beforeEachTest((made) => {
  ({ setup, workspace } = made);
});

const topic = (label: string, name: string) => `resource "gladly_topic" "${label}" {\n  name = ${name}\n}\n`;
const inGladly = (fields: object) => setup.call("POST", "/api/v1/topics", fields);

describe("a topic's name that another topic has", () => {
  it("is refused by the plan on its line, for a new topic and for a rename", async () => {
    await inGladly({ id: "theirs", name: "taken" });
    workspace.write(topic("mine", '"free"'));
    await workspace.init();
    expect(await workspace.apply()).toMatchObject({ code: 0 });
    workspace.write(topic("mine", '"taken"') + topic("another", '"taken"'));
    const { code, errors, lines } = await workspace.plan();
    expect({ code, lines }).toEqual({ code: 1, lines: ['name = "taken"', 'name = "taken"'] });
    expect([...errors].sort()).toEqual([
      expect.stringMatching(/^A topic of this name exists: .*"taken" \(theirs\)/),
      expect.stringMatching(/^The name is taken: .*"taken" \(theirs\)/),
    ]);
  });

  it("is accepted by the plan if the other topic is taken over or removed in the same run", async () => {
    await inGladly({ id: "disabled", name: "taken", disabled: true });
    workspace.write(topic("old", '"mine"'));
    await workspace.init();
    await workspace.apply();
    // The resource's label changes without a `moved` block, and a disabled topic is taken over.
    workspace.write(topic("new", '"mine"') + topic("over", '"taken"'));
    expect(await workspace.apply()).toMatchObject({ code: 0, errors: [] });
    expect(await setup.call("GET", "/api/v1/topics/disabled")).toMatchObject({ disabled: false });
    expect(await workspace.plan()).toMatchObject({ code: 0, changes: [] });
  });

  it("is checked by the apply if the name is not known at plan", async () => {
    await inGladly({ id: "theirs", name: "taken" });
    workspace.write(
      `resource "terraform_data" "name" {\n  input = "taken"\n}\n${topic("t", "terraform_data.name.output")}`,
    );
    await workspace.init();
    expect(await workspace.plan()).toMatchObject({ code: 2, errors: [] });
    expect(await workspace.apply()).toMatchObject({
      code: 1,
      errors: [expect.stringMatching(/^A topic of this name exists/)],
    });
  });
});
