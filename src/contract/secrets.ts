import type { SurveyMode } from "./survey-mode";

/** Names of an environment's secrets on AWS, below `relay/<environment>/`. */
export const SECRETS = {
  /** Digests of the passwords that Gladly may deliver with. */
  inbound: "inbound",
  /** Gladly's API token. */
  gladly: "gladly",
  /** The password that the watchdog probes the endpoint with. */
  probe: "probe",
  stellaTest: "stella-test",
  stellaProduction: "stella-production",
  /** Signs reads of Stella, if survey answers are copied to Gladly. */
  stellaApiSecret: "stella-api-secret",
} as const;
/** The last part of a secret's name on AWS, after `relay/<environment>/`. */
export type SecretName = (typeof SECRETS)[keyof typeof SECRETS];

/** The Stella key of the survey mode. No function can read the other one. */
export function stellaSecret(surveyMode: SurveyMode): (typeof SECRETS)["stellaTest" | "stellaProduction"] {
  return surveyMode === "test" ? SECRETS.stellaTest : SECRETS.stellaProduction;
}

/** Names of an environment's secrets on one machine: one file each in `<home>/secrets/`. A newline at the end is ignored. */
export const SECRET_FILES = {
  gladlyToken: "gladly-token",
  webhookPassword: "webhook-password",
  /** Still accepted after a rotation, until it is deleted. */
  previousWebhookPassword: "webhook-password-previous",
  stellaTestKey: "stella-test-key",
  stellaProductionKey: "stella-production-key",
  stellaApiSecret: "stella-api-secret",
} as const;
/** The name of a secret's file on one machine, in `<home>/secrets/`. */
export type SecretFile = (typeof SECRET_FILES)[keyof typeof SECRET_FILES];

/** The file of the Stella key of the survey mode. */
export function stellaKeyFile(surveyMode: SurveyMode): SecretFile {
  return surveyMode === "test" ? SECRET_FILES.stellaTestKey : SECRET_FILES.stellaProductionKey;
}
