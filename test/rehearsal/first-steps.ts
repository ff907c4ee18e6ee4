/** The steps to the first survey, as in docs/aws.md. */
import { eventually } from "../relay/support/wait";
import { apply, check, checkDone, checkNoChanges, said } from "./expectations";
import type { Step } from "./rehearse";
import { ACCOUNT, type World } from "./world";

const FOUNDATION = `foundation-${ACCOUNT}`;
export const PASSWORD = "rehearsal-password-of-more-than-32-characters";

export async function applyFoundation(world: World, env: NodeJS.ProcessEnv = {}): Promise<void> {
  await apply(world, FOUNDATION, env, "admin");
}

export async function putSecret(world: World, secret: string, value: string, name = "staging"): Promise<void> {
  checkDone(await world.relay(["secrets", "put", name, secret], { as: "secrets-admin", input: value }), secret);
}

/** Closes a conversation in Gladly, and waits until Stella has its survey. */
export async function surveyOf(world: World, mode: "test" | "production" = "test"): Promise<string> {
  const id = await world.sandbox.openConversation();
  await world.sandbox.closeConversation(id);
  const found = await eventually(
    async () => (await world.sandbox.requests()).filter(({ extInteractionId }) => extInteractionId === id),
    (requests) => requests.length > 0,
    { pause: 200, within: 120_000 },
  ).catch((error: unknown) => {
    throw new Error(`no survey: ${String(error)}\n${world.deployed.output()}`);
  });
  check(found.length === 1 && found[0]?.mode === mode && found[0].decision === "accepted", "the survey", found);
  return id;
}

export const firstSteps: readonly Step[] = [
  {
    title: "foundation: applied with its state on this machine",
    run: (world) => applyFoundation(world, { RELAY_BOOTSTRAP: ACCOUNT }),
  },
  {
    title: "foundation: state moved to the bucket with a temporary lock file; then no changes",
    run: async (world) => {
      const moved = await world.cdktf(["apply", FOUNDATION, "--auto-approve", "--migrate-state"], { as: "admin" });
      checkDone(moved, "--migrate-state");
      const locked = world.calls().filter(({ resource }) => resource.endsWith(`${FOUNDATION}.tfstate.tflock`));
      check(
        ["s3:PutObject", "s3:DeleteObject"].every((action) => locked.some((call) => call.action === action)),
        "no lock file was made and removed",
        locked,
      );
      await checkNoChanges(world, FOUNDATION, "admin");
    },
  },
  {
    title: "staging: the first apply stops and names each secret without a value, with its command",
    run: async (world) => {
      const env = { TF_VAR_webhook_password: PASSWORD };
      const stopped = await world.cdktf(["apply", "staging", "--auto-approve"], { as: "apply", env });
      // Terraform wraps and frames its sentences.
      const words = said(stopped).replace(/[│╷╵\s]+/g, " ");
      check(stopped.code !== 0, "the first apply did not stop", said(stopped));
      for (const secret of ["inbound", "gladly", "stella-test"]) {
        check(words.includes(`The secret relay/staging/${secret} has no value yet`), `no error for ${secret}`, words);
        check(words.includes(`npx relay secrets put staging ${secret}`), `no command for ${secret}`, words);
      }
      check(!words.includes("Iteration over null value"), "null causes an error", words);
    },
  },
  {
    title: "secrets put",
    run: async (world) => {
      const { gladlyToken, stellaTestKey } = world.sandbox.credentials;
      await putSecret(world, "inbound", PASSWORD);
      await putSecret(world, "gladly", gladlyToken);
      await putSecret(world, "stella-test", stellaTestKey);
      const status = await world.relay(["secrets", "status", "staging"], { as: "secrets-admin" });
      checkDone(status, "secrets status");
    },
  },
  {
    title:
      "staging: the second apply creates the webhook, whose PING the deployed ingest function answers; then no changes",
    run: async (world) => {
      await apply(world, "staging", { TF_VAR_webhook_password: PASSWORD });
      await checkNoChanges(world, "staging");
    },
  },
  {
    title: "a close causes one survey: gateway, ingest, queue, event source mapping, worker, Stella",
    run: async (world) => {
      const id = await surveyOf(world);
      const told = await world.relay(["explain", id, "--environment", "staging"], { as: "operator" });
      check(told.code === 0 && /outcome\s+sent/.test(told.out), "relay explain", said(told));
    },
  },
  {
    title: "the schedule calls the watchdog, which reads Gladly's history",
    run: async (world) => {
      const result = await world.deployed.tick();
      check(result.kind === "response", "the watchdog", { result, output: world.deployed.output() });
    },
  },
];
