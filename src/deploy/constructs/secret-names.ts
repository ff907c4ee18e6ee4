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
  /** Signs reads of Stella, where survey answers are brought back. */
  stellaApiSecret: "stella-api-secret",
} as const;
export type SecretName = (typeof SECRETS)[keyof typeof SECRETS];

/** The one Stella key that the survey mode uses. The other one cannot be read by anything that runs. */
export function stellaSecret(surveyMode: "test" | "production"): "stella-test" | "stella-production" {
  return surveyMode === "test" ? SECRETS.stellaTest : SECRETS.stellaProduction;
}
