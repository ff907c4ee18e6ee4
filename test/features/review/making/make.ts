/** `npm run plans [names]`: creates the plans in test/features/review/plans again with the real Terraform, all by default. */
import { execFileSync } from "node:child_process";
import { awsProviderMirror, VERSION } from "../../../acceptance/aws/aws-provider";
import { storePlans } from "../support/stored-plans";
import { makeAwsPlans, makeMoves } from "./aws-cases";
import { makeLocalMove, makeLocalPlans } from "./local-cases";

async function main(which: readonly string[]): Promise<void> {
  const made = new Map<string, string>();
  const keep = (name: string, plan: string) => {
    made.set(name, plan);
    process.stdout.write(`${name}\n`);
  };
  const wanted = (kind: string) => which.length === 0 || which.includes(kind);
  if (wanted("local")) await makeLocalPlans(keep);
  if (wanted("local") || wanted("local-move")) await makeLocalMove(keep);
  const mirror = awsProviderMirror();
  if (wanted("aws") || wanted("aws-moves")) {
    if (mirror === undefined)
      process.stderr.write(
        `plans on AWS are not changed: RELAY_AWS_PROVIDER has no copy of the AWS provider ${VERSION}\n`,
      );
    else {
      if (wanted("aws")) await makeAwsPlans(mirror, keep);
      await makeMoves(mirror, keep);
    }
  }
  storePlans(made);
  // Here and not after `&&` in the npm script, because npm passes the names only to the last command.
  execFileSync("node_modules/.bin/biome", ["check", "--write", "test/features/review/plans"], { stdio: "inherit" });
}

main(process.argv.slice(2)).catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.stack : error}\n`);
  process.exitCode = 1;
});
