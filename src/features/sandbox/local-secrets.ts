/** The secrets of an environment on one machine: a file each, readable by their owner alone. */
import { randomBytes } from "node:crypto";
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { homeFiles } from "../../environment";

/** What an environment needs, by the name of its file. */
export const SECRET_NAMES = [
  "gladly-token",
  "webhook-password",
  "stella-test-key",
  "stella-production-key",
  "stella-api-secret",
] as const;
export type SecretName = (typeof SECRET_NAMES)[number];

/** Makes up every secret that is not there yet, and answers all of them. Only the sandbox may make up its own. */
export function ensureSandboxSecrets(home: string): Readonly<Record<SecretName, string>> {
  const entries = SECRET_NAMES.map((name) => {
    const path = homeFiles.secret(home, name);
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    if (!existsSync(path)) {
      writeFileSync(path, `${randomBytes(24).toString("hex")}\n`, { mode: 0o600, flag: "wx" });
    }
    chmodSync(path, 0o600);
    return [name, readFileSync(path, "utf8").trim()] as const;
  });
  return Object.fromEntries(entries) as Record<SecretName, string>;
}
