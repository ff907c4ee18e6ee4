/** What readiness reads on AWS, with the operator's own permissions: settings and the ledger's notes, never a secret value. */
import { SECRETS, type SecretName } from "../../contract/secrets";
import { AwsNames } from "../../deploy/constructs/aws-names";
import { type AwsEnvironment, relayedBy } from "../../environment";
import { isPaused } from "../../relay/pause";
import type { Ledger } from "../../relay/ports";
import { lastLook, readMark } from "../../relay/relay-time";
import { SecretStore } from "../secrets/secret-store";
import { openAwsRelay } from "../shared/open-aws-relay";
import { awsFailure } from "./aws-failure";
import type { Known, ReadinessFacts, RelayFact, SecretFact } from "./facts";
import { alarmSubscriptions } from "./gather-alarm-subscriptions";

const MINUTE = 60_000;
/** The watchdog runs every five minutes and reads up to two minutes ago: this is three failed runs in a row. */
const SILENT = 17 * MINUTE;

/**
 * Everything at once; nothing where Gladly posts to Stella itself and no relay is left. One that only finishes what it had
 * accepted still needs its secrets, and no longer looks into Gladly's history.
 */
export async function lookAtAws(
  environment: AwsEnvironment,
  env: NodeJS.ProcessEnv,
  now: number,
): Promise<Pick<ReadinessFacts, "secrets" | "relay" | "alarms">> {
  if (relayedBy(environment) === undefined) return { secrets: { known: true, value: [] } };
  const { ledger, close } = openAwsRelay(environment);
  try {
    const [secrets, relay, alarms] = await Promise.all([
      awsSecrets(environment, env),
      awsRelay(environment, ledger, now),
      alarmSubscriptions(environment),
    ]);
    return environment.delivery === "direct" ? { secrets, alarms } : { secrets, relay, alarms };
  } finally {
    close();
  }
}

/** The relay's state from its ledger: the watchdog's notes, and whether the relay is paused. */
async function awsRelay(environment: AwsEnvironment, ledger: Pick<Ledger, "note">, now: number): Promise<RelayFact> {
  try {
    const [paused, { mark }] = await Promise.all([isPaused(ledger), readMark(ledger, undefined)]);
    return { paused: { known: true, value: paused }, working: { known: true, value: workingAt(lastLook(mark), now) } };
  } catch (error) {
    if (error instanceof Error && error.name === "ResourceNotFoundException") {
      const seen = "There is no relay on AWS yet: its ledger does not exist.";
      const remedy = `\`npx cdktf apply ${environment.name}\` creates it`;
      return { paused: { known: true, value: false }, working: { known: true, value: { ok: false, seen, remedy } } };
    }
    const unknown = awsFailure(error, environment);
    return { paused: unknown, working: unknown };
  }
}

/** The mark moves only when the watchdog could read Gladly, so it proves function, schedule, token and ledger at once. */
function workingAt(mark: number | undefined, now: number) {
  const remedy = "read the watchdog's alarm and log in CloudWatch";
  if (mark === undefined) return { ok: false, seen: "The watchdog never read Gladly's history.", remedy } as const;
  const time = new Date(mark).toISOString();
  if (now - mark <= SILENT) {
    return { ok: true, seen: `The relay works: its watchdog read Gladly's history up to ${time}.` } as const;
  }
  return { ok: false, seen: `The watchdog has not read Gladly's history since ${time}.`, remedy } as const;
}

/** What production needs, and the test key for the way back. */
function namesOf({ policy }: AwsEnvironment): readonly SecretName[] {
  const { inbound, probe, gladly, stellaTest, stellaProduction, stellaApiSecret } = SECRETS;
  return [inbound, probe, gladly, stellaTest, stellaProduction, ...(policy?.feedback ? [stellaApiSecret] : [])];
}

async function awsSecrets(environment: AwsEnvironment, env: NodeJS.ProcessEnv): Promise<Known<readonly SecretFact[]>> {
  const store = new SecretStore(environment, env.AWS_ENDPOINT_URL_SECRETS_MANAGER);
  try {
    const found = await Promise.all(namesOf(environment).map((name) => store.status(name)));
    return {
      known: true,
      value: found.map(({ name, state }) => ({ name, state, remedy: remedyOf(environment, name, state) })),
    };
  } catch (error) {
    return awsFailure(error, environment);
  } finally {
    store.close();
  }
}

function remedyOf(of: AwsEnvironment, name: SecretName, state: SecretFact["state"]): string {
  const { name: environment, relay } = of;
  if (state === "deleted") {
    const secret = AwsNames.of(of).secretName(name);
    return `\`aws secretsmanager restore-secret --region ${relay.region} --secret-id ${secret}\` restores it`;
  }
  if (state === "missing") return `\`npx cdktf apply ${environment}\` creates it, then set its value`;
  return name === SECRETS.probe
    ? `\`npx relay secrets put ${environment} ${SECRETS.inbound}\` sets it with the password, \`npx relay secrets put ${environment} ${name}\` alone`
    : `\`npx relay secrets put ${environment} ${name}\`, with the value on standard input`;
}
