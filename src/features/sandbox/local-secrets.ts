/** The secrets of an environment on one machine: one file each, readable only by its owner. */
import { randomBytes } from "node:crypto";
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { SECRET_FILES } from "../../contract/secrets";
import { homeFiles } from "../../environment";

/** All except the password before the last rotation. */
const { previousWebhookPassword: _, ...NEEDED } = SECRET_FILES;

/** Generates missing secrets and returns all of them. Only the sandbox may generate its own. */
export function ensureSandboxSecrets(home: string): Readonly<Record<keyof typeof NEEDED, string>> {
  const entries = Object.entries(NEEDED).map(([name, file]) => {
    const path = homeFiles.secret(home, file);
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    if (!existsSync(path)) {
      writeFileSync(path, `${randomBytes(24).toString("hex")}\n`, { mode: 0o600, flag: "wx" });
    }
    chmodSync(path, 0o600);
    return [name, readFileSync(path, "utf8").trim()] as const;
  });
  return Object.fromEntries(entries) as Record<keyof typeof NEEDED, string>;
}
