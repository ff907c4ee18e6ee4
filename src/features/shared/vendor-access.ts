/** The secrets that a preview needs: Gladly's token, and the key and secret that open Stella's list of employees. */
import { createHash, createHmac } from "node:crypto";
import { CommandError } from "../../cli/command";
import { type Environment, homeOf, isOnAws } from "../../environment";
import { FileSecrets } from "../../relay/local/secrets";
import { SecretUnreadable } from "../../relay/ports";
import { GladlyClient } from "../../vendors/gladly/client";
import type { GladlyClientOptions } from "../../vendors/gladly/transport";
import { type ActiveProfiles, StellaEmployees } from "../../vendors/stella/employees";
import { StellaReadFailed, type StellaReadKey } from "../../vendors/stella/read";

/**
 * Gladly's token: from the folder of an environment on this machine, otherwise from GLADLY_TOKEN, as for a plan.
 *
 * @throws CommandError, SecretUnreadable
 */
export async function gladlyToken(environment: Environment, env: NodeJS.ProcessEnv): Promise<string> {
  if (!isOnAws(environment)) return new FileSecrets(homeOf(environment.name, env)).gladlyToken();
  if (env.GLADLY_TOKEN) return env.GLADLY_TOKEN;
  throw new CommandError(
    `Gladly's token for ${environment.name} is missing: put it into GLADLY_TOKEN, as for \`npx cdktf plan\`. ` +
      `It is the one of ${environment.gladly.user}.`,
  );
}

/** Milliseconds for one call to Gladly with its retries. */
const DEADLINE = 20_000;

/**
 * Gladly's API for an environment.
 *
 * @param limits instead of the client's own, and of a deadline of 20 s for one call with its retries
 */
export function gladlyClient(
  { gladly: { url: baseUrl, user } }: Environment,
  token: GladlyClientOptions["token"],
  signal: AbortSignal,
  limits: Partial<GladlyClientOptions> = {},
): GladlyClient {
  return new GladlyClient({ baseUrl, user, token, signal, deadline: DEADLINE, ...limits });
}

export type ProfilesRead =
  | { readonly kind: "read"; readonly profiles: ActiveProfiles }
  | { readonly kind: "not-read"; readonly why: string };

/** Reads which profiles are active. A preview continues without them, and says so. */
export async function readProfiles(environment: Environment, env: NodeJS.ProcessEnv): Promise<ProfilesRead> {
  try {
    const key = await stellaReadKey(environment, env);
    const employees = new StellaEmployees({ baseUrl: environment.stella.url });
    return { kind: "read", profiles: await employees.active(key, () => Date.now() / 1000) };
  } catch (error) {
    if (error instanceof SecretUnreadable || error instanceof StellaReadFailed || error instanceof CommandError) {
      return { kind: "not-read", why: error.message };
    }
    throw error;
  }
}

/** Whether the test key opens Stella's reads is not published, so the production key is tried first, if there is one. */
async function stellaReadKey(environment: Environment, env: NodeJS.ProcessEnv): Promise<StellaReadKey> {
  if (isOnAws(environment)) {
    const { STELLA_API_KEY: apiKey, STELLA_API_SECRET: apiSecret } = env;
    if (apiKey && apiSecret) return { apiKey, apiSecret };
    throw new CommandError("STELLA_API_KEY and STELLA_API_SECRET, which open Stella's list of employees, are not set");
  }
  const secrets = new FileSecrets(homeOf(environment.name, env));
  const apiSecret = await secrets.stellaApiSecret();
  const { apiKey } = await secrets.stellaKey("production").catch(() => secrets.stellaKey("test"));
  return { apiKey, apiSecret };
}

/** Digests of customers' addresses, keyed with the token. Without the token a stored digest reveals nothing. */
export function addressDigest(token: string): (email: string) => string {
  return (email) => hmac(token, `address ${email.trim().toLowerCase()}`);
}

/** Names the key of the digests. */
export function digestKeyName(token: string): string {
  return hmac(createHash("sha256").update(token).digest("hex"), "relay preview").slice(0, 16);
}

function hmac(key: string, text: string): string {
  return createHmac("sha256", key).update(text).digest("base64url");
}
