/**
 * Whether what an environment says fits into its functions' environment variables: told at synth, by the setting that is
 * too long, and not by AWS in the middle of an apply.
 */
import { type AwsEnvironment, type Fault, relayedBy } from "../../environment";
import { AwsNames } from "../constructs/aws-names";
import { relayVariables } from "../constructs/relay-variables";

/** Bytes that Lambda takes for all variables of a function together. */
const LIMIT = 4096;

/** The watchdog is told the public address as well, which is known only after an apply: the longest host name's worth. */
const PUBLIC_ADDRESS = { RELAY_PUBLIC_URL: "x".repeat(300) };

/** The worker is told the topic's id, which is known only after an apply: as long as Gladly takes one. */
const TOPIC_ID = { RELAY_DO_NOT_SEND_TOPIC_ID: "x".repeat(50) };

/** @param file the environment's file, as the reader would open it */
export function variableFaults(environment: AwsEnvironment, file: string): readonly Fault[] {
  const { policy } = environment;
  const delivery = relayedBy(environment);
  if (delivery === undefined || policy === undefined) return [];
  const aws = AwsNames.of(environment);
  // Measured as they will be in production: going live must not be where this comes up.
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

/** Bytes as Lambda measures them: the JSON of names and values, in which every quotation mark inside a value is two. */
function sizeOf(value: unknown): number {
  return Buffer.byteLength(JSON.stringify(value));
}
