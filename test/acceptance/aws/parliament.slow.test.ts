import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { z } from "zod";
import { accountsOf, type EnvironmentInput, isOnAws } from "../../../src/environment";
import { EnvironmentSchema } from "../../../src/environment/schema";
import { environment, foundation, integration, type Json, json, live } from "../../deploy/stacks/samples";
import { describeIf } from "../../support/optional";
import { HOW, pythonPrograms } from "../../support/python";

const bin = pythonPrograms(join(__dirname, "linters/parliament.txt"));

const Findings = z.array(
  z.object({ policy: z.string(), issue: z.string(), severity: z.string(), detail: z.string(), location: z.string() }),
);
const Statement = z.looseObject({
  Condition: z.record(z.string(), z.record(z.string(), z.array(z.string()))).optional(),
});
const Document = z.looseObject({ Statement: z.array(Statement) });

/** Every policy of a stack except trust policies: parliament requires a Resource in each statement. */
function policiesOf(name: string, { resource }: Json): Readonly<Record<string, unknown>> {
  const found = Object.entries(resource).flatMap(([type, byName]) =>
    Object.entries(byName).flatMap(([id, attributes]) =>
      Object.entries(attributes)
        .filter(([key, value]) => key !== "assume_role_policy" && String(value).startsWith('{"Version"'))
        .map(([key, value]) => [`${name} ${type}.${id}.${key}`, Document.parse(JSON.parse(String(value)))] as const),
    ),
  );
  return Object.fromEntries(found.map(([title, document]) => [title, scalarBooleans(document)]));
}

/** AWS accepts a list with one value for `Bool`, but parliament 1.6.4 throws an exception. */
function scalarBooleans(document: z.infer<typeof Document>): unknown {
  const scalar = (of: Readonly<Record<string, readonly string[]>>) =>
    Object.fromEntries(Object.entries(of).map(([key, values]) => [key, values[0]]));
  return {
    ...document,
    Statement: document.Statement.map(({ Condition, ...rest }) => ({
      ...rest,
      ...(Condition === undefined
        ? {}
        : { Condition: { ...Condition, ...(Condition.Bool === undefined ? {} : { Bool: scalar(Condition.Bool) }) } }),
    })),
  };
}

function find(policies: Readonly<Record<string, unknown>>) {
  const script = join(__dirname, "linters/run_parliament.py");
  const { status, stdout, stderr } = spawnSync(join(bin ?? "", "python"), [script], {
    input: JSON.stringify(policies),
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(`parliament failed: ${stderr}`);
  return Findings.parse(JSON.parse(stdout));
}

/** Production with every option on. */
function full() {
  const { relay, ...rest } = environment("production", live);
  const parsed = EnvironmentSchema.parse({
    ...rest,
    retired: true,
    policy: { feedback: true },
    relay,
  } satisfies EnvironmentInput);
  if (!isOnAws(parsed)) throw new Error("expected an environment on AWS");
  return parsed;
}

describeIf(
  bin,
  "parliament, a linter of IAM policies",
  HOW,
)("parliament, a linter from outside this project", () => {
  it("finds nothing in any policy of the foundation, of staging and of production", () => {
    const all = [environment("staging"), environment("production", live), full()].map((one) => {
      const [account] = accountsOf([one]);
      if (account === undefined) throw new Error("there is no account");
      return {
        ...policiesOf(one.name, json(integration(one))),
        ...policiesOf("foundation", json(foundation(account))),
      };
    });
    expect(all.map((policies) => Object.keys(policies).length).every((count) => count > 8)).toBe(true);
    expect(all.flatMap(find)).toEqual([]);
  });

  it("would find an unknown action and a wrong resource", () => {
    const policy = (Action: string, Resource: string) => ({
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Action: [Action], Resource: [Resource] }],
    });
    const arn = "arn:aws:lambda:us-east-1:111122223333:event-source-mapping:*";
    const found = find({ a: policy("lambda:Nothing", arn), b: policy("lambda:CreateEventSourceMapping", arn) });
    expect(found.map(({ policy: name, issue }) => `${name} ${issue}`)).toEqual([
      "a UNKNOWN_ACTION",
      "b RESOURCE_MISMATCH",
    ]);
  });
});
