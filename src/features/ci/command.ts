/** `relay ci`: what the pipelines in .github/workflows and docs/pipelines.md do, so that their files stay thin. */
import { chosenFrom } from "../../cli/choice";
import type { Command, Invocation, Terminal } from "../../cli/command";

const HELP = `
The steps of a pipeline: docs/pipelines.md shows them at work on GitHub, GitLab and Atlantis.

  stacks [<environment>...]         The environments on AWS, each with its Region, the roles that plan and apply it, and
                                    GitHub's environment for plans. --json: as a matrix of GitHub Actions.
  plan <environment>                Synthesizes and plans, prints the plan, and saves it in --out with all that
                                    applying it needs.
  apply <environment> <folder>      Applies the plan that \`plan\` saved there, and no other. A password that it hands to
                                    Gladly is taken from TF_VAR_webhook_password.
  comment <review.md>               Puts a review on the pull request that GITHUB_EVENT_PATH tells of, as one comment
                                    that is updated in place, and sets its labels. Needs GITHUB_TOKEN.
  drift-issue <environment> <file>  Opens, updates or closes the one issue about an environment's drift, from what
                                    \`relay drift --json\` wrote into the file. Needs GITHUB_TOKEN.

Options
  --json                 stacks: one line of JSON.
  --github               stacks: lines for GITHUB_OUTPUT: stacks=<matrix>, any=<true|false>, names=<names>,
                         removed=<names>, unretired=<removed ones whose file did not say \`retired\` before>.
  --changed-since <ref>  stacks: only those that a change since this commit can touch.
  --planned <folder>     stacks: only those whose plan there changes something. comment: where the plans are. [planned]
  --out <folder>         plan: where to save. [planned/<environment>]
  --stacks <json>        comment: what \`stacks --json\` printed; those without a plan are named as not planned.
  --removed <names>      comment: environments whose file the change takes away, with commas between.
  --findings <file>      comment: what \`relay review --json\` wrote. [review.json]
  --commit <sha>         comment: the commit that was planned. [the head that the event or GitLab names]
  --marker <name>        comment: which comment it is, where there are several. [review]
  --gitlab               comment: on the merge request that CI_MERGE_REQUEST_IID names. Needs GITLAB_TOKEN.
  --exit-code <n>        drift-issue: what \`relay drift\` ended with: 0 none, 2 drift, anything else not known.
  --words <file>         drift-issue: what it said on standard error.
  --dry-run              comment, drift-issue: only say what would be done.

Exit codes: 0 done; 1 failed, and with drift-issue drift is not known.

Examples
  relay ci stacks --changed-since HEAD^1
  relay ci plan production --out planned/production
  relay ci apply production planned/production
  relay ci comment review.md --stacks "$STACKS" --dry-run
  relay ci drift-issue production drift.json --exit-code 2
`;

type Action = (invocation: Invocation, terminal: Terminal) => Promise<number>;

const STEPS = ["stacks", "plan", "apply", "comment", "drift-issue"] as const;
type Step = (typeof STEPS)[number];

/** Loaded when used, as commands are. */
const ACTIONS: Readonly<Record<Step, () => { readonly run: Action }>> = {
  stacks: () => require("./command-stacks"),
  plan: () => require("./command-plan"),
  apply: () => require("./command-apply"),
  comment: () => require("./command-comment"),
  "drift-issue": () => require("./command-drift-issue"),
};

export const command: Command = {
  summary: "the steps of a pipeline that plans, reviews, applies and looks for drift",
  usage: `${STEPS.join("|")} [<argument>...]`,
  help: HELP,
  options: {
    json: { type: "boolean" },
    github: { type: "boolean" },
    "changed-since": { type: "string" },
    planned: { type: "string" },
    out: { type: "string" },
    stacks: { type: "string" },
    removed: { type: "string" },
    findings: { type: "string" },
    commit: { type: "string" },
    marker: { type: "string" },
    gitlab: { type: "boolean" },
    "exit-code": { type: "string" },
    words: { type: "string" },
    "dry-run": { type: "boolean" },
  },
  positionals: { min: 1, max: 100 },
  async run(invocation, terminal) {
    const [name = "", ...positionals] = invocation.positionals;
    const load = ACTIONS[chosenFrom("the step", name, STEPS)];
    return load().run({ ...invocation, positionals }, terminal);
  },
};
