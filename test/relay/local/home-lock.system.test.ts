import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { HomeTaken, lockHome } from "../../../src/relay/local/home-lock";
import { closeEvent, TestRelay } from "../support/test-relay";
import { Upstreams } from "../support/upstreams";
import { eventually } from "../support/wait";

const project = resolve(__dirname, "../../..");
const PATIENCE = { pause: 50 };

interface Served {
  readonly child: ChildProcess;
  readonly text: () => string;
  readonly ended: Promise<number | null>;
}

let root: string;
let served: Served[];

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "relay-lock-"));
  served = [];
});
afterEach(async () => {
  for (const { child } of served) child.kill("SIGKILL");
  await Promise.all(served.map(({ ended }) => ended));
  rmSync(root, { recursive: true, force: true });
});

/** Starts `relay serve sandbox` as a person does. */
function serve(): Served {
  const args = [join(project, "bin/relay.mjs"), "serve", "sandbox", "--port", "0"];
  const child = spawn(process.execPath, args, {
    env: { ...process.env, RELAY_HOME: root },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let text = "";
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding("utf8").on("data", (part) => (text += part));
  const ended = once(child, "exit").then(([code]): number | null => (typeof code === "number" ? code : null));
  served.push({ child, text: () => text, ended });
  return { child, text: () => text, ended };
}

const isServing = (relay: Served) => relay.text().includes("Operations  http");
const hasEnded = ({ child }: Served) => child.exitCode !== null;

test("of two relays started at once with one RELAY_HOME, one serves and the other ends with the reason", async () => {
  const both = [serve(), serve()];
  await eventually(async () => both.some(isServing) && both.some(hasEnded), Boolean, PATIENCE);
  const refused = both.find(hasEnded);
  expect(refused?.child.exitCode).toBe(1);
  expect(refused?.text()).toMatch(
    /^relay serve: (another relay serves .+ already|this environment's relay is running already, at http)/m,
  );
  expect(refused?.text()).toContain("End it first");
  const serving = both.find(isServing);
  const addresses: unknown = JSON.parse(readFileSync(join(root, "sandbox", "serve.json"), "utf8"));
  expect(addresses).toMatchObject({ relay: expect.any(String) });
  expect(serving?.text()).toContain(new Map(Object.entries(Object(addresses))).get("relay"));
});

test("after a relay is killed, another can use its RELAY_HOME", async () => {
  const first = serve();
  await eventually(async () => isServing(first), Boolean, PATIENCE);
  first.child.kill("SIGKILL");
  await first.ended;
  const second = serve();
  await eventually(async () => isServing(second), Boolean, PATIENCE);
});

test("a relay that cannot lock its RELAY_HOME does not disturb the one that serves", async () => {
  const upstreams = await Upstreams.start();
  const home = new TestRelay(upstreams);
  try {
    home.configure();
    const first = await home.serve();
    await expect(home.serve()).rejects.toThrow(HomeTaken);
    expect(() => lockHome(home.path)).toThrow(`another relay serves ${home.path} already`);
    upstreams.addConversation("c1");
    expect(await home.post(closeEvent("c1"))).toBe(200);
    await eventually(
      () => home.explain("conversation=c1"),
      (list) => list[0]?.state === "sent",
      PATIENCE,
    );
    await first.close();
    lockHome(home.path)();
  } finally {
    await home.remove();
  }
});
