import { writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { explain } from "../../../src/relay/explain";
import { openLocalStores } from "../../../src/relay/local/stores";
import { closeEvent, deliver, TestRelay } from "../../relay/support/test-relay";
import { Upstreams } from "../../relay/support/upstreams";
import { eventually } from "../../relay/support/wait";
import { Running } from "../../support/run";

const project = resolve(__dirname, "../../..");
const PATIENCE = { pause: 50 };

test("an uncaught error is logged, and the process ends only after the current survey is recorded", async () => {
  const upstreams = await Upstreams.start();
  const home = new TestRelay(upstreams);
  home.configure();
  const bomb = join(home.root, "bomb.cjs");
  writeFileSync(bomb, 'process.on("SIGUSR2", () => setImmediate(() => { throw new Error("bomb"); }));');
  const relay = new Running(process.execPath, ["-r", bomb, "bin/relay.mjs", "serve", "sandbox", "--port", "0"], {
    cwd: project,
    env: { ...process.env, RELAY_HOME: home.root },
  });
  try {
    const url = await home.servedAt();
    upstreams.addConversation("c1");
    upstreams.moods.push("hold");
    expect(await deliver(url, closeEvent("c1"))).toBe(200);
    await eventually(
      () => upstreams.received.length,
      (count) => count === 1,
      PATIENCE,
    );
    relay.signal("SIGUSR2");
    await relay.says("relay.crashed");
    upstreams.release();
    expect(await relay.end()).toMatchObject({ code: 1, err: expect.stringContaining("Error: bomb") });
    const store = openLocalStores(home.path);
    expect(await explain(store.ledger, "c1")).toMatchObject([{ state: "sent", lostAnswers: 0, attempts: 1 }]);
    store.close();
  } finally {
    relay.kill();
    await home.remove();
  }
});
