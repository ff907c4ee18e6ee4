import { runRelay } from "../../support/relay";
import { GITLAB_TOKEN, GitLabServer } from "./gitlab-server";

const HEAD = "1111111111111111111111111111111111111111";
const NONE = '{"include":[]}';

let gitlab: GitLabServer;
beforeEach(async () => {
  gitlab = new GitLabServer(HEAD);
  await gitlab.start();
});
afterEach(() => gitlab.stop());

const comment = (env: NodeJS.ProcessEnv = {}) =>
  runRelay(["ci", "comment", "none.md", "--gitlab", "--stacks", NONE], { ...gitlab.env, ...env });

describe("relay ci comment --gitlab", () => {
  it("updates its own note on the second page, not a system note or another user's", async () => {
    gitlab.addNote("<!-- relay:review -->\nsomebody else's", 8);
    gitlab.addNote("<!-- relay:review -->\na system's", 7, true);
    for (let number = 0; number < 110; number += 1) gitlab.addNote(`remark ${number}`, 8);
    const own = gitlab.addNote("<!-- relay:review -->\ngoes live");
    gitlab.labels = ["surveys:customers", "reviewed by legal"];
    expect((await comment()).code).toBe(0);
    expect(own.body).toContain("This change touches no environment");
    expect(gitlab.notes.filter(({ body }) => body.includes("touches no environment"))).toEqual([own]);
    expect(gitlab.labels).toEqual(["reviewed by legal", "no-changes"]);
  });

  it("uses the branch's commit in a merged results pipeline, not the merge commit", async () => {
    const own = gitlab.addNote("<!-- relay:review -->\ngoes live");
    const merged = "3333333333333333333333333333333333333333";
    await comment({ CI_COMMIT_SHA: merged, CI_MERGE_REQUEST_SOURCE_BRANCH_SHA: HEAD });
    expect(own.body).toContain("Plan of 111111111111");
  });

  it("names every missing variable and who sets it", async () => {
    const { code, err } = await comment({ GITLAB_TOKEN: "", CI_MERGE_REQUEST_IID: "" });
    expect(code).toBe(1);
    expect(err).toContain("needs CI_MERGE_REQUEST_IID, GITLAB_TOKEN");
    expect(gitlab.requests).toEqual([]);
  });

  it("says what a refused token needs, without showing the token", async () => {
    const { code, err } = await comment({ GITLAB_TOKEN: "wrong-token" });
    expect(code).toBe(1);
    expect(err).toContain("GITLAB_TOKEN needs the scope api");
    expect(err).not.toMatch(new RegExp(`wrong-token|${GITLAB_TOKEN}`));
  });

  it("does not comment on a merge request that has a newer commit", async () => {
    const own = gitlab.addNote("<!-- relay:review -->\nnewer");
    const { code, err } = await comment({ CI_COMMIT_SHA: "2222222222222222222222222222222222222222" });
    expect({ code, body: own.body }).toEqual({ code: 0, body: "<!-- relay:review -->\nnewer" });
    expect(err).toContain("merge request !9 is now at 111111111111");
  });
});
