/** Reads a function's environment, and tells every fault of it at once. */
import { ConfigurationUnusable, parseConfiguration, type RelayConfiguration } from "../configuration";
import { type FunctionRequirements, VARIABLES, type Variable } from "./requirements";

/** `process.env`, or what a test has in its place. */
export type FunctionVariables = Readonly<Record<string, string | undefined>>;

export interface FunctionEnvironment {
  readonly configuration: RelayConfiguration;
  /** AWS Region, set by Lambda. */
  readonly region: string;
  readonly variables: FunctionVariables;
  /** @throws TypeError when the function's requirements do not name the variable: a fault of this program */
  value(name: Variable): string;
  optional(name: Variable): string | undefined;
}

/** @throws ConfigurationUnusable naming every variable that is missing, and every fault of the configuration */
export function readEnvironment(requirements: FunctionRequirements, variables: FunctionVariables): FunctionEnvironment {
  const faults = requirements.variables
    .filter((name) => !variables[name])
    .map((name) => `  ${name} is missing: ${VARIABLES[name]}`);
  const scale = variables.RELAY_RETRY_SCALE;
  if (scale && !(Number(scale) > 0)) faults.push(`  RELAY_RETRY_SCALE is not a number above 0: ${scale}`);
  if (!variables.AWS_REGION) faults.push("  AWS_REGION is missing: Lambda sets it");
  const text = variables.RELAY_CONFIGURATION;
  let configuration: RelayConfiguration | undefined;
  try {
    if (text) configuration = parseConfiguration(text, "RELAY_CONFIGURATION");
  } catch (error) {
    if (!(error instanceof ConfigurationUnusable)) throw error;
    faults.push(`  ${error.message.replaceAll("\n", "\n  ")}`);
  }
  if (configuration === undefined || faults.length > 0) {
    throw new ConfigurationUnusable(
      `the ${requirements.name} function's environment is not usable; run \`npx cdktf apply\`:\n${faults.join("\n")}`,
    );
  }
  const optional = (name: Variable) => {
    const known = [...requirements.variables, ...requirements.optional];
    if (!known.includes(name))
      throw new TypeError(`${name} is not one of the ${requirements.name} function's variables`);
    return variables[name] || undefined;
  };
  const value = (name: Variable) => {
    const given = optional(name);
    if (given === undefined) throw new TypeError(`${name} is optional and has no value`);
    return given;
  };
  return { configuration, region: variables.AWS_REGION ?? "", variables, value, optional };
}
