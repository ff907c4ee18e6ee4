import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { digest } from "../../../src/relay/authenticate";
import { FileSecrets } from "../../../src/relay/local/secrets";
import { SecretUnreadable } from "../../../src/relay/ports";

let home: string;
let secrets: FileSecrets;

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "relay-secrets-"));
  mkdirSync(join(home, "secrets"));
  secrets = new FileSecrets(home);
});

afterEach(() => rmSync(home, { recursive: true, force: true }));

const write = (name: string, value: string) => writeFileSync(join(home, "secrets", name), value, { mode: 0o600 });

test.each([["value"], ["value\n"], ["value\r\n"]])(
  "the newline at the end of %j is not part of the secret",
  async (content) => {
    write("gladly-token", content);
    expect(await secrets.gladlyToken()).toBe("value");
  },
);

test("a changed file is used at once", async () => {
  write("gladly-token", "first");
  expect(await secrets.gladlyToken()).toBe("first");
  write("gladly-token", "second one");
  expect(await secrets.gladlyToken()).toBe("second one");
});

test.each([0o644, 0o640, 0o604, 0o622])("mode %o is refused with the remedy until it is repaired", async (mode) => {
  write("gladly-token", "value");
  chmodSync(join(home, "secrets", "gladly-token"), mode);
  await expect(secrets.gladlyToken()).rejects.toThrow(SecretUnreadable);
  await expect(secrets.gladlyToken()).rejects.toThrow(/chmod 600 .*gladly-token/);
  chmodSync(join(home, "secrets", "gladly-token"), 0o600);
  expect(await secrets.gladlyToken()).toBe("value");
});

test.each([
  ["a missing file", undefined, /cannot be read: there is no such file/],
  ["an empty file", "\n", /is empty/],
])("the error for %s contains no value", async (_case, content, message) => {
  if (content !== undefined) write("stella-test-key", content);
  await expect(secrets.stellaKey("test")).rejects.toThrow(message);
});

test("both passwords are accepted while the previous one is kept", async () => {
  write("webhook-password", "new");
  expect(await secrets.webhookVerifiers()).toEqual([{ id: "current", sha256: digest("new") }]);
  write("webhook-password-previous", "old");
  const both = await secrets.webhookVerifiers();
  expect(both).toEqual([
    { id: "current", sha256: digest("new") },
    { id: "previous", sha256: digest("old") },
  ]);
  expect(await secrets.webhookVerifiers()).toBe(both);
});

test("a key's mode comes from its file, and is unknown when both files have the same key", async () => {
  write("stella-test-key", "a");
  expect(await secrets.stellaKey("test")).toEqual({ apiKey: "a", mode: "test" });
  write("stella-production-key", "b");
  expect(await secrets.stellaKey("production")).toEqual({ apiKey: "b", mode: "production" });
  write("stella-production-key", "a");
  expect(await secrets.stellaKey("production")).toEqual({ apiKey: "a", mode: "unknown" });
});
