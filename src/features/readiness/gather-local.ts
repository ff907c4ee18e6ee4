/** What readiness reads on this machine: the secret files, and the relay that `relay serve` runs. */
import { existsSync, readFileSync, statSync } from "node:fs";
import { relative } from "node:path";
import { z } from "zod";
import { messageOf } from "../../contract/error-message";
import { SECRET_FILES } from "../../contract/secrets";
import { type Environment, homeFiles, homeOf, localAddresses, relayedBy } from "../../environment";
import { readSecret } from "../../environment/home";
import { openLocalStores } from "../../relay/local/stores";
import { isPaused } from "../../relay/pause";
import type { Known, RelayFact, SecretFact } from "./facts";
import { ping } from "./gather-ping";

/** Milliseconds for an answer of a process on this machine. */
const PATIENCE = 5_000;

const Health = z.object({ ok: z.boolean(), parked: z.number().default(0) });

/** What production needs, and the test key for the way back. */
function namesOf(environment: Environment): readonly string[] {
  return [
    SECRET_FILES.gladlyToken,
    SECRET_FILES.stellaTestKey,
    SECRET_FILES.stellaProductionKey,
    ...(relayedBy(environment) === undefined ? [] : [SECRET_FILES.webhookPassword]),
    ...(environment.policy?.feedback ? [SECRET_FILES.stellaApiSecret] : []),
  ];
}

/** Whether the files are there, by size and mode. Values are not read. */
export function localSecrets(environment: Environment, env: NodeJS.ProcessEnv): readonly SecretFact[] {
  const home = homeOf(environment.name, env);
  return namesOf(environment).map((name) => {
    const path = homeFiles.secret(home, name);
    const shown = relative(process.cwd(), path);
    const state = stateOf(path);
    const put = `write it to \`${shown}\`, a file of mode 0600`;
    return { name, state, remedy: state === "open-to-others" ? `\`chmod 600 ${shown}\`` : put };
  });
}

function stateOf(path: string): SecretFact["state"] {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found === undefined) return "missing";
  if ((found.mode & 0o077) !== 0) return "open-to-others";
  return readsEmpty(found.size, path) ? "empty" : "present";
}

/** A line break alone is no value. */
function readsEmpty(size: number, path: string): boolean {
  return size === 0 || (size <= 2 && readFileSync(path, "utf8").trim() === "");
}

/** Whether both of Stella's keys are the same. Only the answer leaves this function. */
export function keysAreOne(environment: Environment, env: NodeJS.ProcessEnv): boolean | undefined {
  const home = homeOf(environment.name, env);
  const test = readSecret(home, SECRET_FILES.stellaTestKey);
  const production = readSecret(home, SECRET_FILES.stellaProductionKey);
  return test && production ? test === production : undefined;
}

export async function localRelay(
  environment: Environment,
  endpoint: string,
  env: NodeJS.ProcessEnv,
): Promise<RelayFact> {
  const home = homeOf(environment.name, env);
  const { operations } = localAddresses(environment.name, env);
  const health = await healthOf(operations);
  const password = readSecret(home, SECRET_FILES.webhookPassword) || undefined;
  const paused = await pausedAt(home);
  if (health === undefined) {
    const seen = `The relay does not run: nothing answers at ${operations}.`;
    const remedy = `\`npx relay serve ${environment.name}\` starts it`;
    return { paused, working: { known: true, value: { ok: false, seen, remedy } } };
  }
  return {
    paused,
    working: { known: true, value: workingAs(health.ok, environment.name, endpoint) },
    // Without the password, the missing secret is the finding.
    ...(password === undefined ? {} : { ping: { known: true as const, value: await ping(endpoint, password) } }),
    parked: health.parked,
  };
}

function workingAs(configured: boolean, environment: string, endpoint: string) {
  if (configured) return { ok: true, seen: `The relay runs, and answers a PING at ${endpoint}.` } as const;
  const seen = "The relay runs without a configuration: none was applied that it can use.";
  return { ok: false, seen, remedy: `\`npx cdktf apply ${environment}\` configures it` } as const;
}

async function healthOf(operations: string): Promise<z.infer<typeof Health> | undefined> {
  try {
    const response = await fetch(`${operations}/health`, { signal: AbortSignal.timeout(PATIENCE) });
    return Health.parse(await response.json());
  } catch {
    return undefined;
  }
}

/** A home without a database was never paused, and none is created here. */
async function pausedAt(path: string): Promise<Known<boolean>> {
  if (!existsSync(homeFiles.database(path))) return { known: true, value: false };
  try {
    const home = openLocalStores(path);
    try {
      return { known: true, value: await isPaused(home.ledger) };
    } finally {
      home.close();
    }
  } catch (error) {
    const why = messageOf(error);
    return { known: false, why, remedy: "check that the relay's database can be read" };
  }
}
