/** The steps after the first survey, until the environment is destroyed. */
import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { z } from "zod";
import { SECRETS } from "../../src/contract/secrets";
import type { EnvironmentInput } from "../../src/environment";
import { eventually } from "../relay/support/wait";
import { pythonPrograms } from "../support/python";
import { run } from "../support/run";
import { awsVariables } from "./access-keys";
import { apply, check, checkDone, checkNoChanges, said } from "./expectations";
import { applyFoundation, PASSWORD, putSecret, surveyOf } from "./first-steps";
import type { Step } from "./rehearse";
import { ACCOUNT, type World } from "./world";

const NEW_PASSWORD = `${PASSWORD}-changed`;
const live: Partial<EnvironmentInput> = {
  surveyMode: "production",
  manualSteps: { integratedChannel: { by: "the rehearsal", on: "2026-11-22" } },
};
/** The webhook's settings after the rotation. */
export const webhook = { name: "Send Stella Survey", passwordVersion: 2 };

/** Posts a delivery as Gladly does. @returns the status */
async function post(world: World, password: string): Promise<number> {
  const response = await fetch(`${world.deployed.gateway.url}/v1/webhooks/gladly`, {
    method: "POST",
    headers: {
      authorization: `Basic ${Buffer.from(`connect:${password}`).toString("base64")}`,
      "content-type": "application/json",
    },
    body: JSON.stringify({ id: "ping", type: "PING", timestamp: new Date().toISOString() }),
  });
  await response.arrayBuffer();
  return response.status;
}

/** The numbers from `Apply complete! Resources: 0 added, 3 changed, 0 destroyed.` */
const counts = (text: string) => /Resources: (\d+ added, \d+ changed, \d+ destroyed)/.exec(text)?.[1];

export const laterSteps: readonly Step[] = [
  {
    title: "going live without the production key stops and names the secret without a value",
    run: async (world) => {
      world.write(live);
      const stopped = await world.cdktf(["apply", "staging", "--auto-approve"], { as: "apply" });
      const words = said(stopped).replace(/[│╷╵\s]+/g, " ");
      check(stopped.code !== 0, "it did not stop", words);
      check(words.includes("The secret relay/staging/stella-production has no value yet"), "the words", words);
    },
  },
  {
    title: "going live changes the worker, its alias and its policy; the next survey goes to a customer",
    run: async (world) => {
      await putSecret(world, "stella-production", world.sandbox.credentials.stellaProductionKey);
      const applied = await apply(world, "staging");
      check(counts(said(applied)) === "0 added, 3 changed, 0 destroyed", "what changed", said(applied));
      await surveyOf(world, "production");
    },
  },
  {
    title: "survey answers on: the watchdog reads Stella",
    run: async (world) => {
      world.write({ ...live, policy: { feedback: true } });
      await putSecret(world, "stella-api-secret", world.sandbox.credentials.stellaApiSecret);
      await apply(world, "staging");
      // The first sync only stores the time.
      for (const _look of [1, 2]) {
        const result = await world.deployed.tick();
        check(result.kind === "response", "the watchdog", { result, output: world.deployed.output() });
      }
      const read = world.calls().filter(({ resource }) => resource.includes("stella-api-secret"));
      check(
        read.some(({ action }) => action === "secretsmanager:GetSecretValue"),
        "Stella's API secret was not read",
        read,
      );
    },
  },
  {
    title: "survey answers off, and back to test mode: the next survey goes to the test address",
    run: async (world) => {
      world.write({});
      await apply(world, "staging");
      await surveyOf(world, "test");
    },
  },
  {
    title: "the webhook's password is rotated: both are accepted, then Gladly delivers with the new one",
    run: async (world) => {
      checkDone(
        await world.relay(["secrets", "rotate", "staging"], { as: "secrets-admin", input: NEW_PASSWORD }),
        "rotate",
      );
      // A function reads the digests again only when its copy is older than ten seconds.
      await eventually(
        () => post(world, NEW_PASSWORD),
        (status) => status === 200,
        { pause: 1_000, within: 60_000 },
      );
      const statuses = [await post(world, PASSWORD), await post(world, "guessed")];
      check(statuses.join() === "200,401", "answers to the old and a wrong password", statuses);
      world.write({ webhook });
      await apply(world, "staging", { TF_VAR_webhook_password: NEW_PASSWORD });
      const status = await world.relay(["secrets", "status", "staging", "--json"], { as: "secrets-admin" });
      const { accepted } = z.object({ accepted: z.array(z.string()) }).parse(JSON.parse(status.out));
      const retire = ["secrets", "rotate", "staging", "--retire", accepted[0] ?? ""];
      checkDone(await world.relay(retire, { as: "secrets-admin" }), "retire");
      await surveyOf(world);
    },
  },
  {
    title: "paused and resumed by an operator",
    run: async (world) => {
      for (const command of ["pause", "resume"]) {
        checkDone(await world.relay([command, "--environment", "staging"], { as: "operator" }), command);
      }
      const ready = await world.relay(["readiness", "staging"], { as: "operator" });
      check(ready.code !== 1, "readiness", said(ready));
    },
  },
  {
    title: "ten kinds of resources are changed manually: drift reports each, an apply reverts all",
    run: async (world) => {
      const python = join(pythonPrograms(join(__dirname, "emulator/requirements.txt")) ?? "", "python");
      const env = { ...process.env, ...awsVariables(world.emulator.url, "us-east-1", "hand") };
      const script = join(__dirname, "emulator/by_hand.py");
      const changed = await run(python, [script, "staging"], { cwd: world.scratch.folder, env });
      checkDone(changed, "by_hand.py");
      const wanted = z.array(z.string()).parse(JSON.parse(changed.out));
      const drifted = await world.relay(["drift", "staging", "--json"], { as: "plan" });
      check(drifted.code === 2, "drift", said(drifted));
      const missed = wanted.filter((address) => !drifted.out.includes(address));
      check(missed.length === 0, `not reported: ${missed.join()}`, said(drifted));
      await apply(world, "staging");
      const healed = await world.relay(["drift", "staging"], { as: "plan" });
      checkDone(healed, "drift afterwards");
    },
  },
  {
    title: "a key made by the foundation, tracing and a year of logs: applied to everything; a survey through them",
    run: async (world) => {
      const { relay } = world.staging;
      if (relay.on !== "aws") throw new Error("it is on AWS");
      world.write({ webhook, relay: { ...relay, kmsKey: "foundation", tracing: true, logRetentionDays: 365 } });
      await applyFoundation(world);
      await apply(world, "staging");
      await checkNoChanges(world, "staging");
      check((await keyOfQueue(world)) !== undefined, "the queue has no key");
      await surveyOf(world);
    },
  },
  {
    title: "without the key again: the environment no longer uses it, and the foundation keeps it",
    run: async (world) => {
      const KeyId = await keyOfQueue(world);
      for (const secret of Object.values(SECRETS)) {
        const SecretId = `relay/staging/${secret}`;
        const body = { SecretId, KmsKeyId: "alias/aws/secretsmanager", ClientRequestToken: randomUUID() };
        await callJson(world, "secretsmanager", "secretsmanager.UpdateSecret", body);
      }
      world.write({ webhook });
      await apply(world, "staging");
      await applyFoundation(world);
      const after = await keyOfQueue(world);
      check(after === undefined, "the queue still has a key", after);
      await checkNoChanges(world, "staging");
      const described = await callJson(world, "kms", "TrentService.DescribeKey", { KeyId });
      check(Key.parse(JSON.parse(described)).KeyMetadata.KeyState === "Enabled", "the key was not kept", described);
      await surveyOf(world);
    },
  },
  {
    title: "forward instead of enrich, and back",
    run: async (world) => {
      world.write({ webhook, delivery: "forward" });
      await apply(world, "staging");
      await surveyOf(world);
      world.write({ webhook });
      await apply(world, "staging");
      await surveyOf(world);
    },
  },
  {
    title: "an environment in use cannot be destroyed",
    run: async (world) => {
      const refused = await world.cdktf(["destroy", "staging", "--auto-approve"], { as: "apply" });
      check(refused.code !== 0 && said(refused).includes("prevent_destroy"), "it was not protected", said(refused));
    },
  },
  {
    title: "direct, while the relay drains; then without it",
    run: async (world) => {
      const direct = { webhook, delivery: "direct" } as const;
      world.write({ ...direct, draining: "enrich" });
      await applyFoundation(world);
      await apply(world, "staging", { TF_VAR_webhook_password: world.sandbox.credentials.stellaTestKey });
      const id = await world.sandbox.openConversation();
      await world.sandbox.closeConversation(id);
      world.write(direct);
      await apply(world, "staging");
      await checkNoChanges(world, "staging");
    },
  },
  {
    title:
      "a relay again: AWS refuses the secrets' names for 30 days; after a permanent deletion as in docs/aws.md it is created",
    run: async (world) => {
      world.write({ webhook });
      const env = { TF_VAR_webhook_password: NEW_PASSWORD };
      const refused = await world.cdktf(["apply", "staging", "--auto-approve"], { as: "apply", env });
      const words = said(refused).replace(/[│╷╵\s]+/g, " ");
      check(refused.code !== 0 && words.includes("already scheduled for deletion"), "AWS's words", words);
      const status = await world.relay(["secrets", "status", "staging"], { as: "secrets-admin" });
      check(status.code === 2 && status.out.includes("deleted, can be restored until"), "secrets status", said(status));
      for (const secret of Object.values(SECRETS)) await deleteForGood(world, `relay/staging/${secret}`);
      const stopped = await world.cdktf(["apply", "staging", "--auto-approve"], { as: "apply", env });
      check(said(stopped).includes("has no value yet"), "it should stop for the values", said(stopped).slice(-3000));
      const { gladlyToken, stellaTestKey } = world.sandbox.credentials;
      await putSecret(world, "inbound", NEW_PASSWORD);
      await putSecret(world, "gladly", gladlyToken);
      await putSecret(world, "stella-test", stellaTestKey);
      await apply(world, "staging", env);
      await surveyOf(world);
    },
  },
];

/** A call of AWS's JSON protocol. */
function callJson(world: World, service: string, target: string, body: object): Promise<string> {
  const headers = { "x-amz-target": target, "content-type": "application/x-amz-json-1.1" };
  return world.callAws(service, "/", { method: "POST", headers, body: JSON.stringify(body) });
}

async function deleteForGood(world: World, secret: string): Promise<void> {
  const body = { SecretId: secret, ForceDeleteWithoutRecovery: true };
  await callJson(world, "secretsmanager", "secretsmanager.DeleteSecret", body);
}

/** The KMS key of the queue of accepted events; undefined where it has none. */
async function keyOfQueue(world: World): Promise<string | undefined> {
  const QueueUrl = `${world.emulator.url}/${ACCOUNT}/relay-staging-main`;
  const answer = await callJson(world, "sqs", "AmazonSQS.GetQueueAttributes", { QueueUrl, AttributeNames: ["All"] });
  return QueueAttributes.parse(JSON.parse(answer)).Attributes.KmsMasterKeyId;
}

const QueueAttributes = z.looseObject({ Attributes: z.looseObject({ KmsMasterKeyId: z.string().optional() }) });
const Key = z.looseObject({ KeyMetadata: z.looseObject({ KeyState: z.string() }) });

/**
 * The steps that remove staging, as in docs/aws.md.
 *
 * @param change the environment file's settings, without `retired`
 */
export const lastSteps = (change: Partial<EnvironmentInput>): readonly Step[] => [
  {
    title: "retired: the foundation allows deletion, an apply removes the protection, destroy leaves nothing",
    run: async (world) => {
      world.write({ ...change, retired: true });
      await applyFoundation(world);
      await apply(world, "staging");
      const destroyed = await world.cdktf(["destroy", "staging", "--auto-approve"], { as: "apply" });
      checkDone(destroyed, "destroy");
      const state = z
        .looseObject({ resources: z.array(z.unknown()) })
        .parse(JSON.parse(await world.callAws("s3", `/relay-state-${ACCOUNT}/staging.tfstate`)));
      check(state.resources.length === 0, "the state still has", state.resources);
      const left = await world.callAws("lambda", "/2015-03-31/functions/");
      check(!left.includes("relay-staging-"), "functions are left", left);
    },
  },
];
