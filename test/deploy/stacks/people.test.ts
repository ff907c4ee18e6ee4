import { call, callTable } from "./calls";
import { type Call, isAllowed, readPolicy } from "./iam";
import { accountOf, attributes, foundation, json } from "./samples";

const people = json(foundation(accountOf("production")));
const by = (name: string) => {
  const policy = readPolicy(attributes(people, "aws_iam_policy", `${name}_production`).policy);
  return (asked: Call) => isAllowed(asked, policy);
};
const operator = by("operator");
const admin = by("secrets_admin");

const arn = (service: string, resource: string) => `arn:aws:${service}:us-east-1:444455556666:${resource}`;
const secret = (name: string) => arn("secretsmanager", `secret:relay/production/${name}-a1B2c3`);
const fn = (name: string) => arn("lambda", `function:relay-production-${name}`);
const main = arn("sqs", "relay-production-main");
const parked = arn("sqs", "relay-production-dlq");
const ledger = arn("dynamodb", "table/relay-production-ledger");
const item = (key: string) => ({ "dynamodb:LeadingKeys": key });

describe("the policies of people", () => {
  it.each(
    callTable([
      ["an operator", operator, call("dynamodb:GetItem", ledger, item("conv#c1"))],
      ["an operator", operator, call("dynamodb:UpdateItem", ledger, item("note#paused"))],
      ["an operator", operator, call("sqs:ReceiveMessage", parked)],
      ["an operator", operator, call("sqs:ChangeMessageVisibility", parked)],
      ["an operator", operator, call("sqs:DeleteMessage", parked)],
      ["an operator", operator, call("sqs:SendMessage", main)],
      ["an operator", operator, call("lambda:InvokeFunction", fn("watchdog:live"))],
      ["a secrets admin", admin, call("secretsmanager:PutSecretValue", secret("stella-production"))],
      ["a secrets admin", admin, call("secretsmanager:DescribeSecret", secret("gladly"))],
      ["a secrets admin", admin, call("secretsmanager:GetSecretValue", secret("inbound"))],
    ]),
  )("%s may %s on %s", (_who, _action, _on, may, allowed) => {
    expect({ ...allowed, may: may(allowed) }).toEqual({ ...allowed, may: true });
  });

  it.each(
    callTable([
      ["an operator", operator, call("dynamodb:UpdateItem", ledger, item("conv#c1"))],
      ["an operator", operator, call("dynamodb:DeleteItem", ledger, item("conv#c1"))],
      ["an operator", operator, call("dynamodb:Scan", ledger)],
      ["an operator", operator, call("dynamodb:GetItem", arn("dynamodb", "table/relay-staging-ledger"))],
      ["an operator", operator, call("sqs:ReceiveMessage", main)],
      ["an operator", operator, call("sqs:DeleteMessage", main)],
      ["an operator", operator, call("sqs:PurgeQueue", parked)],
      ["an operator", operator, call("sqs:SendMessage", parked)],
      ["an operator", operator, call("lambda:InvokeFunction", fn("worker:live"))],
      ["an operator", operator, call("lambda:UpdateFunctionConfiguration", fn("worker"))],
      ["an operator", operator, call("secretsmanager:GetSecretValue", secret("gladly"))],
      ["an operator", operator, call("secretsmanager:PutSecretValue", secret("stella-test"))],
      ["a secrets admin", admin, call("secretsmanager:GetSecretValue", secret("gladly"))],
      ["a secrets admin", admin, call("secretsmanager:GetSecretValue", secret("probe"))],
      ["a secrets admin", admin, call("secretsmanager:GetSecretValue", secret("stella-test"))],
      ["a secrets admin", admin, call("secretsmanager:GetSecretValue", secret("stella-production"))],
      ["a secrets admin", admin, call("secretsmanager:DeleteSecret", secret("gladly"))],
      ["a secrets admin", admin, call("secretsmanager:PutResourcePolicy", secret("gladly"))],
      [
        "a secrets admin",
        admin,
        call("secretsmanager:PutSecretValue", arn("secretsmanager", "secret:relay/staging/gladly-a1B2c3")),
      ],
      ["a secrets admin", admin, call("dynamodb:GetItem", ledger)],
    ]),
  )("%s may not %s on %s", (_who, _action, _on, may, refused) => {
    expect({ ...refused, may: may(refused) }).toEqual({ ...refused, may: false });
  });

  it("deny a secrets admin to read a key, whatever else a permission set allows", () => {
    const everything = { Sid: "All", Effect: "Allow", Action: ["*"], Resource: ["*"] };
    const wide = readPolicy(JSON.stringify({ Version: "2012-10-17", Statement: [everything] }));
    const own = readPolicy(attributes(people, "aws_iam_policy", "secrets_admin_production").policy);
    const may = (name: string) => isAllowed(call("secretsmanager:GetSecretValue", secret(name)), [...own, ...wide]);
    expect(["inbound", "gladly", "probe", "stella-test", "stella-production"].filter(may)).toEqual(["inbound"]);
  });

  it("have names that a permission set can use before they exist", () => {
    const name = (id: string) => attributes(people, "aws_iam_policy", id).name;
    expect(name("operator_production")).toBe("relay-production-operator");
    expect(name("secrets_admin_production")).toBe("relay-production-secrets-admin");
  });
});
