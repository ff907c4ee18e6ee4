/** Why a stack could not be looked at, in words for the person who has to change that. */
import type { Environment } from "../../environment";
import { TerraformFailed } from "../../terraform/terraform";
import type { NotKnown } from "./observation";

/** Characters of Terraform's own words that are passed on. */
const TOLD = 600;

interface Known {
  readonly fits: RegExp;
  /** In place of what Terraform says, where that helps nobody. */
  readonly says?: string;
  readonly remedy: (stack: string, environment: Environment | undefined) => string;
}

/** What Terraform says when it has a cause that a person can remove, the first that fits. */
const KNOWN: readonly Known[] = [
  {
    fits: /No valid credential sources|failed to refresh cached credentials|ExpiredToken|InvalidClientTokenId|security token .* (?:invalid|expired)|SignatureDoesNotMatch|InvalidAccessKeyId/i,
    says: "There are no AWS credentials, or they are not valid any more.",
    remedy: (stack) =>
      `take AWS credentials that may read ${stack}, such as its plan role (\`aws sso login\`, then AWS_PROFILE), and look again`,
  },
  {
    fits: /AWS account ID not allowed|account ID .* not allowed/i,
    remedy: (stack) => `the AWS credentials are of another account: take those of ${stack}`,
  },
  {
    fits: /S3 bucket .* does not exist|NoSuchBucket/i,
    remedy: () => "the bucket of the states is made by the account's foundation: see docs/aws.md",
  },
  {
    fits: /state file|Error refreshing state|state data in S3 does not have the expected content/i,
    remedy: (stack) =>
      `the state of ${stack} is damaged: put the last good one back (\`terraform.tfstate.backup\` beside it, or an older version in the bucket), and apply nothing before`,
  },
  {
    fits: /Gladly refused the user or the token/i,
    remedy: (stack, environment) =>
      environment?.relay.on === "aws"
        ? `give GLADLY_TOKEN, an API token of ${environment.gladly.user} at ${environment.gladly.url}`
        : `put the token of ${environment?.gladly.user ?? "the Gladly user"} into the secret gladly-token of ${stack}`,
  },
  {
    fits: /Gladly (?:cannot be reached|did not answer)|cannot be reached/i,
    remedy: (_, environment) =>
      environment?.relay.on === "aws"
        ? `see that ${environment.gladly.url} can be reached from here, and look again`
        : "start it with `npx relay sandbox`, and look again",
  },
  {
    fits: /Failed to query available provider packages|could not connect to registry|Failed to install provider/i,
    remedy: () => "see that Terraform's registry, or your mirror of it, can be reached from here, and look again",
  },
];

/** @throws what is not about this stack alone */
export function notKnownFor(error: unknown, stack: string, environment: Environment | undefined): NotKnown {
  // Without Terraform nothing is known of any stack: told once, and not for each.
  if (!(error instanceof TerraformFailed) || /cannot be started/.test(error.message)) throw error;
  const said = firstWords(error);
  const known = KNOWN.find(({ fits }) => fits.test(said) || fits.test(error.message));
  const remedy = known?.remedy(stack, environment) ?? `see what \`npx cdktf plan ${stack}\` says`;
  return { notKnown: known?.says ?? said, remedy };
}

/** The first thing that Terraform said, on one line: what follows is mostly the same again. */
function firstWords({ diagnostics, message }: TerraformFailed): string {
  const [first] = diagnostics;
  const text = first ? `${first.summary}: ${first.detail}` : message.replace(/^terraform \w+ failed with \d+:\s*/, "");
  const [, once = text] = /^\s*(?:Error: )?(.*?)(?=\n\s*Error: |$)/s.exec(text) ?? [];
  const line = once.replace(/\s+/g, " ").trim();
  return line.length <= TOLD ? line : `${line.slice(0, TOLD)}…`;
}
