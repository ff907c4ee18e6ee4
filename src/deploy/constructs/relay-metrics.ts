/** CloudWatch's name of the relay's own metrics, as its functions write them. A test compares both sides. */
export const NAMESPACE = "GladlyStellaRelay";

/** Dimensions that every metric of an environment has. */
export function relayDimensions(environment: string): Readonly<Record<string, string>> {
  return { service: "relay", environment };
}

/** Metrics that an alarm or the dashboard looks at. */
export type RelayMetric =
  | "Accepted"
  | "Ambiguous"
  | "AuthFailed"
  | "AcceptToSentSeconds"
  | "BreakerOpened"
  | "Duplicate"
  | "Enqueued"
  | "GuardTripped"
  | "Parked"
  | "PendingAge"
  | "ProbeFailed"
  | "Recorded"
  | "Retried"
  | "SecretStale"
  | "Sent"
  | "Skipped"
  | "Unavailable"
  | "WebhookDisabled";
