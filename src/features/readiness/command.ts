/** `relay readiness`: checks what production needs. */

import { type Command, EXIT } from "../../cli/command";
import { withProgress } from "../../cli/progress";
import { REPORT_HELP, REPORT_OPTIONS, reportFormat, writeReport } from "../../cli/write-report";
import { findEnvironment } from "../shared/open-relay";
import type { Verdict } from "./judge";

export const command: Command = {
  summary: "checks what production needs: agents' profiles, secrets, webhook, manual steps",
  usage: "<environment> [--format <name>] [--out <file>]",
  help: `
Checks Gladly, Stella Connect, the secrets and the relay of an environment. Shows what is missing before surveys can go to
customers. Changes nothing. Reads only the secrets that it needs to call Gladly and Stella Connect. Where no API shows a
setting, it names the page to look at. A manual step counts when the environment file says who did it and when.

An environment on one machine uses its own secrets. For one on AWS use your own AWS permissions (the operator's role), and
set GLADLY_TOKEN, and STELLA_API_KEY (the production key) and STELLA_API_SECRET for Stella Connect.

Options
${REPORT_HELP}

Exit codes
  0  ready
  1  not known: something did not answer, or failed
  2  not ready

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
    const facts = await withProgress(terminal, "reading Gladly, Stella Connect and the relay", () =>
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
