/** The callers of AWS in the rehearsal. Each has its own access key, so that the log shows who made each call. */

/** `admin` applies foundations. `host` stands for AWS itself, such as Lambda that loads a function. */
export const CALLERS = [
  "admin",
  "plan",
  "apply",
  // The pipeline of the second environment.
  "apply-other",
  "operator",
  "secrets-admin",
  "ingest",
  "worker",
  "watchdog",
  "hand",
  "host",
] as const;
export type Caller = (typeof CALLERS)[number];

/** An access key is 20 capital letters and digits. */
export function accessKey(caller: Caller): string {
  return `RELAY${caller.toUpperCase().replaceAll("-", "")}`.padEnd(20, "0");
}

export function callerOf(key: string): Caller | undefined {
  return CALLERS.find((caller) => accessKey(caller) === key);
}

/** The environment variables with which an AWS SDK uses the emulator. */
export function awsVariables(endpoint: string, region: string, caller: Caller): Readonly<Record<string, string>> {
  return {
    AWS_ENDPOINT_URL: endpoint,
    AWS_REGION: region,
    AWS_ACCESS_KEY_ID: accessKey(caller),
    AWS_SECRET_ACCESS_KEY: "of-no-use-anywhere",
    AWS_EC2_METADATA_DISABLED: "true",
    AWS_CONFIG_FILE: "/dev/null",
    AWS_SHARED_CREDENTIALS_FILE: "/dev/null",
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true",
  };
}
