/** A RELAY_HOME on a separate small disk, which a test can fill or make read-only. */
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describeIf } from "../../support/optional";
import { PASSWORD, type TestRelay } from "./test-relay";

/** Also false for root in a container without permission to mount. */
function canMount(): boolean {
  const probe = mkdtempSync(join(tmpdir(), "relay-mount-"));
  try {
    execFileSync("mount", ["-t", "tmpfs", "-o", "size=64k", "tmpfs", probe], { stdio: "ignore" });
    execFileSync("umount", [probe]);
    return true;
  } catch {
    return false;
  } finally {
    rmSync(probe, { recursive: true, force: true });
  }
}

export const describeWithDisk = describeIf(canMount(), "the right to mount a disk", "run the tests as root");

/** Mounts 2 MB on the RELAY_HOME and creates the files that a relay needs. */
export function mountHome(home: TestRelay): void {
  execFileSync("mount", ["-t", "tmpfs", "-o", "size=2m", "tmpfs", home.path]);
  mkdirSync(join(home.path, "secrets"));
  home.secret("webhook-password", PASSWORD);
  home.secret("gladly-token", "token");
  home.secret("stella-test-key", "key");
  home.configure();
}

/** @throws when files that are open for writing keep the mount writable */
export function remountHome(home: TestRelay, mode: "ro" | "rw"): void {
  execFileSync("mount", ["-o", `remount,${mode}`, home.path], { stdio: "ignore" });
}

export function unmountHome(home: TestRelay): void {
  execFileSync("umount", ["-l", home.path]);
}
