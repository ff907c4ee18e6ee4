/** Environment variables of the functions: names and addresses, never a secret's value. */
export const VARIABLES = {
  RELAY_CONFIGURATION: "the relay's configuration as JSON, without surveyMode. Lambda takes 4 KB for all variables",
  RELAY_SURVEY_MODE: "test or production: which of Stella's keys the worker uses",
  RELAY_QUEUE_URL: "address of the main queue",
  RELAY_PARKED_QUEUE_URL: "address of the queue of parked events, which is the main queue's dead-letter queue",
  RELAY_LEDGER_TABLE: "name of the ledger's table",
  RELAY_INBOUND_SECRET: 'name or ARN of the secret {"verifiers":[{"id","sha256"}]}',
  RELAY_STELLA_SECRET: 'name or ARN of the secret {"apiKey","mode"} of the environment\'s survey mode',
  RELAY_STELLA_API_SECRET:
    'name or ARN of the secret {"apiSecret"}, which signs reads of Stella; set where the watchdog copies answers to Gladly',
  RELAY_GLADLY_SECRET: 'name or ARN of the secret {"token"}',
  RELAY_PROBE_SECRET: 'name or ARN of the secret {"password"}, the webhook password that the watchdog probes with',
  RELAY_PUBLIC_URL: "address that Gladly delivers to, with its path",
  RELAY_DO_NOT_SEND_TOPIC_ID: "id of the Gladly topic that stops a survey, which outlives the topic's name",
  RELAY_RETRY_SCALE: "multiplies every wait before another attempt; below 1 in a rehearsal only",
} as const;
/** The name of an environment variable that a function reads. */
export type Variable = keyof typeof VARIABLES;
