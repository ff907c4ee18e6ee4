/** `relay readiness`: what production needs and does not have. */

import { type Command, EXIT } from "../../cli/command";
import { withProgress } from "../../cli/progress";
import { REPORT_HELP, REPORT_OPTIONS, reportFormat, writeReport } from "../../cli/write-report";
import { findEnvironment } from "../shared/open-relay";
import type { Verdict } from "./judge";

export const command: Command = {
  summary: "what production needs and does not have: agents' profiles, secrets, webhook, manual steps",
  usage: "<environment> [--format <name>] [--out <file>]",
  help: `
Looks at Gladly, Stella Connect, the secrets and the relay of an environment, and tells what is missing before its surveys
may go to customers. Changes nothing, and reads no secret but those it asks Gladly and Stella with. What no API can tell is
named with the place to look at; manual steps count when the environment file says by whom and when they were done.

On one machine the keys are those of the environment's home. For an environment on AWS, AWS is asked with your own
permissions (the operator's role), Gladly with GLADLY_TOKEN, and Stella Connect with STELLA_API_KEY (the production key)
and STELLA_API_SECRET of the process's environment.

Options
${REPORT_HELP}

Exit codes: 0 ready; 2 not ready; 1 not known, because somebody did not answer, or failed.

Examples
  relay readiness sandbox
  relay readiness production --json
  relay readiness production --format markdown --out readiness.md
`,
  options: REPORT_OPTIONS,
  positionals: { min: 1, max: 1 },
  async run(invocation, terminal) {
    reportFormat(invocation);
    const environment = findEnvironment(invocation.positionals[0] ?? "", terminal);
    const { gather }: typeof import("./gather") = require("./gather");
    const { judgeReadiness }: typeof import("./judge") = require("./judge");
    const facts = await withProgress(terminal, "asking Gladly, Stella Connect and the relay", () =>
      gather(environment, terminal.env, terminal.stop),
    );
    const { verdict, report } = judgeReadiness(facts);
    writeReport(report, invocation, terminal);
    return EXITS[verdict];
  },
};

const EXITS: Readonly<Record<Verdict, number>> = {
  ready: EXIT.ok,
  "not ready": EXIT.findings,
  "not known": EXIT.failed,
};
