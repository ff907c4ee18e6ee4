import { attachedTo } from "./iam";
import { attributes, foundation, integration, type Json, json } from "./samples";
import { apac, emea, sharedAccount } from "./two-regions";

const stacks = { emea: json(integration(emea)), apac: json(integration(apac)) };
const base = json(foundation(sharedAccount()));

/** Every Region in a stack, except its state's. */
const regionsIn = ({ terraform: _terraform, ...rest }: Json) =>
  [...new Set(JSON.stringify(rest).match(/\b[a-z]{2}-[a-z]+-\d\b/g))].sort();

describe("environments in two Regions of one account", () => {
  it("each have everything in their own Region", () => {
    expect(regionsIn(stacks.emea)).toEqual(["eu-central-1"]);
    expect(regionsIn(stacks.apac)).toEqual(["ap-southeast-2"]);
    expect(stacks.apac.provider).toMatchObject({ aws: [{ region: "ap-southeast-2" }] });
  });

  it("share one state bucket, in the Region that both name, with separate states", () => {
    const bucket = { bucket: "relay-state-012345678901", region: "eu-central-1" };
    expect(stacks.emea.terraform.backend).toMatchObject({ s3: { ...bucket, key: "emea.tfstate" } });
    expect(stacks.apac.terraform.backend).toMatchObject({ s3: { ...bucket, key: "apac.tfstate" } });
    expect(base.terraform.backend).toMatchObject({ s3: { ...bucket, key: "foundation-012345678901.tfstate" } });
    expect(base.provider).toMatchObject({ aws: [{ region: "eu-central-1" }] });
  });

  it("share no resource name", () => {
    const names = (of: Json) =>
      Object.values(of.resource).flatMap((byName) =>
        Object.values(byName).flatMap((made) => [made.name, made.function_name, made.alarm_name].filter(isOwn)),
      );
    const isOwn = (name: unknown): name is string => typeof name === "string" && name.startsWith("relay");
    expect(names(stacks.emea).length).toBeGreaterThan(30);
    expect(names(stacks.emea).filter((name) => names(stacks.apac).includes(name) && name !== "relay")).toEqual([]);
  });

  it("have roles that cannot change the other environment", () => {
    for (const [own, other] of [
      ["emea", "apac"],
      ["apac", "emea"],
    ]) {
      const policy = JSON.stringify(attachedTo(base, `deploy_${own}_apply`));
      expect(policy).toContain(`relay-${own}-`);
      expect(policy).not.toContain(`relay-${other}-`);
    }
  });

  it("deliver to AWS's address without a domain", () => {
    expect(stacks.apac.resource.aws_route53_record).toBeUndefined();
    expect(attributes(stacks.apac, "gladly_webhook", "survey_webhook")).toMatchObject({
      name: "Acme: ask the customer",
      url: `\${aws_apigatewayv2_api.relay_endpoint_api.api_endpoint}/v1/webhooks/gladly`,
    });
  });
});
