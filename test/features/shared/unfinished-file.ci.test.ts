/** Commands on one environment read only its file: an unfinished file of another environment does not stop them. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Sandbox, startSandbox } from "../../../src/sandbox/sandbox";
import { runRelay } from "../../support/relay";

const TOKEN = "token-of-a-test";
let root: string;
let sandbox: Sandbox;
let env: NodeJS.ProcessEnv;

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), "unfinished-"));
  const gladlyUser = "relay@example.com";
  const keys = { stellaTestKey: "a", stellaProductionKey: "b" };
  sandbox = await startSandbox({ credentials: { gladlyUser, gladlyToken: TOKEN, ...keys } });
  const environments = join(root, "environments");
  const secrets = join(root, "home/sandbox/secrets");
  for (const folder of [environments, secrets]) mkdirSync(folder, { recursive: true });
  for (const name of ["gladly-token", "webhook-password", "stella-test-key", "stella-production-key"])
    writeFileSync(join(secrets, name), `${TOKEN}\n`, { mode: 0o600 });
  const environment = {
    ...{ name: "sandbox", surveyMode: "test", delivery: "enrich" },
    gladly: { url: sandbox.gladly.url, user: gladlyUser },
    stella: { url: sandbox.stella.url },
    relay: { on: "local", url: "http://127.0.0.1:4630" },
  };
  writeFileSync(join(environments, "sandbox.ts"), `export default ${JSON.stringify(environment)};\n`);
  writeFileSync(join(environments, "draft.ts"), 'export default { name: "draft", surveyMode: \n');
  writeFileSync(join(environments, "half.ts"), 'export default { name: "half" };\n');
  env = {
    ...process.env,
    RELAY_ENVIRONMENTS: environments,
    RELAY_HOME: join(root, "home"),
    CDKTF_OUTDIR: join(root, "out"),
    CHECKPOINT_DISABLE: "1",
  };
});
afterAll(async () => {
  await sandbox.close();
  rmSync(root, { recursive: true, force: true });
});

const relay = (...args: readonly string[]) => runRelay(args, env);

it.each<[readonly string[], number, string]>([
  [["pause", "--environment", "sandbox"], 0, "paused"],
  [["resume", "--environment", "sandbox"], 0, ""],
  [["explain", "tP4sVb0WQ3mZ8nYc1xKj7w", "--environment", "sandbox"], 1, "tP4sVb0WQ3mZ8nYc1xKj7w"],
  [["drift", "sandbox"], 2, "not applied"],
  [["review", "sandbox"], 0, "created for the first time"],
])("relay %j", async (args, code, says) => {
  const ended = await relay(...args);
  expect(ended).toMatchObject({ code, err: expect.not.stringMatching(/draft|half|fault/) });
  expect((ended.out + ended.err).toLowerCase()).toContain(says.toLowerCase());
});

it("lists all environments for an unknown name", async () => {
  expect(await relay("pause", "--environment", "sandbx")).toMatchObject({
    code: 1,
    err: expect.stringContaining('there is no environment "sandbx"; there are: draft, half, sandbox.'),
  });
});

it("stops commands that read all environments, with every fault", async () => {
  const { code, err } = await relay("drift");
  expect(code).toBe(1);
  expect(err).toContain("draft.ts");
  expect(err).toContain("half.ts");
});
