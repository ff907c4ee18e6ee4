/** Functions have no secrets in their variables, logs that expire, and a supported runtime. */
import { z } from "zod";
import { type Check, ofType, refersTo } from "./synthesized";

const Environment = z.looseObject({ variables: z.record(z.string(), z.unknown()).default({}) });

/** Long runs of letters and digits. Keys and tokens look like this, names do not. */
const LOOKS_RANDOM = /[A-Za-z0-9+_=-]{20,}/g;
const NAMES_A_SECRET = /(password|passwd|secret|token|api_?key|private_?key|credential)/i;
/** A variable with such an ending holds the name or the address of a secret, not its value. */
const NAMES_A_PLACE = /(_SECRET|_ARN|_NAME|_URL)$/;
const KEYS_OF_A_SECRET = /"(password|token|apiKey|secret|key)"\s*:/i;

/** Gladly's ids of agents, topics and inboxes look random, but are not secret. */
const GLADLY_IDS = /"(bots|topics|inboxes)":\[[^\]]*\]/g;

/** Everyone who can read the function sees its variables, and the state contains them. */
export const noSecretInVariables: Check = (resources) =>
  ofType(resources, "aws_lambda_function").flatMap(({ path, attributes }) =>
    Object.entries(Environment.parse(attributes.environment ?? {}).variables)
      .filter(([name, value]) => looksSecret(name, withoutOwnName(path, String(value))))
      .map(([name]) => ({
        path,
        message:
          `the variable ${name} looks like a secret's value. Give the function the name of a SecretContainer and let ` +
          "it read the value.",
      })),
  );

/** An environment's name may look random. It is in the configuration and in the names of the resources. */
function withoutOwnName(path: string, value: string): string {
  const [environment = ""] = path.split("/");
  // A quoted name, but not a key of that name, such as "token".
  const quoted = new RegExp(`"${environment}"(?!\\s*:)`, "g");
  return value
    .replaceAll(`relay-${environment}`, "relay-")
    .replaceAll(`relay/${environment}`, "relay/")
    .replace(quoted, '""');
}

function looksSecret(name: string, value: string): boolean {
  // A reference is not a value. The resource that it refers to is checked itself.
  const text = value.replaceAll(/\$\{[^}]*\}/g, "");
  if (KEYS_OF_A_SECRET.test(text)) return true;
  if (NAMES_A_SECRET.test(name) && !NAMES_A_PLACE.test(name)) return text !== "";
  if (/^(AKIA|ASIA)[A-Z0-9]{16}$/.test(text)) return true;
  return (text.replace(GLADLY_IDS, "").match(LOOKS_RANDOM) ?? []).some(isRandom);
}

/** Mixes capitals, small letters and digits throughout. Names consist of words, however many hyphens they have. */
function isRandom(run: string): boolean {
  const letters = run.replaceAll(/[^A-Za-z0-9]/g, "");
  const changes = [...letters].filter((letter, at) => at > 0 && kind(letter) !== kind(letters.charAt(at - 1))).length;
  return changes > letters.length / 3;
}

function kind(letter: string): "digit" | "capital" | "small" {
  if (/\d/.test(letter)) return "digit";
  return /[A-Z]/.test(letter) ? "capital" : "small";
}

/** A log that never expires costs more every month, and keeps data that should be deleted. */
export const logRetention: Check = (resources) =>
  ofType(resources, "aws_cloudwatch_log_group")
    .filter(({ attributes }) => typeof attributes.retention_in_days !== "number" || attributes.retention_in_days === 0)
    .map(({ path }) => ({ path, message: "a log group must expire. Set retentionInDays." }));

/** Otherwise Lambda creates its own log group, which never expires. */
export const ownLogGroup: Check = (resources) =>
  ofType(resources, "aws_lambda_function")
    .filter(
      ({ attributes }) =>
        !ofType(resources, "aws_cloudwatch_log_group").some((group) => refersTo(attributes.logging_config, group)),
    )
    .map(({ path }) => ({
      path,
      message: "a function must write to a log group of this stack. Set loggingConfig.logGroup.",
    }));

/** Deprecated runtimes get no fixes, and AWS refuses to create functions with them. */
const RUNTIMES = ["nodejs22.x", "nodejs24.x"];

export const supportedRuntime: Check = (resources) =>
  ofType(resources, "aws_lambda_function")
    .filter(({ attributes }) => !RUNTIMES.includes(String(attributes.runtime)))
    .map(({ path, attributes }) => ({
      path,
      message: `the runtime ${String(attributes.runtime)} is not supported. Use ${RUNTIMES.join(" or ")}.`,
    }));
