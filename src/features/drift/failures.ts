/** Why a stack could not be read, and what to do about it. */
import type { Environment } from "../../environment";
import { TerraformFailed } from "../../terraform/terraform";
import type { NotKnown } from "./observation";

/** Characters of Terraform's own error that are shown. */
const LONGEST = 600;

interface Known {
  readonly fits: RegExp;
  /** Instead of Terraform's own error, where that does not help. */
  readonly says?: string;
  readonly remedy: (stack: string, environment: Environment | undefined) => string;
}

/** Errors of Terraform that a person can solve. The first that fits counts. */
const KNOWN: readonly Known[] = [
  {
    fits: /No valid credential sources|failed to refresh cached credentials|ExpiredToken|InvalidClientTokenId|security token .* (?:invalid|expired)|SignatureDoesNotMatch|InvalidAccessKeyId/i,
    says: "There are no AWS credentials, or they have expired.",
    remedy: (stack) =>
      `use AWS credentials that may read ${stack}, such as its plan role (\`aws sso login\`, then AWS_PROFILE), and try again`,
  },
  {
    fits: /AWS account ID not allowed|account ID .* not allowed/i,
    remedy: (stack) => `the AWS credentials belong to another account: use those of ${stack}`,
  },
  {
    fits: /S3 bucket .* does not exist|NoSuchBucket/i,
    remedy: () => "the account's foundation creates the state bucket: see docs/aws.md",
  },
  {
    fits: /state file|Error refreshing state|state data in S3 does not have the expected content/i,
    remedy: (stack) =>
      `the state of ${stack} is damaged: restore the last good one (\`terraform.tfstate.backup\` beside it, or an older version in the bucket) before you apply anything`,
  },
  {
    fits: /Gladly refused the user or the token/i,
    remedy: (stack, environment) =>
      environment?.relay.on === "aws"
        ? `set GLADLY_TOKEN to an API token of ${environment.gladly.user} at ${environment.gladly.url}`
        : `put the token of ${environment?.gladly.user ?? "the Gladly user"} into the secret gladly-token of ${stack}`,
  },
  {
    fits: /Gladly (?:cannot be reached|did not answer)|cannot be reached/i,
    remedy: (_, environment) =>
      environment?.relay.on === "aws"
        ? `check that ${environment.gladly.url} can be reached from here, and try again`
        : "start the sandbox, then run this command again",
  },
  {
    fits: /Failed to query available provider packages|could not connect to registry|Failed to install provider/i,
    remedy: () => "check that Terraform's registry, or your mirror of it, can be reached from here, and try again",
  },
];

/** @throws errors that are not about this stack alone */
export function notKnownFor(error: unknown, stack: string, environment: Environment | undefined): NotKnown {
  // Without Terraform no stack can be read: one error, not one for each stack.
  if (!(error instanceof TerraformFailed) || /cannot be started/.test(error.message)) throw error;
  const said = firstWords(error);
  const known = KNOWN.find(({ fits }) => fits.test(said) || fits.test(error.message));
  const remedy = known?.remedy(stack, environment) ?? `run \`npx cdktf plan ${stack}\` and read its error`;
  return { notKnown: known?.says ?? said, remedy };
}

/** Terraform's first error, on one line. The next ones mostly repeat it. */
function firstWords({ diagnostics, message }: TerraformFailed): string {
  const first = diagnostics.find(({ severity }) => severity === "error");
  const text = first ? `${first.summary}: ${first.detail}` : message.replace(/^\S+ \w+ failed with \d+:\s*/, "");
  const [, once = text] = /^\s*(?:Error: )?(.*?)(?=\n\s*Error: |$)/s.exec(text) ?? [];
  const line = once.replace(/\s+/g, " ").trim();
  return line.length <= LONGEST ? line : `${line.slice(0, LONGEST)}…`;
}
