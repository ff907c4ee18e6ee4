/**
 * A topic name that another topic in Gladly has, with the real Terraform. The plan refuses it. If the name is taken after the
 * plan, the apply fails halfway, and the relay still uses the topic that agents use.
 */
import { DO_NOT_SEND_TOPIC } from "../../src/contract/topic";
import { LocalProject } from "../features/review/making/local-project";

const OTHER = "no_survey";

describe("a topic's name that another topic has", () => {
  let project: LocalProject;
  beforeAll(async () => {
    project = await LocalProject.open();
    project.write();
    await project.apply();
  });
  afterAll(() => project.close());

  it("is refused by a plan that renames, whether the other topic is enabled or not, and by no other plan", async () => {
    const id = await project.gladly.createTopic({ name: OTHER, disabled: false });
    project.write({ topic: { name: OTHER } });
    await expect(project.apply()).rejects.toThrow(`Gladly has another topic "${OTHER}"`);
    await project.gladly.updateTopic(id, { name: OTHER, disabled: true });
    await expect(project.apply()).rejects.toThrow(`Gladly has another topic "${OTHER}"`);
    project.write();
    await project.apply();
    await project.gladly.updateTopic(id, { name: "free again", disabled: true });
    expect(project.heeded()).toBe(DO_NOT_SEND_TOPIC);
  });

  it("leaves the relay with the existing topic if the name is taken between plan and apply", async () => {
    project.write({ topic: { name: OTHER } });
    const apply = await project.planned();
    const id = await project.gladly.createTopic({ name: OTHER, disabled: false });
    await expect(apply()).rejects.toThrow("The name is taken");
    expect(project.heeded()).toBe(DO_NOT_SEND_TOPIC);
    expect((await project.gladly.topics()).map(({ name, disabled }) => ({ name, disabled }))).toContainEqual({
      name: DO_NOT_SEND_TOPIC,
      disabled: false,
    });
    await project.gladly.updateTopic(id, { name: "free again 2", disabled: true });
    await project.apply();
    expect(project.heeded()).toBe(OTHER);
  });
});
