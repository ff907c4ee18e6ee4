/** `relay secrets`: writes the values that Terraform never sees. */
import { chosenFrom } from "../../cli/choice";
import { type Command, CommandError, EXIT, type Invocation, stringOption, type Terminal } from "../../cli/command";
import { tableText } from "../../cli/table";
import { jsonText } from "../../contract/json";
import type { SecretValue, Verifier } from "../../contract/secret-values";
import { SECRETS, type SecretName } from "../../contract/secrets";
import type { SurveyMode } from "../../contract/survey-mode";
import type { AwsEnvironment } from "../../environment";
import { findAwsEnvironment } from "../shared/open-relay";
import { checkPassword, digestOf, type ReadSecret, readStandardInput } from "./secret-input";
import type { SecretStatus, SecretStore } from "./secret-store";

const ACTIONS = ["put", "rotate", "status"] as const;
const SECRET_NAMES = Object.values(SECRETS);

const HELP = `
Writes secret values to AWS Secrets Manager, read from standard input. No command prints a value.

  put <environment> <secret>     Writes a value: ${SECRET_NAMES.join(", ")}.
                                 For \`inbound\` enter the webhook's password. AWS stores its digest, and the watchdog
                                 gets the password in \`probe\`.
  rotate <environment>           Adds a new webhook password. The relay accepts it and the present ones until you retire
                                 them.
  status <environment>           Shows which secrets have a value, and which webhook passwords the relay accepts.

Options
  --id <name>      Name of the new password in metrics. [today's date, with a number if it is taken]
  --retire <name>  With rotate: stop accepting the password of that name.
  --replace        With put inbound: drop the present passwords. Deliveries fail until Gladly has the new one.
  --json           With status: one JSON object.

Exit codes
  0  done; with status, every needed secret has a value
  1  failed
  2  with status: a needed secret has no value

Examples
  pass show stella/test-key | relay secrets put staging stella-test
  openssl rand -base64 32 | tee new-password | relay secrets rotate production
  relay secrets rotate production --retire 2026-08-01
`;

export const command = secretsCommand(readStandardInput);

/** @param read reads the values; tests pass their own */
export function secretsCommand(read: ReadSecret, now: () => Date = () => new Date()): Command {
  return {
    summary: "writes, rotates and checks the secrets of an environment on AWS",
    usage: "put|rotate|status <environment> [<secret>]",
    help: HELP,
    options: {
      id: { type: "string" },
      retire: { type: "string" },
      replace: { type: "boolean" },
      json: { type: "boolean" },
    },
    choices: { secret: SECRET_NAMES },
    positionals: { min: 2, max: 3 },
    async run(invocation, terminal) {
      const [given, name = "", secret] = invocation.positionals;
      const action = chosenFrom("the action", given, ACTIONS);
      const where = `: its secrets are files of mode 0600 in .relay/${name}/secrets.`;
      const environment = findAwsEnvironment(name, terminal, where);
      // Loaded late, so that the list of commands need not load the AWS client.
      const { SecretStore: Store }: typeof import("./secret-store") = require("./secret-store");
      const store = new Store(environment, terminal.env.AWS_ENDPOINT_URL_SECRETS_MANAGER);
      const today = now().toISOString().slice(0, 10);
      try {
        if (action === "status") return await status(store, environment, invocation, terminal);
        if (action === "put") return await put(store, environment, secret, today, invocation, terminal, read);
        return await rotate(store, environment, today, invocation, terminal, read);
      } finally {
        store.close();
      }
    },
  };
}

async function put(
  store: SecretStore,
  environment: AwsEnvironment,
  secret: string | undefined,
  today: string,
  invocation: Invocation,
  terminal: Terminal,
  read: ReadSecret,
): Promise<number> {
  const name = chosenFrom("<secret>", secret, SECRET_NAMES);
  if (name === SECRETS.inbound && !invocation.values.replace && (await store.status(name)).state === "present") {
    throw new CommandError(
      "the webhook has a password already, and putting another would lock Gladly out. Use `relay secrets rotate`, " +
        "after which both are accepted; or pass --replace.",
    );
  }
  const value = await read();
  if (name === SECRETS.inbound) {
    await store.put(name, { verifiers: [verifier(invocation, today, value)] });
    await store.put(SECRETS.probe, { password: value });
    terminal.err("Put inbound (the digest) and probe. Apply with the same password in TF_VAR_webhook_password.\n");
    return EXIT.ok;
  }
  await store.put(name, secretValue(name, value));
  terminal.err(
    idleIn(environment.surveyMode).includes(name)
      ? `Put ${name}. The relay does not use it while surveyMode is "${environment.surveyMode}".\n`
      : `Put ${name}. The relay uses it within five minutes.\n`,
  );
  return EXIT.ok;
}

/** The form that the relay's functions read. */
function secretValue(name: Exclude<SecretName, typeof SECRETS.inbound>, value: string): SecretValue {
  switch (name) {
    case SECRETS.gladly:
      return { token: value };
    case SECRETS.probe:
      return { password: checkPassword(value) };
    case SECRETS.stellaTest:
      return { apiKey: value, mode: "test" };
    case SECRETS.stellaProduction:
      return { apiKey: value, mode: "production" };
    case SECRETS.stellaApiSecret:
      return { apiSecret: value };
    default:
      return name satisfies never;
  }
}

function verifier(invocation: Invocation, today: string, password: string): Verifier {
  return { id: stringOption(invocation, "id") ?? today, sha256: digestOf(checkPassword(password)) };
}

async function rotate(
  store: SecretStore,
  environment: AwsEnvironment,
  today: string,
  invocation: Invocation,
  terminal: Terminal,
  read: ReadSecret,
): Promise<number> {
  const accepted = await store.verifiers();
  const retired = stringOption(invocation, "retire");
  if (retired !== undefined) return retire(store, accepted, retired, terminal);
  const password = await read();
  const added = verifier(invocation, unusedId(today, accepted), password);
  if (accepted.some(({ id }) => id === added.id)) {
    throw new CommandError(`a password named "${added.id}" is accepted already; give the new one another name: --id`);
  }
  if (accepted.some(({ sha256 }) => sha256.toLowerCase() === added.sha256)) {
    throw new CommandError("this password is accepted already; make a new one: openssl rand -base64 32");
  }
  await store.put(SECRETS.inbound, { verifiers: [...accepted, added] });
  await store.put(SECRETS.probe, { password });
  const next = environment.webhook.passwordVersion + 1;
  terminal.err(
    [
      `Accepted from now on: ${[...accepted, added].map(({ id }) => id).join(", ")}.`,
      "Next:",
      `  1. Raise webhook.passwordVersion to ${next} in the environment file, and apply with the new password in`,
      "     TF_VAR_webhook_password.",
      "  2. Wait until the metric VerifierUsed shows that deliveries use the new one.",
      ...accepted.map(({ id }) => `  3. relay secrets rotate ${environment.name} --retire ${id}`),
      "",
    ].join("\n"),
  );
  return EXIT.ok;
}

/** Today's date, with a number if another password has it already. */
function unusedId(today: string, accepted: readonly Verifier[]): string {
  const isUsed = (name: string) => accepted.some(({ id }) => id === name);
  let name = today;
  for (let number = 2; isUsed(name); number += 1) name = `${today}-${number}`;
  return name;
}

async function retire(
  store: SecretStore,
  accepted: readonly Verifier[],
  retired: string,
  terminal: Terminal,
): Promise<number> {
  const left = accepted.filter(({ id }) => id !== retired);
  if (left.length === accepted.length) {
    throw new CommandError(
      `there is no password "${retired}"; accepted are: ${accepted.map(({ id }) => id).join(", ")}.`,
    );
  }
  if (left.length === 0) {
    throw new CommandError(
      `"${retired}" is the only accepted password. Without it the relay would refuse Gladly's deliveries.`,
    );
  }
  await store.put(SECRETS.inbound, { verifiers: left });
  terminal.err(`Retired ${retired}. Accepted: ${left.map(({ id }) => id).join(", ")}.\n`);
  return EXIT.ok;
}

/** Secrets that are not read in a survey mode. */
function idleIn(mode: SurveyMode): readonly SecretName[] {
  return mode === "test" ? [SECRETS.stellaProduction, SECRETS.stellaApiSecret] : [SECRETS.stellaTest];
}

async function status(
  store: SecretStore,
  environment: AwsEnvironment,
  invocation: Invocation,
  terminal: Terminal,
): Promise<number> {
  // This secret exists only if policy.feedback is on, so it is not missing otherwise.
  const made = SECRET_NAMES.filter((name) => name !== SECRETS.stellaApiSecret || environment.policy?.feedback);
  const secrets = await Promise.all(made.map((name) => store.status(name)));
  const hasInbound = secrets.some(({ name, state }) => name === SECRETS.inbound && state === "present");
  const accepted = hasInbound ? (await store.verifiers()).map(({ id }) => id) : [];
  const idle = idleIn(environment.surveyMode);
  const rows = secrets.map((secret) => ({ ...secret, needed: !idle.includes(secret.name) }));
  if (invocation.values.json) {
    terminal.out(jsonText({ environment: environment.name, secrets: rows, accepted }));
  } else {
    terminal.out(tableText({ headings: ["secret", "value", ""], rows: rows.map(describe) }, terminal));
    if (accepted.length > 0) terminal.out(`Passwords of the webhook that are accepted: ${accepted.join(", ")}\n`);
  }
  return rows.some(({ needed, state }) => needed && state !== "present") ? EXIT.findings : EXIT.ok;
}

function describe({
  name,
  state,
  changed,
  until,
  needed,
}: SecretStatus & { readonly needed: boolean }): readonly string[] {
  const shown =
    state === "present"
      ? `present, put ${changed?.slice(0, 10) ?? "at an unknown time"}`
      : state === "deleted"
        ? `deleted, can be restored until ${until?.slice(0, 10)}`
        : state;
  return [name, shown, needed ? "" : "(not used in this survey mode)"];
}
