import { z } from "zod";
import { WATCHDOG } from "../../../src/contract/functions";
import { type Call, isAllowed, readPolicy } from "./iam";
import { addresses, attributes, environment, integration, type Json, json, live } from "./samples";

const Variables = z.object({ variables: z.record(z.string(), z.string()) });
const policy = { feedback: true };
const plain = json(integration(environment("production", live)));
const inTest = json(integration(environment("production", { policy })));
const inProduction = json(integration(environment("production", { ...live, policy })));

const secret = (name: string) => `arn:aws:secretsmanager:us-east-1:444455556666:secret:relay/production/${name}-a1B2c3`;
const reads = (of: Json, name: string, what: string) => {
  const call: Call = { action: "secretsmanager:GetSecretValue", resource: secret(what) };
  return isAllowed(call, readPolicy(attributes(of, "aws_iam_role_policy", `relay_${name}_policy`).policy));
};
const variables = (of: Json, name: string) =>
  Variables.parse(attributes(of, "aws_lambda_function", `relay_${name}`).environment).variables;

describe("the sync of survey answers on AWS", () => {
  it("needs no extra resources, so that disabling it destroys nothing", () => {
    expect(addresses(inProduction)).toEqual(addresses(plain));
    expect(addresses(inTest)).toEqual(addresses(plain));
    expect(addresses(plain)).toContain("aws_secretsmanager_secret.relay_secret_stella_api_secret");
  });

  it("lets the watchdog read Stella in production, and adds no permission in test mode", () => {
    const what = ["stella-production", "stella-api-secret"];
    expect(what.map((name) => reads(inProduction, "watchdog", name))).toEqual([true, true]);
    expect(what.map((name) => reads(inTest, "watchdog", name))).toEqual([false, false]);
    expect(what.map((name) => reads(plain, "watchdog", name))).toEqual([false, false]);
    expect(reads(inProduction, "watchdog", "stella-test")).toBe(false);
    for (const name of ["ingest", "worker"]) expect(reads(inProduction, name, "stella-api-secret")).toBe(false);
  });

  it("gives the watchdog the two names that its code needs, in production", () => {
    const variableNames = (of: Json) => Object.keys(variables(of, "watchdog")).sort();
    expect(variableNames(inProduction)).toEqual([...WATCHDOG.variables, ...WATCHDOG.optional].sort());
    expect(variableNames(inTest)).toEqual([...WATCHDOG.variables].sort());
    expect(variables(inProduction, "watchdog").RELAY_STELLA_SECRET).toBe("relay/production/stella-production");
  });

  it("grants exactly the calls that the watchdog's code declares", () => {
    const granted = readPolicy(attributes(inProduction, "aws_iam_role_policy", "relay_watchdog_policy").policy)
      .filter(({ Sid }) => Sid === "ReadSecrets")
      .flatMap(({ Resource }) => Resource ?? []);
    const needed = WATCHDOG.permissions.filter(({ action }) => action === "secretsmanager:GetSecretValue");
    expect(granted).toHaveLength(needed.length);
  });
});
