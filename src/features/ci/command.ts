/** `relay ci`: the steps of the pipelines in .github/workflows and docs/pipelines.md, so that their files stay short. */
import { chosenFrom } from "../../cli/choice";
import type { Command, Invocation, Terminal } from "../../cli/command";

const HELP = `
The steps of a pipeline. docs/pipelines.md shows them on GitHub, GitLab and Atlantis.

  stacks [<environment>...]         Lists the environments on AWS, each with its Region, its plan and apply roles, and
                                    its GitHub environment for plans. --json prints a GitHub Actions matrix.
  plan <environment>                Synthesizes, plans and prints the plan. Saves it in --out with the files that an
                                    apply needs.
  apply <environment> <folder>      Applies the plan that \`plan\` saved in the folder, and no other. If it sets a
                                    password in Gladly, it reads the password from TF_VAR_webhook_password.
  comment <review.md>               Puts the review on the pull request that GITHUB_EVENT_PATH names, as one comment
                                    that it updates in place. Sets the labels. Needs GITHUB_TOKEN.
  drift-issue <environment> <file>  Opens, updates or closes the issue about an environment's drift. <file> is the output
                                    of \`relay drift --json\`. Needs GITHUB_TOKEN.

Options
  --json                 stacks: print one line of JSON.
  --github               stacks: print lines for GITHUB_OUTPUT: stacks=<matrix>, any=<true|false>, names=<names>,
                         removed=<names>, unretired=<removed ones whose file did not have \`retired: true\` before>.
  --changed-since <ref>  stacks: only environments that changes since this commit can affect.
  --planned <folder>     stacks: only environments whose plan in this folder has changes. comment: folder of the plans.
                         [planned]
  --out <folder>         plan: folder for the plan. [planned/<environment>]
  --stacks <json>        comment: output of \`stacks --json\`. The comment says which of them have no plan.
  --removed <names>      comment: environments whose file the change removes, separated by commas.
  --findings <file>      comment: output of \`relay review --json\`. [review.json]
  --commit <sha>         comment: the commit that was planned. [the head that the event or GitLab names]
  --marker <name>        comment: name of the comment, if a pull request has several. [review]
  --gitlab               comment: use the merge request that CI_MERGE_REQUEST_IID names. Needs GITLAB_TOKEN.
  --exit-code <n>        drift-issue: exit code of \`relay drift\`: 0 no drift, 2 drift, others not known.
  --words <file>         drift-issue: what \`relay drift\` wrote to standard error.
  --dry-run              comment, drift-issue: only print what would be done.

Exit codes
  0  done
  1  failed, or drift-issue does not know whether there is drift

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

/** Each step is loaded when it is used, as commands are. */
const ACTIONS: Readonly<Record<Step, () => { readonly run: Action }>> = {
  stacks: () => require("./command-stacks"),
  plan: () => require("./command-plan"),
  apply: () => require("./command-apply"),
  comment: () => require("./command-comment"),
  "drift-issue": () => require("./command-drift-issue"),
};

export const command: Command = {
  summary: "runs a step of a pipeline: plan, review comment, apply, drift issue",
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
