/**
 * The webhook's password for an apply. It is an ephemeral variable, so no state and no plan contains it. Terraform accepts it
 * at apply only if the plan was made with one, and any value works there. So plans use a filler, and a job that plans needs no
 * secret of the webhook.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { CommandError } from "../../cli/command";

const VARIABLE = "webhook_password";
/** The variable's name in Terraform's environment. */
const TF_VARIABLE = `TF_VAR_${VARIABLE}`;

/** An apply never sends this value to Gladly. */
export const FILLER = "not-the-password-only-a-filler-for-plans";

const Stack = z.looseObject({ variable: z.record(z.string(), z.unknown()).default({}) });

/** Additional variables for Terraform to plan the stack in that folder. */
export function planVariables(folder: string): NodeJS.ProcessEnv {
  return takesPassword(folder) ? { [TF_VARIABLE]: FILLER } : {};
}

/**
 * The same for an apply.
 *
 * @param needed whether the plan sends a password to Gladly
 * @throws CommandError if it does and none was given
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
