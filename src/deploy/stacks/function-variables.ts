/**
 * Checks at synth whether an environment's settings fit into its functions' environment variables, and names the setting that
 * is too long. Otherwise AWS would report it in the middle of an apply.
 */
import { type AwsEnvironment, type Fault, relayedBy } from "../../environment";
import { AwsNames } from "../constructs/aws-names";
import { relayVariables } from "../constructs/relay-variables";

/** Lambda's limit in bytes for all variables of a function. */
const LIMIT = 4096;

/** The watchdog also gets the public address, which is known only after an apply: assume the longest host name. */
const PUBLIC_ADDRESS = { RELAY_PUBLIC_URL: "x".repeat(300) };

/** The worker gets the topic's id, which is known only after an apply: assume Gladly's maximum length. */
const TOPIC_ID = { RELAY_DO_NOT_SEND_TOPIC_ID: "x".repeat(50) };

/** @param file path of the environment's file for the reader */
export function variableFaults(environment: AwsEnvironment, file: string): readonly Fault[] {
  const { policy } = environment;
  const delivery = relayedBy(environment);
  if (delivery === undefined || policy === undefined) return [];
  const aws = AwsNames.of(environment);
  // Measured with the settings of production, so that the error does not first appear when going live.
  const variables = relayVariables(aws, { ...environment, delivery, surveyMode: "production" });
  const functions = {
    ...variables,
    worker: { ...variables.worker, ...TOPIC_ID },
    watchdog: { ...variables.watchdog, ...PUBLIC_ADDRESS },
  };
  return Object.entries(functions).flatMap(([fn, of]) => {
    const excess = sizeOf(of) - LIMIT;
    if (excess <= 0) return [];
    const lengths = Object.entries(policy).map(([setting, value]) => [setting, sizeOf(value)] as const);
    const longest = lengths
      .sort(([, one], [, other]) => other - one)
      .map(([setting, length]) => `policy.${setting} (${length})`);
    const remedy =
      `is ${excess} bytes too long: AWS takes ${LIMIT} for all environment variables of a function, and the ${fn}'s ` +
      `would be ${excess + LIMIT}. Shorten what is longest: ${longest.slice(0, 3).join(", ")}`;
    return [{ file, path: "policy", remedy }];
  });
}

/** Size as Lambda measures it: the JSON of names and values, in which a quotation mark inside a value takes two bytes. */
function sizeOf(value: unknown): number {
  return Buffer.byteLength(JSON.stringify(value));
}
