import { accountsOf, EnvironmentFaults } from "../../src/environment";
import { EnvironmentSchema } from "../../src/environment/schema";

const environment = (name: string, relay: object = {}) =>
  EnvironmentSchema.parse({
    name,
    surveyMode: "test",
    delivery: "enrich",
    gladly: { url: "https://example.gladly.qa", user: "relay@example.com" },
    relay: {
      on: "aws",
      account: "111122223333",
      region: "us-east-1",
      alarms: { email: "oncall@example.com" },
      pipeline: { repository: "example/surveys" },
      ...relay,
    },
  });

function faultsOf(...environments: Parameters<typeof accountsOf>[0]): readonly string[] {
  try {
    accountsOf(environments);
  } catch (error) {
    if (error instanceof EnvironmentFaults) return error.faults.map(({ path, remedy }) => `${path} ${remedy}`);
    throw error;
  }
  return [];
}

describe("the accounts of environments", () => {
  it("are one for each AWS account, with its environments", () => {
    const accounts = accountsOf([
      environment("staging"),
      environment("rehearsal"),
      environment("production", { account: "444455556666" }),
    ]);
    expect(accounts.map(({ id, environments }) => [id, environments.map(({ name }) => name)])).toEqual([
      ["111122223333", ["staging", "rehearsal"]],
      ["444455556666", ["production"]],
    ]);
  });

  it("have one state bucket and one repository, because their environments share a foundation", () => {
    expect(faultsOf(environment("staging"), environment("rehearsal", { region: "eu-west-1" }))).toEqual([
      expect.stringMatching(
        /^relay\.stateRegion must be us-east-1, as environment "staging" has it.*stateRegion: "us-east-1"$/,
      ),
    ]);
    const elsewhere = { pipeline: { repository: "example/other" } };
    expect(faultsOf(environment("staging"), environment("rehearsal", elsewhere))).toEqual([
      expect.stringMatching(/^relay\.pipeline\.repository must be "example\/surveys"/),
    ]);
  });

  it.each([
    ["relay.tags", { tags: { team: "care" } }, "{}"],
    ["relay.identityProvider", { identityProvider: "existing" }, '"create"'],
    [
      "relay.pipeline.ownerId",
      { pipeline: { repository: "example/surveys", ownerId: 1, repositoryId: 2 } },
      "left out",
    ],
  ])("have the same %s in every environment, because the foundation uses it", (path, change, expected) => {
    const [fault] = faultsOf(environment("staging"), environment("rehearsal", change));
    expect(fault).toContain(`${path} must be ${expected}, as environment "staging" has it`);
    expect(faultsOf(environment("staging", change), environment("rehearsal", change))).toEqual([]);
  });

  it("can have environments in two Regions, which must name the Region of their states", () => {
    const away = environment("rehearsal", { region: "eu-west-1", stateRegion: "us-east-1" });
    expect(accountsOf([environment("staging"), away]).map(({ region }) => region)).toEqual(["us-east-1"]);
  });

  it.each([
    ["eu", "eu-west"],
    ["eu-west", "eu"],
  ])("have no two names of which one is a prefix of the other: %s, %s", (first, second) => {
    expect(faultsOf(environment(first), environment(second))).toEqual([
      expect.stringMatching(/^name must not begin with/),
    ]);
  });

  it("can have such names in two accounts", () => {
    expect(faultsOf(environment("eu"), environment("eu-west", { account: "444455556666" }))).toEqual([]);
  });
});
