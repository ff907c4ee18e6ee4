/** Plans of environments on AWS, by the real AWS provider with generated states. */
import { z } from "zod";
import type { EnvironmentInput } from "../../../../src/environment";
import production from "../../../../stacks/environments/production";
import type { Json } from "../../../deploy/stacks/samples";
import { AwsProject, LIVE } from "./aws-project";
import type { Made } from "./local-cases";
import { normalised } from "./normalise";

if (production.relay.on !== "aws") throw new Error("the sample production is meant to be on AWS");
const { domain: _domain, ...RELAY } = production.relay;

type Stacks = Readonly<Record<string, Json>>;

/** Moves of production: to another account, to another Region, and with its webhook and topic. The new state is empty. */
export async function makeMoves(mirror: string, made: Made): Promise<void> {
  const project = await AwsProject.open(mirror);
  const keep = (name: string, plan: string, more: Readonly<Record<string, string>> = {}) =>
    made(name, normalised(plan, { ...known(project), ...more }, { providers: true }));
  const to = async (place: Partial<typeof RELAY>, more: Partial<EnvironmentInput> = {}) =>
    project.plan("production", await withoutDomain(project, { relay: { ...RELAY, ...place }, ...more }));
  const account = "111122223333";
  try {
    keep("aws-moved-account", await to({ account }));
    keep("aws-moved-region", await to({ region: "eu-west-1" }));
    const { url, webhook, topic } = await project.imported();
    const adopted = { webhook: { id: webhook, key: "test" as const }, topic: { id: topic } };
    keep("aws-moved-with-webhook", await to({ account }, { adopted }), { [url]: "https://relay.example.com" });
  } finally {
    await project.close();
  }
}

function known(project: AwsProject): Readonly<Record<string, string>> {
  return {
    [project.gladlyUrl]: "https://example.gladly.com",
    [project.secretsUrl]: "https://secrets.example.com",
  };
}

export async function makeAwsPlans(mirror: string, made: Made): Promise<void> {
  const project = await AwsProject.open(mirror);
  const keep = (name: string, plan: string) => made(name, normalised(plan, known(project)));
  try {
    const samples = await project.stacks();
    keep("aws-first-deployment", await project.plan("staging", named(samples, "staging")));
    keep("aws-foundation", await project.plan("foundation-111122223333", named(samples, "foundation-111122223333")));

    const test = await withoutDomain(project);
    await plansOfChanges(project, keep, test, await project.applied("production", test));
    // Without AWS's data about the certificate, the plan would have an update without changes.
    keep(
      "aws-domain",
      await project.plan("production", named(samples, "production"), await project.applied("production", test)),
    );
  } finally {
    await project.close();
  }
}

/** Plans of the production sample without its domain. */
export async function withoutDomain(project: AwsProject, more: Partial<EnvironmentInput> = {}): Promise<Json> {
  return named(await project.stacks({ production: { relay: RELAY, ...more } }), "production");
}

/** Plans of changes after an apply in test mode. */
export async function plansOfChanges(project: AwsProject, keep: Made, test: Json, state: string): Promise<void> {
  const plan = (json: Json, ...args: readonly string[]) => project.plan("production", json, state, ...args);
  const change = (more: Partial<EnvironmentInput>) => withoutDomain(project, more);
  const loose = edited(test, unprotect);
  const live = await plan(await change(LIVE));
  keep("aws-go-live", live);
  keep("aws-queue-replaced", await plan(edited(loose, renameQueue)));
  keep("aws-alarms", await plan(edited(test, loosenAlarms)));
  keep("aws-permissions", await plan(edited(test, widenPermissions)));
  keep("aws-way-back", await project.plan("production", test, project.after(live)));
  keep("aws-delivery-direct", await plan(edited(await change({ delivery: "direct" }), unprotect)));
  keep("aws-smaller", await plan(await change({ relay: { ...RELAY, ...SMALLER } })));
  keep("aws-destroy", await plan(loose, "-destroy"));
  keep("aws-queue-protected", await plan(edited(test, renameQueue)));
  keep("aws-no-changes", await plan(test));
  keep("aws-policy", await plan(await change({ policy: { channels: { SMS: null }, bots: ["greeter@example.com"] } })));
}

function named(stacks: Stacks, name: string): Json {
  const found = stacks[name];
  if (found === undefined) throw new Error(`there is no stack ${name}`);
  return found;
}

const SMALLER = {
  conversationsPerDay: 100,
  logRetentionDays: 30 as const,
  alarms: { email: "somebody-else@example.com", budget: 10, busyHours: { from: 9, to: 17 } },
};

function edited(stack: Json, edit: (copy: Json) => void): Json {
  const copy: Json = structuredClone(stack);
  edit(copy);
  return copy;
}

function resource(stack: Json, type: string, name: string): Record<string, unknown> {
  const found = stack.resource[type]?.[name];
  if (found === undefined) throw new Error(`there is no ${type}.${name}`);
  return found;
}

function loosenAlarms(stack: Json): void {
  delete stack.resource.aws_cloudwatch_metric_alarm?.relay_alarm_silence;
  resource(stack, "aws_cloudwatch_metric_alarm", "relay_alarm_pending").threshold = 86_400;
  resource(stack, "aws_cloudwatch_metric_alarm", "relay_alarm_deliveries_fail").alarm_actions = [];
}

const Policy = z.looseObject({
  Statement: z.array(z.looseObject({ Sid: z.string(), Action: z.array(z.string()), Resource: z.array(z.string()) })),
});

function widenPermissions(stack: Json): void {
  const role = resource(stack, "aws_iam_role_policy", "relay_ingest_policy");
  const policy = Policy.parse(JSON.parse(z.string().parse(role.policy)));
  const secrets = policy.Statement.find(({ Sid }) => Sid === "ReadSecrets");
  secrets?.Resource.push(String(secrets.Resource[0]).replace("inbound", "stella-production"));
  policy.Statement.push({ Sid: "Everything", Effect: "Allow", Action: ["s3:*"], Resource: ["*"] });
  role.policy = JSON.stringify(policy);
  const trust = resource(stack, "aws_iam_role", "relay_ingest_role");
  trust.assume_role_policy = z
    .string()
    .parse(trust.assume_role_policy)
    .replace("lambda.amazonaws.com", "ec2.amazonaws.com");
}

function renameQueue(stack: Json): void {
  resource(stack, "aws_sqs_queue", "relay_queue_main").name = "relay-production-main-2";
}

/** Removes the protection of data, as in docs/aws.md. */
function unprotect(stack: Json): void {
  for (const byName of Object.values(stack.resource)) {
    for (const one of Object.values(byName)) {
      if ("lifecycle" in one) one.lifecycle = { ...z.looseObject({}).parse(one.lifecycle), prevent_destroy: false };
    }
  }
}
