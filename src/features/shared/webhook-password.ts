/**
 * The password that an apply hands to Gladly. It is an ephemeral variable: in no state and no plan. Terraform takes it at
 * apply only when the plan that is applied was made with one, and any will do there; so a plan is made with a filler, and a
 * job that plans needs no secret of the webhook's.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { CommandError } from "../../cli/command";

const VARIABLE = "webhook_password";
/** How Terraform takes it from its environment. */
const TF_VARIABLE = `TF_VAR_${VARIABLE}`;

/** Whoever finds this as a password has found a mistake: an apply never hands it over. */
export const FILLER = "not-the-password-only-a-filler-for-plans";

const Stack = z.looseObject({ variable: z.record(z.string(), z.unknown()).default({}) });

/** What Terraform's environment needs besides for a plan of the stack in that folder. */
export function planVariables(folder: string): NodeJS.ProcessEnv {
  return takesPassword(folder) ? { [TF_VARIABLE]: FILLER } : {};
}

/**
 * The same for an apply.
 *
 * @param needed whether the plan hands a password to Gladly
 * @throws CommandError when it does, and none was given
 */
export function applyVariables(
  folder: string,
  environment: string,
  needed: boolean,
  env: NodeJS.ProcessEnv,
): NodeJS.ProcessEnv {
  if (!takesPassword(folder)) return {};
  const given = env[TF_VARIABLE] ?? "";
  if (!needed) return { [TF_VARIABLE]: given || FILLER };
  if (given !== "" && given !== FILLER) return { [TF_VARIABLE]: given };
  throw new CommandError(
    `this plan hands a password to Gladly, and none was given: ${TF_VARIABLE} is ${given === "" ? "empty" : "the filler"}. ` +
      'Nothing was applied. Put the password whose digest is in the relay\'s secret `inbound` (with delivery "direct": ' +
      `Stella's key) into the secret WEBHOOK_PASSWORD of the environment ${environment}, and run this job again.`,
  );
}

function takesPassword(folder: string): boolean {
  const { variable } = Stack.parse(JSON.parse(readFileSync(join(folder, "cdk.tf.json"), "utf8")));
  return Object.hasOwn(variable, VARIABLE);
}
