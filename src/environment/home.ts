/**
 * The folder of an environment on one machine: addresses, secrets, state, database.
 *
 * The folder is `.relay/<environment>` in the project, or `<RELAY_HOME>/<environment>`. Nothing in it is committed.
 */
import { join, resolve } from "node:path";
import { z } from "zod";
import { projectRoot } from "../contract/locations";
import { readJson, readText } from "../contract/read-file";
import type { SecretFile } from "../contract/secrets";

/** The folder of an environment on this machine, as an absolute path. */
export function homeOf(environment: string, env: NodeJS.ProcessEnv = process.env): string {
  if (!/^[a-z][a-z0-9-]*$/.test(environment)) throw new Error(`"${environment}" is not the name of an environment`);
  return join(env.RELAY_HOME ? resolve(env.RELAY_HOME) : join(projectRoot(), ".relay"), environment);
}

/** The files in that folder. */
export const homeFiles = {
  /** Written by `relay sandbox`: where Gladly and Stella Connect listen. */
  sandbox: (home: string) => join(home, "sandbox.json"),
  /** Written by `relay serve`: where the relay listens. */
  serve: (home: string) => join(home, "serve.json"),
  /** Terraform's state of an environment on one machine. The relay reads its configuration from it. */
  state: (home: string) => join(home, "terraform.tfstate"),
  /** The relay's database. A relay that never ran has none. */
  database: (home: string) => join(home, "relay.db"),
  /** One file a secret, mode 0600. */
  secret: (home: string, name: string) => join(home, "secrets", name),
} as const;

/** A secret of an environment on this machine, without its line break; undefined if it cannot be read. */
export function readSecret(home: string, name: SecretFile): string | undefined {
  return readText(homeFiles.secret(home, name))?.trim();
}

/** Default ports. */
export const DEFAULT_PORTS = { gladly: 4610, stella: 4620, relay: 4630, operations: 4631 } as const;

const loopback = (port: number) => `http://127.0.0.1:${port}`;

const SandboxAddresses = z.object({ gladly: z.string(), stella: z.string(), gladlyUser: z.string() });
const ServeAddresses = z.object({ relay: z.string(), operations: z.string() });
export type LocalAddresses = z.infer<typeof SandboxAddresses> & z.infer<typeof ServeAddresses>;

/** The user that owns the sandbox Gladly's API token. */
export const SANDBOX_USER = "relay@example.com";

/**
 * The addresses of a local environment's servers: those that they wrote when they started, or the default ports.
 */
export function localAddresses(environment: string, env: NodeJS.ProcessEnv = process.env): LocalAddresses {
  const home = homeOf(environment, env);
  const sandbox = readSandboxAddresses(home) ?? {
    gladly: loopback(DEFAULT_PORTS.gladly),
    stella: loopback(DEFAULT_PORTS.stella),
    gladlyUser: SANDBOX_USER,
  };
  const serve = readServeAddresses(home) ?? {
    relay: loopback(DEFAULT_PORTS.relay),
    operations: loopback(DEFAULT_PORTS.operations),
  };
  return { ...sandbox, ...serve };
}

/** The sandbox's addresses in a data folder; undefined if none has written them. */
export function readSandboxAddresses(home: string): z.infer<typeof SandboxAddresses> | undefined {
  return readJson(homeFiles.sandbox(home), SandboxAddresses);
}

/** The relay's addresses in a data folder; undefined if none has written them. */
export function readServeAddresses(home: string): z.infer<typeof ServeAddresses> | undefined {
  return readJson(homeFiles.serve(home), ServeAddresses);
}
