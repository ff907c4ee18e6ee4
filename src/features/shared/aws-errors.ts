/**
 * Turns errors of AWS into messages that say what to do. It recognizes errors by name, so it need not load an AWS client.
 */
import { types } from "node:util";
import { CommandError } from "../../cli/command";
import type { AwsEnvironment } from "../../environment";

/** Why a request to AWS failed. */
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

/** System error codes of a failed connection. The AWS client can wrap such an error and then keeps only its message. */
const UNREACHABLE = /\b(EAI_AGAIN|ECONNREFUSED|ECONNRESET|ENETUNREACH|ENOTFOUND|ETIMEDOUT)\b/;

/**
 * The error with a message that says what to do. Returns errors that are not AWS's unchanged.
 *
 * @param policy name of the policy that the user's role needs
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
      return `AWS does not know these credentials (${message}). Sign in again, to account ${account}.`;
    case "not allowed":
      return `your AWS role is not allowed to do this in account ${account}. Use a role with the policy ${policy} (docs/aws.md).`;
    case "not there":
      return (
        `there is no relay of ${name} in ${region} in the account of these credentials. Use credentials for account ` +
        `${account}. If it was never applied there, run \`npx cdktf apply ${name}\` first.`
      );
    case "unreachable":
      return `AWS cannot be reached in ${region} (${message}). Check your network connection.`;
    default:
      return cause satisfies never;
  }
}
