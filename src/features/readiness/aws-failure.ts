/** A fact that AWS did not tell, with why and what to do. */

import { CommandError } from "../../cli/command";
import type { AwsEnvironment } from "../../environment";
import { explainedAwsError } from "../shared/aws-errors";
import type { Known } from "./facts";

/** @param what was asked for, such as `the secrets` */
export function awsFailure(
  error: unknown,
  environment: AwsEnvironment,
  what: string,
): Extract<Known<never>, { readonly known: false }> {
  const explained = explainedAwsError(error, environment, `relay-${environment.name}-operator`);
  const told = explained instanceof Error ? explained.message : String(explained);
  // What is explained already says what to do.
  const remedy = explained instanceof CommandError ? "then look again" : "look at AWS's words, and look again";
  return { known: false, why: `${what} could not be looked at: ${told}`, remedy };
}
