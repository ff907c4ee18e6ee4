/** Reads a function's environment, and reports all faults at once. */
import * as z from "zod/mini";
import { ConfigurationUnusable } from "../../contract/configuration-unusable";
import type { FunctionRequirements } from "../../contract/functions";
import { parsedJson } from "../../contract/json";
import { SURVEY_MODES, type SurveyMode } from "../../contract/survey-mode";
import { VARIABLES, type Variable } from "../../contract/variables";

/** `process.env`, or a test's replacement. */
export type FunctionVariables = Readonly<Record<string, string | undefined>>;

export interface FunctionEnvironment<C = unknown> {
  /** The part of the relay's configuration that the function reads. */
  readonly configuration: C;
  /** AWS Region, set by Lambda. */
  readonly region: string;
  readonly variables: FunctionVariables;
  /** @throws TypeError when the function's requirements do not name the variable, which is a bug */
  value(name: Variable): string;
  optional(name: Variable): string | undefined;
  /** @throws TypeError when the function does not get the survey mode */
  surveyMode(): SurveyMode;
}

/**
 * @param schema schema of the part of the configuration that the function reads
 * @throws ConfigurationUnusable with every missing or wrong variable and every fault of the configuration
 */
export function readEnvironment<C>(
  requirements: FunctionRequirements,
  variables: FunctionVariables,
  schema: z.ZodMiniType<C>,
): FunctionEnvironment<C> {
  const known: readonly Variable[] = [...requirements.variables, ...requirements.optional];
  const surveyMode = SURVEY_MODES.find((mode) => mode === variables.RELAY_SURVEY_MODE);
  const scale = variables.RELAY_RETRY_SCALE;
  const faults = [
    ...requirements.variables
      .filter((name) => !variables[name])
      .map((name) => `${name} is missing: ${VARIABLES[name]}`),
    ...(variables.AWS_REGION ? [] : ["AWS_REGION is missing: Lambda sets it"]),
    ...(known.includes("RELAY_SURVEY_MODE") && variables.RELAY_SURVEY_MODE && surveyMode === undefined
      ? [`RELAY_SURVEY_MODE is neither test nor production: ${variables.RELAY_SURVEY_MODE}`]
      : []),
    ...(known.includes("RELAY_STELLA_API_SECRET") &&
    !variables.RELAY_STELLA_API_SECRET !== !variables.RELAY_STELLA_SECRET
      ? ["RELAY_STELLA_SECRET and RELAY_STELLA_API_SECRET must be set together, to sync survey answers, or not at all"]
      : []),
    ...(scale && !(Number(scale) > 0) ? [`RELAY_RETRY_SCALE is not a number above 0: ${scale}`] : []),
  ];
  const configuration = readConfiguration(variables.RELAY_CONFIGURATION, schema, faults);
  if (configuration === undefined || faults.length > 0) {
    throw new ConfigurationUnusable(
      `the ${requirements.name} function's environment is not usable; run \`npx cdktf apply\`:\n  ${faults.join("\n  ")}`,
    );
  }
  const optional = (name: Variable) => {
    if (!known.includes(name)) throw new TypeError(`${name} is not a variable of the ${requirements.name} function`);
    return variables[name] || undefined;
  };
  const value = (name: Variable) => {
    const given = optional(name);
    if (given === undefined) throw new TypeError(`${name} is optional and has no value`);
    return given;
  };
  return {
    ...{ configuration, region: variables.AWS_REGION ?? "", variables, value, optional },
    surveyMode: () => {
      if (surveyMode === undefined)
        throw new TypeError(`the ${requirements.name} function is not told the survey mode`);
      return surveyMode;
    },
  };
}

function readConfiguration<C>(text: string | undefined, schema: z.ZodMiniType<C>, faults: string[]): C | undefined {
  if (!text) return undefined;
  const json = parsedJson(text);
  const parsed = schema.safeParse(json);
  if (parsed.success) return parsed.data;
  const detail = z.prettifyError(parsed.error).replaceAll("\n", "\n    ");
  const fault = json === undefined ? "JSON" : `a relay configuration of version 1:\n    ${detail}`;
  faults.push(`RELAY_CONFIGURATION is not ${fault}`);
  return undefined;
}
