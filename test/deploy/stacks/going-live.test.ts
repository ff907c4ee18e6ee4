import { diffJson } from "diff";
import { attributes, environment, integration, json, live } from "./samples";

/** The changed lines of a stack's Terraform JSON. */
const changed = (before: object, after: object) =>
  diffJson(before, after)
    .filter(({ added, removed }) => added || removed)
    .flatMap(({ value, added }) =>
      value
        .trimEnd()
        .split("\n")
        .map((line) => `${added ? "+" : "-"} ${line.trim()}`),
    );

describe("going live", () => {
  const before = json(integration(environment("production")));
  const after = json(integration(environment("production", live)));

  it("changes the worker's key, its permission, the check for a value, and the outputs", () => {
    expect(
      changed(before, after).map((line) => line.replace(/(policy|condition|error_message|value)": .*/, "$1")),
    ).toEqual([
      '- "value',
      '+ "value',
      '- "policy',
      '+ "policy',
      '- "RELAY_STELLA_SECRET": "relay/production/stella-test",',
      '- "RELAY_SURVEY_MODE": "test"',
      '+ "RELAY_STELLA_SECRET": "relay/production/stella-production",',
      '+ "RELAY_SURVEY_MODE": "production"',
      '- "condition',
      '- "error_message',
      '+ "condition',
      '+ "error_message',
    ]);
  });

  it("swaps one secret for the other in the worker's policy", () => {
    const policy = (of: typeof before) => String(attributes(of, "aws_iam_role_policy", "relay_worker_policy").policy);
    expect(policy(after)).toBe(policy(before).replace("stella-test", "stella-production"));
  });

  it("is refused while the production key has no value", () => {
    const { lifecycle } = attributes(after, "gladly_webhook", "survey_webhook");
    expect(JSON.stringify(lifecycle)).toContain("npx relay secrets put production stella-production");
  });

  it("changes only Gladly's key if Gladly delivers to Stella itself", () => {
    const direct = { delivery: "direct" } as const;
    expect(
      changed(
        json(integration(environment("production", direct))),
        json(integration(environment("production", { ...direct, ...live }))),
      ),
    ).toEqual([
      '- "value": "the test address"',
      '+ "value": "customers"',
      expect.stringMatching(/^- "password_wo_version": \d+,$/),
      expect.stringMatching(/^\+ "password_wo_version": \d+,$/),
      expect.stringMatching(/^- "description": "Stella Connect's test key/),
      expect.stringMatching(/^\+ "description": "Stella Connect's production key/),
    ]);
  });
});
