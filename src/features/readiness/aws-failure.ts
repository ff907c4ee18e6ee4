/** A fact that AWS did not give, with the cause and what to do. The cause is the same for every fact that it hides. */

import { CommandError } from "../../cli/command";
import { messageOf } from "../../contract/error-message";
import type { AwsEnvironment } from "../../environment";
import { explainedAwsError } from "../shared/aws-errors";
import type { Known } from "./facts";

export function awsFailure(
  error: unknown,
  environment: AwsEnvironment,
): Extract<Known<never>, { readonly known: false }> {
  const explained = explainedAwsError(error, environment, `relay-${environment.name}-operator`);
  const why = messageOf(explained);
  // An explained error says what to do.
  const remedy =
    explained instanceof CommandError
      ? "do that, then run this command again"
      : "solve AWS's error, then run this command again";
  return { known: false, why, remedy };
}
