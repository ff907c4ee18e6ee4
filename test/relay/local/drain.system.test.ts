import { spawn } from "node:child_process";
import { once } from "node:events";
import { join, resolve } from "node:path";
import { explain } from "../../../src/relay/explain";
import { openLocalStores } from "../../../src/relay/local/stores";
import { closeEvent, deliver, TestRelay } from "../support/test-relay";
import { Upstreams } from "../support/upstreams";
import { eventually } from "../support/wait";

const project = resolve(__dirname, "../../..");
const PATIENCE = { pause: 50 };

test("SIGTERM ends `relay serve` after the current work: it accepts nothing new, and records the current survey", async () => {
  const upstreams = await Upstreams.start();
  const home = new TestRelay(upstreams);
  home.configure();
  const args = [join(project, "bin/relay.mjs"), "serve", "sandbox", "--port", "0"];
  const child = spawn(process.execPath, args, { env: { ...process.env, RELAY_HOME: home.root }, stdio: "ignore" });
  const ended = once(child, "exit");
  try {
    const url = await home.servedAt();
    const post = (id: string) => deliver(url, closeEvent(id), { connection: "close" }).catch(() => "refused");
    upstreams.addConversation("c1");
    upstreams.moods.push("hold");
    expect(await post("c1")).toBe(200);
    await eventually(
      () => upstreams.received.length,
      (count) => count === 1,
      PATIENCE,
    );
    child.kill("SIGTERM");
    await eventually(
      () => post("late"),
      (answer) => answer === "refused",
      PATIENCE,
    );
    expect(child.exitCode).toBeNull();
    upstreams.release();
    expect((await ended)[0]).toBe(0);
    const store = openLocalStores(home.path);
    expect(await explain(store.ledger, "c1")).toMatchObject([{ state: "sent", lostAnswers: 0, attempts: 1 }]);
    store.close();
    expect(upstreams.received).toHaveLength(1);
  } finally {
    child.kill("SIGKILL");
    await ended;
    await home.remove();
  }
});
