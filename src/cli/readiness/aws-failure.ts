/** Why AWS did not tell, and what the person at the terminal can do about it. */
import type { Known } from "../../review/readiness/facts";

type NotKnown = Extract<Known<never>, { readonly known: false }>;

/** @param what was asked for, such as `the secrets` */
export function awsFailure(error: unknown, what: string): NotKnown {
  const name = error instanceof Error ? error.name : "unknown error";
  const told = error instanceof Error ? error.message : String(error);
  if (name === "CredentialsProviderError" || name === "TokenProviderError") {
    return {
      known: false,
      why: `there are no AWS credentials to look at ${what} with.`,
      remedy: "`aws sso login`, and name the profile in AWS_PROFILE",
    };
  }
  if (/AccessDenied|AuthorizationError|UnauthorizedOperation/.test(name)) {
    return {
      known: false,
      why: `your AWS role may not look at ${what}.`,
      remedy: "take the operator's role of this environment (docs/aws.md)",
    };
  }
  return { known: false, why: `AWS did not tell of ${what} (${name}): ${told}`, remedy: "look again" };
}
