/**
 * What goes wrong between a person's machine and AWS, in words to act on. The clients' errors are told apart by their
 * names, so that no client is loaded to do so.
 */
import { types } from "node:util";
import { CommandError } from "../../cli/command";
import type { AwsEnvironment } from "../../environment";

/** Why AWS could not be asked, or did not answer as it should. */
type Cause = "no credentials" | "expired" | "unknown credentials" | "not allowed" | "not there" | "unreachable";

const CAUSES: Readonly<Record<string, Cause>> = {
  CredentialsProviderError: "no credentials",
  TokenProviderError: "no credentials",
  ExpiredToken: "expired",
  ExpiredTokenException: "expired",
  InvalidClientTokenId: "unknown credentials",
  InvalidSignatureException: "unknown credentials",
  SignatureDoesNotMatch: "unknown credentials",
  UnrecognizedClientException: "unknown credentials",
  AccessDenied: "not allowed",
  AccessDeniedException: "not allowed",
  AuthorizationErrorException: "not allowed",
  QueueDoesNotExist: "not there",
  ResourceNotFoundException: "not there",
  TimeoutError: "unreachable",
};

/** The system's words when no connection came about. The client may wrap its error, and then keeps only the message. */
const UNREACHABLE = /\b(EAI_AGAIN|ECONNREFUSED|ECONNRESET|ENETUNREACH|ENOTFOUND|ETIMEDOUT)\b/;

/**
 * The error as the person at the terminal reads it; an error that is not AWS's is given back as it is.
 *
 * @param policy name of the policy that the person's role needs
 */
export function explainedAwsError(error: unknown, environment: AwsEnvironment, policy: string): unknown {
  const cause = causeOf(error);
  if (cause === undefined) return error;
  const message = types.isNativeError(error) ? error.message : String(error);
  return new CommandError(remedy(cause, environment, policy, message));
}

function causeOf(error: unknown): Cause | undefined {
  if (!types.isNativeError(error)) return undefined;
  if (Object.hasOwn(CAUSES, error.name)) return CAUSES[error.name];
  return UNREACHABLE.test(error.message) ? "unreachable" : undefined;
}

function remedy(cause: Cause, { name, relay }: AwsEnvironment, policy: string, message: string): string {
  const { account, region } = relay;
  switch (cause) {
    case "no credentials":
      return `no AWS credentials were found. Sign in (\`aws sso login\`) and name the profile for account ${account} in AWS_PROFILE.`;
    case "expired":
      return "the AWS credentials have expired. Sign in again (`aws sso login`).";
    case "unknown credentials":
      return `AWS does not know these credentials (${message}). Sign in anew, for account ${account}.`;
    case "not allowed":
      return `your AWS role may not do this in account ${account}. Take a role with the policy ${policy} (docs/aws.md).`;
    case "not there":
      return (
        `there is no relay of ${name} in ${region} of the account that these credentials are of. It is in account ` +
        `${account}, once \`npx cdktf apply ${name}\` has made it.`
      );
    case "unreachable":
      return `AWS cannot be reached in ${region} (${message}). Is there a network?`;
    default:
      return cause satisfies never;
  }
}
