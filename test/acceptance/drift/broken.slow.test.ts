import { mkdirSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { run } from "../../support/run";
import { DriftSetup } from "./setup";

const setup = new DriftSetup();
beforeAll(() => setup.start());
afterAll(() => setup.remove());

/** Replaces a file's content while `work` runs. */
async function broken(file: string, content: string, work: () => Promise<void>): Promise<void> {
  const good = readFileSync(file);
  writeFileSync(file, content);
  try {
    await work();
  } finally {
    writeFileSync(file, good);
  }
}

const unknown = { code: 1, ids: ["not-known"], report: { state: "unknown" } };

describe("a setup that cannot be read is reported as not known, never as without drift", () => {
  it("with a wrong token", () =>
    broken(setup.path("secrets/gladly-token"), "wrong", async () => {
      const looked = await setup.drift();
      expect(looked).toMatchObject(unknown);
      expect(looked.report.findings[0]).toMatchObject({
        title: "sandbox could not be read",
        detail: expect.stringContaining("Gladly refused the user or the token"),
        remedy: expect.stringContaining("put the token of relay@example.com into the secret gladly-token"),
      });
      expect(looked.report.stacks[0]).toMatchObject({ state: "unknown", coverage: null });
      expect(looked.err).toContain("relay drift: not known: sandbox could not be read: Gladly refused");
    }));

  it("with a state that is damaged", () =>
    broken(setup.path("terraform.tfstate"), '{"version": 4, "resou', async () => {
      const looked = await setup.drift();
      expect(looked).toMatchObject(unknown);
      expect(looked.report.findings[0]?.remedy).toContain("the state of sandbox is damaged");
    }));

  it("with stacks on AWS and no credentials: each is not known, and the others are still reported", async () => {
    const nobody = {
      AWS_EC2_METADATA_DISABLED: "true",
      AWS_CONFIG_FILE: "/dev/null",
      AWS_SHARED_CREDENTIALS_FILE: "/dev/null",
    };
    const env: NodeJS.ProcessEnv = { ...setup.env, ...nobody };
    for (const name of ["RELAY_ENVIRONMENTS", "AWS_PROFILE", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"])
      delete env[name];
    const { code, out, err } = await run(process.execPath, ["bin/relay.mjs", "drift"], {
      cwd: setup.scratch.folder,
      env,
    });
    expect(code).toBe(1);
    expect(out).toContain("Not known: foundation-111122223333, foundation-444455556666, production, staging");
    expect(out).toContain("There are no AWS credentials, or they have expired.");
    expect(out).toMatch(/^ {2}sandbox +no drift +0 +1 of 1$/m);
    expect(out).toMatch(/^ {2}staging +not known +1 +not known$/m);
    // Progress is only shown in a terminal.
    expect(err).toBe("");
  });

  it("drift is reported before what is not known", async () => {
    const { id } = await setup.topic();
    await setup.gladly.updateTopic(id, { name: "renamed" });
    const env: NodeJS.ProcessEnv = { ...setup.env, AWS_EC2_METADATA_DISABLED: "true", AWS_PROFILE: "there-is-none" };
    delete env.RELAY_ENVIRONMENTS;
    const args = ["bin/relay.mjs", "drift", "sandbox", "staging"];
    const { code, out } = await run(process.execPath, args, { cwd: setup.scratch.folder, env });
    expect(code).toBe(2);
    expect(out.split("\n")[0]).toBe("Drift in sandbox; not known: staging");
    await setup.apply();
  });
});

describe("an error in the project stops the command with a message", () => {
  const drift = (env: NodeJS.ProcessEnv = setup.env, ...args: readonly string[]) =>
    run(process.execPath, ["bin/relay.mjs", "drift", ...args], { cwd: setup.scratch.folder, env });
  const inWords = ({ code, out, err }: Awaited<ReturnType<typeof drift>>) => {
    expect({ code, out }).toEqual({ code: 1, out: "" });
    expect(err).not.toMatch(/^\s+at .*:\d+:\d+\)?$/m);
    return err;
  };

  it("without Terraform", async () => {
    const env = { ...setup.env, PATH: onlyNode() };
    expect(inWords(await drift(env))).toContain("there is no `terraform` on the PATH");
  });

  it("with a wrong environment file", async () => {
    const file = join(setup.env.RELAY_ENVIRONMENTS ?? "", "sandbox.ts");
    const wrong = readFileSync(file, "utf8").replace('"enrich"', '"enrihc"');
    await broken(file, wrong, async () => expect(inWords(await drift())).toContain("sandbox.ts  delivery"));
  });

  it("with a provider that cannot be built", async () => {
    const { folder } = setup.scratch;
    rmSync(join(folder, "dist"), { recursive: true, force: true });
    await broken(join(folder, "src/provider/main.ts"), "this is not TypeScript", async () => {
      expect(inWords(await drift())).toMatch(/provider/i);
    });
  });

  it("with the name of an unknown stack", async () => {
    expect(inWords(await drift(setup.env, "stagign"))).toContain('there is no stack "stagign"; there are: sandbox.');
  });
});

describe("while the sandbox does not run", () => {
  it("the report says not known and which address does not answer", async () => {
    const { gladly } = setup.addresses;
    await setup.killSandbox();
    const looked = await setup.drift();
    expect(looked).toMatchObject(unknown);
    const [finding] = looked.report.findings;
    expect(finding?.detail).toContain(gladly);
    expect(finding?.detail).toContain("npx relay sandbox");
  });
});

/** A PATH with only Node.js. */
function onlyNode(): string {
  const bin = join(setup.scratch.folder, "only-node");
  mkdirSync(bin, { recursive: true });
  const node = realpathSync(process.execPath);
  symlinkSync(node, join(bin, "node"));
  return [bin, join(dirname(bin), "nothing")].join(delimiter);
}
