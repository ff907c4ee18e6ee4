/** `relay adopt`: imports existing Gladly webhooks and topics, so that the next plan changes nothing. */
import { readFileSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { type Command, CommandError, type Invocation, stringOption, type Terminal } from "../../cli/command";
import { withProgress } from "../../cli/progress";
import {
  exitOf,
  FAIL_ON_HELP,
  FAIL_ON_OPTION,
  failOn,
  REPORT_HELP,
  REPORT_OPTIONS,
  reportFormat,
  writeReport,
} from "../../cli/write-report";
import { environmentsFolder, projectRoot } from "../../contract/locations";
import { didYouMean } from "../../contract/nearest";
import { SURVEY_MODES } from "../../contract/survey-mode";
import type { Environment } from "../../environment";
import { fileDiff } from "../shared/file-diff";
import { findEnvironment } from "../shared/open-relay";
import { type Chosen, choose } from "./choice";
import { readInGladly } from "./gather-gladly";
import { type Adoption, adoptionReport, type ProposedPlan } from "./report";
import { type Adopted, isAdopted, type NeededSetting, neededSettings, type TypedKey } from "./settings";

export const command: Command = {
  summary: "imports existing Gladly webhooks and topics without changing them",
  usage: "<environment> --survey-mode test|production [--dry-run]",
  help: `
Finds the webhook and the topic that someone created as the vendor's guide says: by Stella Connect's address, or by name.
Adds them to the environment file, with the settings that keep them as they are. Then plans with Terraform. The plan
imports both and changes nothing. This command only reads from Gladly.

Gladly never shows a webhook's password. Say which of Stella Connect's keys was entered. No plan can check it.

Options
  --survey-mode <mode>  test or production: the key that was entered. The environment file gets the same word.
  --webhook <id>        The webhook, if it cannot be found by address or name.
  --topic <id>          The topic, if its name differs from the environment file.
  --dry-run             Write nothing. Show what would be written, and its plan.
  --no-plan             Do not plan.
${REPORT_HELP}
${FAIL_ON_HELP}

Gladly's token: for an environment on this machine its secret gladly-token, otherwise GLADLY_TOKEN, as for a plan.

Examples
  relay adopt production --survey-mode production --dry-run
  relay adopt production --survey-mode production
  relay adopt staging --survey-mode test --webhook tP4sVb0WQ3mZ8nYc1xKj7w
`,
  options: {
    "survey-mode": { type: "string" },
    webhook: { type: "string" },
    topic: { type: "string" },
    "dry-run": { type: "boolean" },
    "no-plan": { type: "boolean" },
    ...REPORT_OPTIONS,
    ...FAIL_ON_OPTION,
  },
  positionals: { min: 1, max: 1 },
  async run(invocation, terminal) {
    reportFormat(invocation);
    const least = failOn(invocation);
    const report = adoptionReport(await adopt(invocation, terminal));
    writeReport(report, invocation, terminal);
    return exitOf(report, least);
  },
};

async function adopt(invocation: Invocation, terminal: Terminal): Promise<Adoption> {
  const environment = findEnvironment(invocation.positionals[0] ?? "", terminal);
  const key = typedKey(invocation, environment);
  const { webhooks, topics } = await readInGladly(environment, terminal);
  const asked = {
    webhook: stringOption(invocation, "webhook") ?? environment.adopted?.webhook?.id,
    topic: stringOption(invocation, "topic") ?? environment.adopted?.topic?.id,
  };
  const choice = choose(environment, webhooks, topics, asked);
  if (choice.kind === "refused") throw new CommandError(choice.why);
  const { chosen } = choice;

  const folder = environmentsFolder(terminal.env);
  const path = join(folder, `${environment.name}.ts`);
  const file = relative(projectRoot(), path);
  const source = readFileSync(path, "utf8");
  const already = isAdopted(environment, chosen);
  const adopted = already ? source : edited(source, environment, chosen, key, file);
  const plan = await planOf(invocation, environment, path, adopted, terminal);
  const write = !already && !invocation.values["dry-run"];
  if (write) writeFileSync(path, adopted);
  const state = already ? "already" : write ? "written" : "not-written";
  return { environment, chosen, key, file, diff: already ? "" : fileDiff(file, source, adopted), state, plan };
}

/** The key that was named, unless the file has one already. */
function typedKey(invocation: Invocation, { name, adopted, manualSteps }: Environment): TypedKey {
  const given = stringOption(invocation, "survey-mode");
  const recorded = adopted?.webhook?.key;
  if (given === undefined && recorded !== undefined) return recorded;
  if (given !== "test" && given !== "production") {
    throw new CommandError(
      `${given === undefined ? "" : `--survey-mode takes one of: test, production. "${given}" is none of them.${didYouMean(given, SURVEY_MODES)} `}` +
        "Gladly never shows which key is the webhook's password. Say which of Stella Connect's keys was entered there: " +
        "--survey-mode test (surveys go to the test address) or --survey-mode production (they go to customers).",
    );
  }
  if (recorded !== undefined && recorded !== given) {
    throw new CommandError(
      `the file of ${name} says that the ${recorded} key was entered (adopted.webhook.key). Correct the option or the file.`,
    );
  }
  if (given === "production" && manualSteps.integratedChannel === undefined) {
    throw new CommandError(
      "production needs Integrated Channel enabled on Stella Connect's Integrations page, and no API shows it. Check it, " +
        "record it in the environment file, and run this again:\n" +
        '  manualSteps: { integratedChannel: { by: "<who>", on: "<date>" } },',
    );
  }
  return given;
}

function edited(source: string, environment: Environment, chosen: Chosen, key: TypedKey, file: string): string {
  const { withSettings }: typeof import("./environment-source") = require("./environment-source");
  const settings = neededSettings(environment, chosen, key).map(({ path, value }) => ({
    path,
    code: codeOf(value),
    ...(path[0] === "adopted" ? { comment: COMMENT } : {}),
    // The entered password counts as the first version.
    ...(path[1] === "name" && path[0] === "webhook" ? { whole: `{ name: ${codeOf(value)}, passwordVersion: 1 }` } : {}),
  }));
  return withSettings(source, settings, file);
}

/** Comment above the setting, for later readers of the file. */
const COMMENT = `Existing webhook and topic in Gladly, imported without changes. Gladly never shows a password: the user of
\`relay adopt\` said that this key was entered. After the apply this is only a record.`;

function codeOf(value: NeededSetting["value"]): string {
  return typeof value === "object" ? adoptedCode(value) : JSON.stringify(value);
}

function adoptedCode({ webhook, topic }: Adopted): string {
  const lines = [
    `  webhook: { id: ${JSON.stringify(webhook.id)}, key: ${JSON.stringify(webhook.key)} },`,
    ...(topic === undefined ? [] : [`  topic: { id: ${JSON.stringify(topic.id)} },`]),
  ];
  return `{\n${lines.join("\n")}\n}`;
}

async function planOf(
  invocation: Invocation,
  environment: Environment,
  path: string,
  source: string,
  terminal: Terminal,
): Promise<ProposedPlan> {
  if (invocation.values["no-plan"]) return { kind: "not-asked" };
  const { proposedPlan }: typeof import("./gather-plan") = require("./gather-plan");
  return withProgress(terminal, `planning ${environment.name}`, (progress) =>
    proposedPlan(environment, path, source, terminal, (what) => progress.step({ now: what })),
  );
}
