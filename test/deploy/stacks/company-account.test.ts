import { accountsOf, type EnvironmentInput } from "../../../src/environment";
import { EnvironmentSchema } from "../../../src/environment/schema";
import { addresses, attributes, environment, foundation, integration, json } from "./samples";

const { relay } = environment("production");
const withRelay = (change: object) => environment("production", { relay: { ...relay, ...change } });
function foundationOf(of: ReturnType<typeof environment>) {
  const [account] = accountsOf([of]);
  if (account === undefined) throw new Error("there is no account");
  return json(foundation(account));
}

describe("a company's existing account", () => {
  it("keeps its own GitHub identity provider as a data source, and forgets one that was created before", () => {
    const stack = foundationOf(withRelay({ identityProvider: "existing" }));
    expect(addresses(stack)).not.toContain("aws_iam_openid_connect_provider.github");
    expect(stack.removed).toEqual(
      expect.arrayContaining([{ from: "aws_iam_openid_connect_provider.github", lifecycle: [{ destroy: false }] }]),
    );
    expect(JSON.stringify(stack.check)).toContain("client_id_list");
  });

  it("has its own tags and the project's on everything", () => {
    const of = withRelay({ tags: { team: "care" } });
    for (const stack of [json(integration(of)), foundationOf(of)]) {
      expect(stack.provider).toMatchObject({
        aws: [{ default_tags: [{ tags: { team: "care", "relay:managed-by": "example/customer-surveys" } }] }],
      });
    }
  });

  it("has its own permissions boundary on every role, which the pipeline cannot remove", () => {
    const boundary = "arn:aws:iam::444455556666:policy/company/limits";
    const of = withRelay({ boundary });
    const roles = Object.values(json(integration(of)).resource.aws_iam_role ?? {});
    expect(new Set(roles.map((role) => role.permissions_boundary))).toEqual(new Set([boundary]));
    const stack = foundationOf(of);
    expect(addresses(stack)).not.toContain("aws_iam_policy.boundary_production");
    expect(JSON.stringify(stack.resource.aws_iam_policy)).toContain(
      `\\"iam:PermissionsBoundary\\":[\\"${boundary}\\"]`,
    );
  });

  it("has its own topic for alarms, and none is created", () => {
    const topic = "arn:aws:sns:us-east-1:444455556666:oncall";
    const of = withRelay({ alarms: { ...relay.alarms, topic } });
    const stack = json(integration(of));
    expect(addresses(stack).filter((address) => address.startsWith("aws_sns"))).toEqual([]);
    for (const alarm of Object.values(stack.resource.aws_cloudwatch_metric_alarm ?? {})) {
      expect([alarm.alarm_actions, alarm.ok_actions]).toEqual([[topic], [topic]]);
    }
    expect(String(attributes(foundationOf(of), "aws_iam_policy", "operator_production").policy)).toContain(topic);
  });

  it.each([
    [{ boundary: "arn:aws:iam::111122223333:policy/x" }, "relay.boundary"],
    [{ alarms: { email: "a@example.com", topic: "arn:aws:sns:eu-west-1:444455556666:x" } }, "relay.alarms.topic"],
    [{ tags: { "aws:x": "y" } }, "relay.tags.aws:x"],
    [{ pipeline: { repository: "example/surveys", ownerId: 1 } }, "relay.pipeline.repositoryId"],
  ])("cannot have %j", (change, path) => {
    const input = { ...environment("production"), relay: { ...relay, ...change } } as EnvironmentInput;
    const parsed = EnvironmentSchema.safeParse(input);
    expect(parsed.error?.issues.map((issue) => issue.path.join("."))).toEqual([path]);
  });
});

describe("a retired environment", () => {
  const stack = json(integration(environment("staging", { retired: true })));
  const kept = json(integration(environment("staging")));

  it("loses only the protection of its resources", () => {
    expect(JSON.stringify(stack)).not.toContain('"prevent_destroy":true');
    expect(attributes(stack, "aws_dynamodb_table", "relay_ledger").deletion_protection_enabled).toBe(false);
    expect(addresses(stack)).toEqual(addresses(kept));
  });

  it("is not stopped by secrets that never got a value: its protection would stay", () => {
    const conditions = [kept, stack].map((of) => JSON.stringify(of.resource.gladly_webhook).match(/has no value yet/g));
    expect(conditions.map((found) => found?.length ?? 0)).toEqual([3, 0]);
  });

  it("does not change the protection of another environment", () => {
    expect(JSON.stringify(kept).match(/"prevent_destroy":true/g)).toHaveLength(9);
  });
});
