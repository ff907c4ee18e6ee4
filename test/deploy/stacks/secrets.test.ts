import { attributes, environment, integration, json } from "./samples";

const stack = json(integration(environment("production")));
const text = JSON.stringify(stack);

describe("secrets of an environment on AWS", () => {
  it("are created without a value", () => {
    expect(Object.keys(stack.resource.aws_secretsmanager_secret ?? {}).sort()).toEqual([
      "relay_secret_gladly",
      "relay_secret_inbound",
      "relay_secret_probe",
      "relay_secret_stella_api_secret",
      "relay_secret_stella_production",
      "relay_secret_stella_test",
    ]);
    expect(text).not.toContain('aws_secretsmanager_secret_version"');
    expect(text).not.toContain("secret_string");
  });

  it("reach Gladly as an ephemeral variable in a write-only argument", () => {
    expect(stack.variable).toEqual({
      webhook_password: expect.objectContaining({ ephemeral: true, sensitive: true, default: null }),
    });
    expect(text.split("var.webhook_password")).toHaveLength(2);
    expect(attributes(stack, "gladly_webhook", "survey_webhook").credentials).toEqual(
      expect.objectContaining({ password_wo: `\${var.webhook_password}` }),
    );
  });

  it("take Gladly's token from the environment variables of the plan", () => {
    expect(stack.provider).toEqual(
      expect.objectContaining({ gladly: [{ url: "https://example.gladly.com", user: "survey-relay@example.com" }] }),
    );
  });

  it("are read from Secrets Manager by name: a function's settings have no value", () => {
    for (const name of ["relay_ingest", "relay_worker", "relay_watchdog"]) {
      const variables = JSON.stringify(attributes(stack, "aws_lambda_function", name).environment);
      expect(variables).toMatch(/"RELAY_[A-Z]+_SECRET":"relay\/production\//);
    }
  });
});
