/** Invalid inputs with their complete messages. Each ends with exit code 1 and prints no result. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import { runRelay } from "../support/relay";

interface Around {
  /** The folder for RELAY_HOME, below the test's own. @default an empty one */
  readonly home?: string;
  /** The folder of environment files, below the test's own. @default the project's */
  readonly environments?: string;
}
type Case = readonly [typed: string, message: string, around?: Around];

/** `<dir>` is the folder of the files below. */
const FILES: Readonly<Record<string, string>> = {
  "broken.json": "{",
  "scenario.json": JSON.stringify({ agents: [{ name: 3 }], speed: 2 }),
  "binary.plan": "PK\u0003\u0004",
  "planned/production/relay.plan": "PK\u0003\u0004",
  "plan.json": JSON.stringify({ format_version: "1.2", resource_changes: [], applyable: false }),
  "home/sandbox/relay.db": "this is no database, but long enough to be read as the head of one ".repeat(4),
  "misspelt/sandbox.ts": `export default ${JSON.stringify({
    name: "sandbox",
    surveyMode: "tset",
    delivery: "enrich",
    gladly: { url: "http://127.0.0.1:1", user: "a@example.com" },
    stella: { url: "http://127.0.0.1:2" },
    relay: { on: "local", url: "http://127.0.0.1:3" },
    policy: { oncePerConversaton: true },
  })};`,
};

const CASES: readonly Case[] = [
  ["revie", 'relay: there is no command "revie". Did you mean review? `relay --help` lists them.\n'],
  ["help xyzzyxyzzy", 'relay: there is no command "xyzzyxyzzy". `relay --help` lists them.\n'],
  ["constructor", 'relay: there is no command "constructor". `relay --help` lists them.\n'],
  [
    "review sandbox --formt json",
    "relay review: there is no option --formt. Did you mean --format?\nUsage: relay review <environment or plan.json>... [--preview <file>] [--fail-on <severity>] [--format <name>] [--out <file>]\n",
  ],
  [
    "drift --jsno",
    "relay drift: there is no option --jsno. Did you mean --json?\nUsage: relay drift [stack]... [--format <name>] [--out <file>]\n",
  ],
  ["serve", "relay serve: the argument <environment> is missing.\nUsage: relay serve <environment> [--port <port>]\n"],
  [
    "review",
    "relay review: the argument <environment or plan.json>... is missing.\nUsage: relay review <environment or plan.json>... [--preview <file>] [--fail-on <severity>] [--format <name>] [--out <file>]\n",
  ],
  [
    "secrets",
    "relay secrets: the argument put|rotate|status is missing.\nUsage: relay secrets put|rotate|status <environment> [<secret>]\n",
  ],
  [
    "secrets put",
    "relay secrets: the argument <environment> is missing.\nUsage: relay secrets put|rotate|status <environment> [<secret>]\n",
  ],
  [
    "explain",
    "relay explain: the argument <conversation> is missing.\nUsage: relay explain <conversation> [--environment <name>] [--json]\n",
  ],
  [
    "erase",
    "relay erase: the argument <customer id> is missing.\nUsage: relay erase <customer id> [--environment <name>] [--json]\n",
  ],
  [
    "ci",
    "relay ci: the argument stacks|plan|apply|comment|drift-issue is missing.\nUsage: relay ci stacks|plan|apply|comment|drift-issue [<argument>...]\n",
  ],
  [
    "serve sandbox staging",
    'relay serve: there is one argument too many: "staging".\nUsage: relay serve <environment> [--port <port>]\n',
  ],
  [
    "sandbox --port",
    "relay sandbox: --port needs a value.\nUsage: relay sandbox [--port <port>] [--scenario <file>] [--speed <factor>]\n",
  ],
  ["tour --json=yes", "relay tour: --json takes no value.\nUsage: relay tour [--json] [--keep]\n"],
  [
    "explain -Jq1",
    "relay explain: there is no option -J. An argument that begins with a dash is written after --\nUsage: relay explain <conversation> [--environment <name>] [--json]\n",
  ],
  [
    "serve stagin",
    'relay serve: there is no environment "stagin"; there are: production, sandbox, staging. Did you mean staging?\n',
  ],
  [
    "serve production",
    "relay serve: the relay of production runs on AWS; only an environment on this machine is served here.\n",
  ],
  [
    "preview stagin",
    'relay preview: there is no environment "stagin"; there are: production, sandbox, staging. Did you mean staging?\n',
  ],
  [
    "readiness stagin",
    'relay readiness: there is no environment "stagin"; there are: production, sandbox, staging. Did you mean staging?\n',
  ],
  [
    "adopt stagin --survey-mode test",
    'relay adopt: there is no environment "stagin"; there are: production, sandbox, staging. Did you mean staging?\n',
  ],
  [
    "pause -e sandbx",
    'relay pause: there is no environment "sandbx"; there are: production, sandbox, staging. Did you mean sandbox?\n',
  ],
  [
    "replay --reason gave-up -e sandbx",
    'relay replay: there is no environment "sandbx"; there are: production, sandbox, staging. Did you mean sandbox?\n',
  ],
  [
    "cost stagin",
    'relay cost: there is no environment "stagin"; there are: production, sandbox, staging. Did you mean staging?\n',
  ],
  ["diagram xyz", 'relay diagram: there is no environment "xyz"; there are: production, sandbox, staging.\n'],
  [
    "ci plan stagin",
    'relay ci: there is no environment "stagin"; there are: production, sandbox, staging. Did you mean staging?\n',
  ],
  [
    "ci stacks stagin",
    'relay ci: there is no environment "stagin" on AWS; there are: production, staging. Did you mean staging?\n',
  ],
  [
    "review sandbox --format markdwon",
    'relay review: --format takes one of: terminal, markdown, json, github. "markdwon" is none of them. Did you mean markdown?\n',
  ],
  ["review sandbox --json --format github", "relay review: --json and --format github contradict each other.\n"],
  [
    "review sandbox --fail-on critcal",
    'relay review: --fail-on takes one of: info, warning, critical. "critcal" is none of them. Did you mean critical?\n',
  ],
  [
    "replay",
    "relay replay: --reason is missing. It takes one of: malformed-event, refused-by-stella, answer-lost, gave-up, keeps-crashing. To release a stuck close, give --release <conversation>.\n",
  ],
  [
    "replay --reason gaveup",
    'relay replay: --reason takes one of: malformed-event, refused-by-stella, answer-lost, gave-up, keeps-crashing. "gaveup" is none of them. Did you mean gave-up?\n',
  ],
  [
    "diagram production --format svgg",
    'relay diagram: --format takes one of: mermaid, svg, json. "svgg" is none of them. Did you mean svg?\n',
  ],
  [
    "adopt sandbox --survey-mode tset",
    "relay adopt: --survey-mode takes one of: test, production. \"tset\" is none of them. Did you mean test? Gladly never shows which key is the webhook's password. Say which of Stella Connect's keys was entered there: --survey-mode test (surveys go to the test address) or --survey-mode production (they go to customers).\n",
  ],
  [
    "adopt sandbox",
    "relay adopt: Gladly never shows which key is the webhook's password. Say which of Stella Connect's keys was entered there: --survey-mode test (surveys go to the test address) or --survey-mode production (they go to customers).\n",
  ],
  [
    "secrets putt staging",
    'relay secrets: the action takes one of: put, rotate, status. "putt" is none of them. Did you mean put?\n',
  ],
  [
    "secrets put staging",
    "relay secrets: <secret> is missing. It takes one of: inbound, gladly, probe, stella-test, stella-production, stella-api-secret.\n",
  ],
  [
    "secrets put staging gladlly",
    'relay secrets: <secret> takes one of: inbound, gladly, probe, stella-test, stella-production, stella-api-secret. "gladlly" is none of them. Did you mean gladly?\n',
  ],
  [
    "secrets put sandbox gladly",
    "relay secrets: environment sandbox is on one machine: its secrets are files of mode 0600 in .relay/sandbox/secrets.\n",
  ],
  [
    "completion zhs",
    'relay completion: there is no completion for "zhs", only for bash, zsh, fish. Did you mean zsh?\n',
  ],
  [
    "ci aply",
    'relay ci: the step takes one of: stacks, plan, apply, comment, drift-issue. "aply" is none of them. Did you mean apply?\n',
  ],
  ["ci plan", "relay ci: the argument <environment> is missing.\nUsage: relay ci plan <environment>\n"],
  [
    "ci apply production",
    "relay ci: the argument <folder> is missing.\nUsage: relay ci apply <environment> <folder>\n",
  ],
  ["ci comment", "relay ci: the argument <review.md> is missing.\nUsage: relay ci comment <review.md>\n"],
  [
    "ci comment review.md",
    "relay ci: needs GITHUB_REPOSITORY (owner/name) and GITHUB_TOKEN (in a workflow: github.token); GitHub Actions sets GITHUB_REPOSITORY itself.\n",
  ],
  ["sandbox --port 70000", 'relay sandbox: --port takes a port from 0 (any free one) to 65535, not "70000".\n'],
  ["sandbox --speed 0", 'relay sandbox: --speed takes a number above 0, not "0".\n'],
  [
    "reconcile --hours 30",
    'relay reconcile: --hours takes a number above 0, up to 24: Gladly keeps no older events. You gave "30".\n',
  ],
  ["cost production --per-day x", 'relay cost: --per-day takes a whole number from 1 to 10,000,000, not "x".\n'],
  ["cost sandbox", "relay cost: environment sandbox is on one machine and costs nothing on AWS.\n"],
  ["preview sandbox --limit 0", 'relay preview: --limit takes a whole number from 1 to 1,000,000, not "0".\n'],
  [
    "preview sandbox --base nosuchref",
    "relay preview: --base nosuchref: git knows no such commit. Name a branch, a tag or a commit, such as origin/main or HEAD~1.\n",
  ],
  ["erase abc", "relay erase: <customer id> must be Gladly's id of the customer.\n"],
  ["init --account 12", 'relay init: --account takes 12 digits, not "12".\n'],
  [
    "ci drift-issue staging drift.json",
    "relay ci: needs GITHUB_REPOSITORY (owner/name) and GITHUB_TOKEN (in a workflow: github.token); GitHub Actions sets GITHUB_REPOSITORY itself.\n",
  ],
  ["ci stacks --json --github", "relay ci: --json and --github contradict each other.\n"],
  [
    "sandbox --scenario <dir>/none.json",
    "relay sandbox: --scenario: <dir>/none.json cannot be read: there is no such file or folder.\n",
  ],
  ["sandbox --scenario <dir>", "relay sandbox: --scenario: <dir> cannot be read: it is a folder.\n"],
  ["sandbox --scenario <dir>/broken.json", "relay sandbox: --scenario: <dir>/broken.json is not valid JSON.\n"],
  [
    "sandbox --scenario <dir>/scenario.json",
    'relay sandbox: --scenario: <dir>/scenario.json is not a valid scenario (see docs/sandbox.md):\n  organization: is missing (object)\n  agents[0].id: is missing (string)\n  agents[0].name: expected string, received number\n  agents[0].emailAddress: is missing (string)\n  agents[0].stellaProfile: invalid option: expected one of "Active"|"Pending Review"|"Confirmed"|"Unapproved"|"Created"|"Deactivated"\n  inboxes: is missing (array)\n  teams: is missing (array)\n  topics: is missing (array)\n  customers: is missing (array)\n  stella: is missing (object)\n  the file: unrecognized key: "speed"\n',
  ],
  [
    "review <dir>/none/plan.json",
    "relay review: <dir>/none/plan.json cannot be read: there is no such file or folder. A plan is read as `terraform show -json <plan file>` prints it; an environment's name plans it.\n",
  ],
  [
    "review <dir>/plan.jsn",
    "relay review: <dir>/plan.jsn cannot be read: there is no such file or folder (did you mean <dir>/plan.json?). A plan is read as `terraform show -json <plan file>` prints it; an environment's name plans it.\n",
  ],
  [
    "review sandbox=<dir>/plan.json --preview <dir>/scenaro.json",
    "relay review: <dir>/scenaro.json cannot be read: there is no such file or folder (did you mean <dir>/scenario.json?). Write a preview with `relay preview <environment> --json --out <file>`.\n",
  ],
  [
    "review stagin",
    'relay review: there is no stack "stagin", and no file of that name; there are: foundation-111122223333, foundation-444455556666, production, sandbox, staging. Did you mean staging?\n',
  ],
  [
    "drift foundation-11112222333",
    'relay drift: there is no stack "foundation-11112222333"; there are: foundation-111122223333, foundation-444455556666, production, sandbox, staging. Did you mean foundation-111122223333?\n',
  ],
  [
    "ci apply production <dir>/planed/production",
    "relay ci: there is no relay.plan in <dir>/planed/production. It must be the folder that `relay ci plan` wrote. Did you mean <dir>/planned/production?\n",
  ],
  [
    "review <dir>/broken.json",
    "relay review: <dir>/broken.json is JSON that is cut off or damaged. A plan is read as `terraform show -json <plan file>` prints it.\n",
  ],
  [
    "review <dir>/binary.plan",
    "relay review: <dir>/binary.plan is Terraform's own plan file. Run `terraform show -json <dir>/binary.plan > plan.json` where it was made, and review plan.json.\n",
  ],
  [
    "review sandbox=<dir>/scenario.json",
    "relay review: <dir>/scenario.json is not a plan: format_version: is missing (string). A plan is read as `terraform show -json <plan file>` prints it.\n",
  ],
  [
    "review sandbox=<dir>/broken.json --preview <dir>/none.json",
    "relay review: <dir>/none.json cannot be read: there is no such file or folder. Write a preview with `relay preview <environment> --json --out <file>`.\n",
  ],
  [
    "ci apply production <dir>/none",
    "relay ci: there is no relay.plan in <dir>/none. It must be the folder that `relay ci plan` wrote.\n",
  ],
  [
    "ci comment <dir>/none.md --stacks {",
    "relay ci: needs GITHUB_REPOSITORY (owner/name) and GITHUB_TOKEN (in a workflow: github.token); GitHub Actions sets GITHUB_REPOSITORY itself.\n",
  ],
  [
    "preview sandbox",
    "relay preview: <dir>/empty/sandbox/secrets/gladly-token cannot be read: there is no such file or folder. Put the secret there, in a file of mode 0600\n",
  ],
  ["ci plan staging x", 'relay ci: there is one argument too many: "x".\nUsage: relay ci plan <environment>\n'],
  [
    "review <dir>",
    "relay review: <dir> is a folder. A plan is read as `terraform show -json <plan file>` prints it; an environment's name plans it.\n",
  ],
  [
    "explain abcdef",
    "relay explain: <dir>/home/sandbox/relay.db is not a database, or its beginning is damaged (NOTADB). Stop the relay, move relay.db with relay.db-wal and relay.db-shm aside (do not delete them: accepted events may only be there), and start the relay: it makes a new file. Then run `relay reconcile --hours 24 --lost-ledger`, which takes missed closes from Gladly's history.\n",
    { home: "home" },
  ],
  [
    "pause",
    "relay pause: <dir>/home/sandbox/relay.db is not a database, or its beginning is damaged (NOTADB). Stop the relay, move relay.db with relay.db-wal and relay.db-shm aside (do not delete them: accepted events may only be there), and start the relay: it makes a new file. Then run `relay reconcile --hours 24 --lost-ledger`, which takes missed closes from Gladly's history.\n",
    { home: "home" },
  ],
  [
    "serve sandbox --port 0",
    "relay serve: <dir>/home/sandbox/relay.db is not a database, or its beginning is damaged (NOTADB). Stop the relay, move relay.db with relay.db-wal and relay.db-shm aside (do not delete them: accepted events may only be there), and start the relay: it makes a new file. Then run `relay reconcile --hours 24 --lost-ledger`, which takes missed closes from Gladly's history.\n",
    { home: "home" },
  ],
  [
    "cost sandbox",
    'relay cost: There are 2 faults in the environment files; nothing was synthesized.\n\n  <dir>/misspelt/sandbox.ts  surveyMode\n    found: "tset"\n    must be "test" or "production"\n\n  <dir>/misspelt/sandbox.ts  policy.oncePerConversaton\n    there is no such setting. Did you mean oncePerConversation?\n',
    { environments: "misspelt" },
  ],
  [
    "cost sandbox",
    "relay cost: There is 1 fault in the environment files; nothing was synthesized.\n\n  <dir>/none\n    there is no such folder. Run this inside your project, or make one with `npx relay init`\n",
    { environments: "none" },
  ],
  [
    "review sandbox=<dir>/plan.json --out <dir>/none/report.md",
    "relay review: --out <dir>/none/report.md cannot be written: there is no such file or folder.\n",
  ],
];

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "messages-"));
  for (const [name, content] of Object.entries(FILES)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Splits arguments at spaces. No case needs a space in an argument. */
async function typed(line: string, { home = "empty", environments }: Around = {}) {
  const { code, out, err } = await runRelay(line === "" ? [] : line.replaceAll("<dir>", folder).split(" "), {
    PATH: process.env.PATH,
    RELAY_HOME: join(folder, home),
    ...(environments === undefined ? {} : { RELAY_ENVIRONMENTS: join(folder, environments) }),
  });
  const shown = (text: string) => text.replaceAll(relative(process.cwd(), folder), "<dir>").replaceAll(folder, "<dir>");
  return { code, out: shown(out), err: shown(err) };
}

it.each(CASES.map(([line, message, around]) => ({ line, message, around })))(
  "relay $line",
  async ({ line, message, around }) => {
    expect(await typed(line, around)).toEqual({ code: 1, out: "", err: message });
  },
);

it("names no system error, no line of zod and no stack frame", () => {
  for (const [, message] of CASES) expect(message).not.toMatch(/\bE[A-Z]{4,}\b|Invalid input|✖|^\s+at /m);
});

describe("relay without a command", () => {
  it("says what to do next for each environment of the project", async () => {
    const { code, out, err } = await typed("");
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(out).toContain("\nEnvironments: production, sandbox, staging\n\nNext\n");
    expect(out).toMatch(/^ {2}npx relay review production {2,}shows what the next apply changes for customers$/m);
    expect(out).toMatch(/^ {2}npx relay readiness staging {2,}shows what is missing before surveys go to customers$/m);
    expect(out.endsWith("`relay --help` lists every command.\n")).toBe(true);
  });

  it("says outside a project how to create one", async () => {
    const { code, out } = await typed("", { environments: "none" });
    expect(code).toBe(0);
    expect(out).toMatch(/^This folder is not in a project/);
    expect(out).toMatch(/^ {2}npx relay init surveys {2,}creates a project in the folder surveys$/m);
  });

  it("names the faults of a wrong environment file first", async () => {
    const { code, out, err } = await typed("", { environments: "misspelt" });
    expect({ code, out }).toEqual({ code: 1, out: "" });
    expect(err).toContain("Did you mean oncePerConversation?");
  });
});
