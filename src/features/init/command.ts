/** `relay init`: creates a company's own repository. It writes missing files and overwrites nothing. */
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { type Command, CommandError, EXIT } from "../../cli/command";
import { reasonOf } from "../../contract/file-fault";
import { jsonText } from "../../contract/json";
import { packageVersion, projectRoot } from "../../contract/locations";
import { ANSWER_OPTIONS, type InitAnswers, readAnswers, withQuestions } from "./answers";
import { companyFiles, type Files, generatedFiles } from "./files";
import { digestOf, readRecord, writeRecord } from "./record";

export const command: Command = {
  summary: "creates your own repository: environments, stacks, pipelines",
  usage: "[<folder>] [--yes]",
  help: `
Creates the files of your own repository: environments, stacks/main.ts, cdktf.json, package.json, the GitHub workflows,
.gitignore and a README. It writes to <folder>, else to the project that you are in, else to the current folder. On a terminal it asks for what it needs. It never overwrites
a file. Run it again with --account to add staging and production.

Options
  --yes                       Ask nothing. Use the options, and example values for the rest.
  --company <name>            Name of your company.
  --account <id>              AWS account of production. Without it only the sandbox is created.
  --staging-account <id>      AWS account of staging. [the production account]
  --region <name>             AWS Region. [us-east-1]
  --gladly-url <url>          Address of your Gladly organization.
  --gladly-staging-url <url>  Address of your Gladly sandbox organization.
  --gladly-user <address>     E-mail address of the user that owns the API token.
  --email <address>           Who gets the alarms.
  --repository <name>         GitHub repository that deploys, as owner/name.
  --json                      List what was written as JSON.

Examples
  npx relay init --yes
  npx relay init surveys --company Example --account 444455556666 --repository example/surveys
`,
  options: { ...ANSWER_OPTIONS, yes: { type: "boolean" }, json: { type: "boolean" } },
  positionals: { min: 0, max: 1 },
  async run(invocation, terminal) {
    const folder = resolve(invocation.positionals[0] ?? projectRoot());
    const asks = invocation.values.yes !== true && Boolean(process.stdin.isTTY) && terminal.interactive;
    const answers = asks
      ? await withQuestions((ask) => readAnswers(invocation, ask))
      : await readAnswers(invocation, undefined);
    const { written, kept } = initialize(folder, answers);
    if (invocation.values.json === true) {
      terminal.out(jsonText({ folder, written, kept }));
      return EXIT.ok;
    }
    for (const path of written) terminal.out(`created  ${path}\n`);
    for (const path of kept) terminal.out(`kept     ${path} (exists already)\n`);
    const path = relative(process.cwd(), folder);
    terminal.err(
      [
        "",
        "Next",
        ...(path === "" ? [] : [`  cd ${path}`]),
        ...(existsSync(join(folder, "node_modules")) ? [] : ["  npm install"]),
        "  npx relay tour            everything on this machine, with real Terraform",
        "  npx cdktf plan sandbox    after `npx relay sandbox` and `npx relay serve sandbox`",
        "",
      ].join("\n"),
    );
    return EXIT.ok;
  },
};

/**
 * Writes missing files.
 *
 * @throws CommandError if the folder cannot be written
 */
export function initialize(
  folder: string,
  answers: InitAnswers,
): { readonly written: readonly string[]; readonly kept: readonly string[] } {
  const generated = generatedFiles();
  const version = packageVersion();
  const files: Files = { ...companyFiles(answers, version), ...generated };
  const paths = Object.keys(files).sort();
  const kept = paths.filter((path) => existsSync(join(folder, path)));
  const written = paths.filter((path) => !kept.includes(path));
  try {
    for (const path of written) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      // If the file was created meanwhile, it is not overwritten either.
      writeFileSync(join(folder, path), files[path] ?? "", { flag: "wx" });
    }
    const digests = written.filter((path) => path in generated).map((path) => [path, digestOf(files[path] ?? "")]);
    const before = readRecord(folder);
    writeRecord(folder, { version, files: { ...before?.files, ...Object.fromEntries(digests) } });
  } catch (error) {
    if (error instanceof CommandError) throw error;
    throw new CommandError(`${folder} cannot be written: ${reasonOf(error)}.`);
  }
  return { written, kept };
}
