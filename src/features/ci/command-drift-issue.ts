/** Arguments of `relay ci drift-issue`. */
import { CommandError, type Invocation, stringOption, type Terminal } from "../../cli/command";
import { readText } from "../../contract/read-file";
import { argumentsOf } from "./arguments";
import { GitHubIssues } from "./github";
import { githubContext } from "./github-context";
import { DRIFT_LABEL } from "./labels";
import { driftIssue } from "./publish-drift-issue";

export async function run(invocation: Invocation, terminal: Terminal): Promise<number> {
  const [environment = "", report = ""] = argumentsOf(invocation, "drift-issue", "environment", "file");
  const context = githubContext(terminal.env);
  const options = {
    environment,
    report,
    code: exitCode(stringOption(invocation, "exit-code")),
    errorOutput: readErrorOutput(stringOption(invocation, "words")),
    run: context.runUrl === undefined ? "this check" : `[this check](${context.runUrl})`,
    dryRun: invocation.values["dry-run"] === true,
  };
  return driftIssue(new GitHubIssues(context, DRIFT_LABEL, terminal.err), options, terminal);
}

function exitCode(given: string | undefined): number {
  if (given !== undefined && /^\d{1,3}$/.test(given)) return Number(given);
  throw new CommandError("drift-issue needs --exit-code: the exit code of `relay drift`.");
}

/** There is no file if `relay drift` did not start, because an earlier step failed. */
function readErrorOutput(file: string | undefined): string {
  return (file === undefined ? undefined : readText(file)) ?? "";
}
