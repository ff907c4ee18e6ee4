import { FUNCTIONS, type FunctionRequirements, INGEST, WATCHDOG, WORKER } from "../../../src/contract/functions";
import { ConfigurationUnusable } from "../../../src/contract/relay-configuration";
import { VARIABLES, type Variable } from "../../../src/contract/variables";
import { readEnvironment } from "../../../src/relay/aws/environment";
import { SharedConfiguration } from "../../../src/relay/aws/shared-configuration";

const CONFIGURATION = {
  ...{ version: 1, environment: "sandbox", delivery: "enrich", webhook: { username: "connect" } },
  ...{ gladly: { url: "https://example.gladly.qa", user: "api@example.com" }, stella: { url: "https://example.net" } },
  doNotSendTopic: "do_not_send_stella",
};

/** Each variable with a different value. */
const ALL: Readonly<Record<string, string>> = {
  ...Object.fromEntries(Object.keys(VARIABLES).map((name) => [name, `value of ${name}`])),
  RELAY_CONFIGURATION: JSON.stringify(CONFIGURATION),
  RELAY_SURVEY_MODE: "production",
  RELAY_RETRY_SCALE: "0.5",
  AWS_REGION: "eu-central-1",
};

const without = (name: string) => Object.fromEntries(Object.entries(ALL).filter(([key]) => key !== name));

const faultsOf = (variables: Readonly<Record<string, string>>, requirements: FunctionRequirements = WORKER) => {
  try {
    readEnvironment(requirements, variables, SharedConfiguration);
    return "";
  } catch (error) {
    if (error instanceof ConfigurationUnusable) return error.message;
    throw error;
  }
};

describe("a function's environment", () => {
  it("has only the variables that the function requires", () => {
    const environment = readEnvironment(INGEST, ALL, SharedConfiguration);
    expect(environment.value("RELAY_QUEUE_URL")).toBe("value of RELAY_QUEUE_URL");
    expect(environment.configuration).toMatchObject(CONFIGURATION);
    expect(environment.region).toBe("eu-central-1");
    expect(() => environment.value("RELAY_STELLA_SECRET")).toThrow(TypeError);
    expect(readEnvironment(WORKER, ALL, SharedConfiguration).surveyMode()).toBe("production");
  });

  const required = FUNCTIONS.flatMap((requirements) =>
    requirements.variables.map((variable): [string, Variable] => [requirements.name, variable]),
  );
  it.each(required)("of the %s function is refused without %s, and the error names it", (name, variable) => {
    const requirements = FUNCTIONS.find((candidate) => candidate.name === name) ?? WORKER;
    const message = faultsOf(without(variable), requirements);
    expect(message).toContain(`${variable} is missing: ${VARIABLES[variable]}`);
    expect(message).toContain("npx cdktf apply");
  });

  it("reports all faults at once", () => {
    const configuration = JSON.stringify({ ...CONFIGURATION, delivery: "pigeon", unknown: 1 });
    const message = faultsOf({
      ...without("RELAY_QUEUE_URL"),
      RELAY_CONFIGURATION: configuration,
      RELAY_SURVEY_MODE: "live",
      RELAY_RETRY_SCALE: "fast",
    });
    for (const part of ["RELAY_QUEUE_URL", "delivery", "unknown", "RELAY_SURVEY_MODE", "live", "RELAY_RETRY_SCALE"]) {
      expect(message).toContain(part);
    }
  });

  it("is refused when the watchdog has only one of the two secrets for Stella's API", () => {
    const { RELAY_STELLA_SECRET, RELAY_STELLA_API_SECRET, ...neither } = ALL;
    expect(faultsOf(neither, WATCHDOG)).toBe("");
    expect(faultsOf(ALL, WATCHDOG)).toBe("");
    for (const one of [{ RELAY_STELLA_SECRET }, { RELAY_STELLA_API_SECRET }]) {
      const variables = Object.fromEntries(Object.entries(one).map(([name, value]) => [name, String(value)]));
      expect(faultsOf({ ...neither, ...variables }, WATCHDOG)).toContain("must be set together");
    }
  });

  it("is refused when the configuration is not JSON", () => {
    expect(faultsOf({ ...ALL, RELAY_CONFIGURATION: "{" })).toContain("RELAY_CONFIGURATION is not JSON");
  });
});
