/** A second environment in the account: the longest name, another Region than the state bucket's, and a custom domain. */
import { check, checkDone, said } from "./expectations";
import { applyFoundation, PASSWORD } from "./first-steps";
import type { Step } from "./rehearse";
import type { World } from "./world";

export const LONG = "environment-of-a-very-long-name";
const LONG_REGION = "ap-southeast-2";

export const otherEnvironmentSteps: readonly Step[] = [
  {
    title: "a longer name, another Region and a custom domain: applied up to the secrets, then destroyed",
    run: async (world) => {
      const { relay } = world.staging;
      if (relay.on !== "aws") throw new Error("expected an environment on AWS");
      const zone = await createZone(world);
      const other = {
        relay: {
          ...relay,
          ...{ region: LONG_REGION, stateRegion: "us-east-1" },
          domain: { name: "surveys.example.com", hostedZone: zone },
        },
        // Both environments are in one Gladly organization.
        topic: { name: "do_not_send_from_far_away" },
      };
      world.write(other, LONG);
      await applyFoundation(world);
      const env = { TF_VAR_webhook_password: PASSWORD };
      const stopped = await world.cdktf(["apply", LONG, "--auto-approve"], { as: "apply-other", env });
      const words = said(stopped).replace(/[│╷╵\s]+/g, " ");
      check(words.includes(`The secret relay/${LONG}/inbound has no value yet`), "the words", words);
      world.write({ ...other, retired: true }, LONG);
      await applyFoundation(world);
      // Without values the relay cannot answer the webhook's PING. By then the protection is off.
      await world.cdktf(["apply", LONG, "--auto-approve"], { as: "apply-other", env });
      const destroyed = await world.cdktf(["destroy", LONG, "--auto-approve"], { as: "apply-other" });
      checkDone(destroyed, "destroy");
    },
  },
];

async function createZone(world: World): Promise<string> {
  const body = `<CreateHostedZoneRequest xmlns="https://route53.amazonaws.com/doc/2013-04-01/"><Name>example.com.</Name><CallerReference>rehearsal</CallerReference></CreateHostedZoneRequest>`;
  const answer = await world.callAws("route53", "/2013-04-01/hostedzone", { method: "POST", body });
  const id = /<Id>\/hostedzone\/(\w+)<\/Id>/.exec(answer)?.[1];
  if (id === undefined) throw new Error(answer);
  return id;
}
