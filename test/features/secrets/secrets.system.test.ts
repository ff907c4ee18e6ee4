import { createHash } from "node:crypto";
import { InboundSecret, ProbeSecret, parseSecret, StellaSecret } from "../../../src/contract/secret-values";
import { secretsCommand } from "../../../src/features/secrets/command";
import { checkSecret } from "../../../src/features/secrets/secret-input";
import { rememberingTerminal } from "../../support/terminal";
import { type SecretsManager, startSecretsManager } from "./support/secrets-manager";

const NAMES = ["inbound", "gladly", "probe", "stella-test", "stella-production"];
const PASSWORD = "canary-password-of-more-than-32-characters";
const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");

let aws: SecretsManager;
beforeEach(async () => {
  aws = await startSecretsManager(...NAMES.map((name) => `relay/staging/${name}`));
});
afterEach(() => aws.close());

Object.assign(process.env, { AWS_ACCESS_KEY_ID: "none", AWS_SECRET_ACCESS_KEY: "none" });

/** Runs `relay secrets` with a value on its standard input. */
async function secrets(positionals: readonly string[], given = "", values = {}) {
  const terminal = rememberingTerminal({ AWS_ENDPOINT_URL_SECRETS_MANAGER: aws.url });
  const command = secretsCommand(
    async () => checkSecret(given),
    () => new Date("2026-11-22T09:00:00Z"),
  );
  const code = await command.run({ positionals, values }, terminal, []);
  return { code, ...terminal.printed };
}

const stored = (name: string) => aws.values.get(`relay/staging/${name}`) ?? "";

describe("relay secrets put", () => {
  it("stores Stella's key with its mode, and prints nothing of it", async () => {
    const { code, out, err } = await secrets(["put", "staging", "stella-test"], "canary-key\n");
    expect(code).toBe(0);
    expect(parseSecret(StellaSecret, stored("stella-test"))).toEqual({ apiKey: "canary-key", mode: "test" });
    expect(out + err).not.toContain("canary-key");
  });

  it("stores only a digest of the webhook's password, and the password only for the watchdog", async () => {
    await secrets(["put", "staging", "inbound"], PASSWORD);
    expect(parseSecret(InboundSecret, stored("inbound")).verifiers).toEqual([
      { id: "2026-11-22", sha256: sha256(PASSWORD) },
    ]);
    expect(stored("inbound")).not.toContain(PASSWORD);
    expect(parseSecret(ProbeSecret, stored("probe"))).toEqual({ password: PASSWORD });
  });

  it("refuses to replace a password in use, because Gladly would be locked out", async () => {
    await secrets(["put", "staging", "inbound"], PASSWORD);
    await expect(secrets(["put", "staging", "inbound"], `${PASSWORD}-2`)).rejects.toThrow(/lock Gladly out.*rotate/);
    expect(stored("inbound")).toContain(sha256(PASSWORD));
  });

  it.each([
    ["nothing", "", /empty/],
    ["two lines", "one\ntwo\n", /space or a line break/],
    ["a short password", "short", /has 5 characters, and needs 32/],
  ])("refuses %s and writes nothing", async (_, given, message) => {
    await expect(secrets(["put", "staging", "inbound"], given)).rejects.toThrow(message);
    expect(aws.calls.filter((call) => call.startsWith("Put"))).toEqual([]);
  });

  it("says how to restore a secret that was deleted", async () => {
    aws.deleted.add("relay/staging/gladly");
    await expect(secrets(["put", "staging", "gladly"], "token")).rejects.toThrow(
      /was deleted, and AWS keeps it for 30 days.*restore-secret --region us-east-1 --secret-id relay\/staging\/gladly/,
    );
  });

  it("says when the relay does not use the value", async () => {
    const { err } = await secrets(["put", "staging", "stella-production"], "key");
    expect(err).toBe('Put stella-production. The relay does not use it while surveyMode is "test".\n');
  });

  it("says which apply creates a missing secret", async () => {
    aws.values.delete("relay/staging/gladly");
    await expect(secrets(["put", "staging", "gladly"], "token")).rejects.toThrow(/npx cdktf apply staging/);
  });

  it("says where the secrets of an environment on one machine are", async () => {
    await expect(secrets(["put", "sandbox", "gladly"], "token")).rejects.toThrow(".relay/sandbox/secrets");
  });
});

describe("relay secrets rotate", () => {
  it("makes both passwords valid until the old one is retired, and says what to do next", async () => {
    await secrets(["put", "staging", "inbound"], PASSWORD, { id: "old" });
    const { err } = await secrets(["rotate", "staging"], `${PASSWORD}-new`, { id: "new" });
    expect(parseSecret(InboundSecret, stored("inbound")).verifiers.map(({ id }) => id)).toEqual(["old", "new"]);
    expect(err).toContain("passwordVersion to 2");
    expect(err).toContain("relay secrets rotate staging --retire old");
    expect(parseSecret(ProbeSecret, stored("probe")).password).toBe(`${PASSWORD}-new`);

    await secrets(["rotate", "staging"], "", { retire: "old" });
    expect(parseSecret(InboundSecret, stored("inbound")).verifiers.map(({ id }) => id)).toEqual(["new"]);
  });

  it("gives a second password of the same day its own name", async () => {
    await secrets(["put", "staging", "inbound"], PASSWORD);
    await secrets(["rotate", "staging"], `${PASSWORD}-new`);
    expect(parseSecret(InboundSecret, stored("inbound")).verifiers.map(({ id }) => id)).toEqual([
      "2026-11-22",
      "2026-11-22-2",
    ]);
  });

  it("refuses a password that is already accepted, and a name that is taken", async () => {
    await secrets(["put", "staging", "inbound"], PASSWORD, { id: "old" });
    await expect(secrets(["rotate", "staging"], PASSWORD, { id: "new" })).rejects.toThrow("accepted already");
    await expect(secrets(["rotate", "staging"], `${PASSWORD}-new`, { id: "old" })).rejects.toThrow('"old"');
  });

  it("does not retire the last password", async () => {
    await secrets(["put", "staging", "inbound"], PASSWORD, { id: "only" });
    await expect(secrets(["rotate", "staging"], "", { retire: "only" })).rejects.toThrow(
      "is the only accepted password",
    );
    expect(stored("inbound")).toContain('"only"');
  });
});

describe("relay secrets status", () => {
  it("ends with 2 while a required secret has no value, otherwise with 0", async () => {
    for (const name of ["gladly", "stella-test"]) await secrets(["put", "staging", name], "value");
    expect(await secrets(["status", "staging"])).toMatchObject({
      code: 2,
      out: expect.stringMatching(/inbound +empty\n/),
    });
    await secrets(["put", "staging", "inbound"], PASSWORD);
    const { code, out } = await secrets(["status", "staging"]);
    expect(code).toBe(0);
    expect(out).toMatch(/stella-production +empty +\(not used in this survey mode\)/);
    expect(out).toContain("accepted: 2026-11-22");
  });

  it("shows a deleted secret, and until when it can be restored", async () => {
    await secrets(["put", "staging", "inbound"], PASSWORD);
    for (const name of ["gladly", "stella-test"]) await secrets(["put", "staging", name], "value");
    aws.deleted.add("relay/staging/gladly");
    const { code, out } = await secrets(["status", "staging"]);
    expect(code).toBe(2);
    expect(out).toMatch(/gladly +deleted, can be restored until 2026-12-22/);
  });

  it("reads only the digests, and prints JSON for scripts", async () => {
    await secrets(["put", "staging", "inbound"], PASSWORD);
    aws.calls.length = 0;
    const { out } = await secrets(["status", "staging"], "", { json: true });
    expect(aws.calls.filter((call) => call.startsWith("Get"))).toEqual(["GetSecretValue relay/staging/inbound"]);
    expect(JSON.parse(out)).toMatchObject({ environment: "staging", accepted: ["2026-11-22"] });
    expect(out).not.toContain(sha256(PASSWORD));
  });
});
