import { spawn } from "node:child_process";
import { once } from "node:events";
import { resolve } from "node:path";
import { basicAuthorization } from "../../../src/contract/basic-auth";
import { closeEvent, deliver, TestRelay } from "../../relay/support/test-relay";
import { Upstreams } from "../../relay/support/upstreams";
import { eventually } from "../../relay/support/wait";

const project = resolve(__dirname, "../../..");

test("a relay whose log reader has ended still accepts deliveries, and ends on SIGTERM", async () => {
  const upstreams = await Upstreams.start();
  const home = new TestRelay(upstreams);
  home.configure();
  const child = spawn(process.execPath, ["bin/relay.mjs", "serve", "sandbox", "--port", "0"], {
    cwd: project,
    env: { ...process.env, RELAY_HOME: home.root },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const ended = once(child, "exit");
  try {
    const url = await home.servedAt();
    child.stdout.destroy();
    child.stderr.destroy();
    const post = (headers = {}) => deliver(url, closeEvent("c1"), { connection: "close", ...headers });
    const wrong = { authorization: basicAuthorization("connect", "wrong") };
    upstreams.addConversation("c1");
    expect(await post(wrong)).toBe(401);
    expect(await post()).toBe(200);
    await eventually(
      () => upstreams.received.length,
      (count) => count === 1,
      { pause: 50 },
    );
    expect(await post(wrong)).toBe(401);
    child.kill("SIGTERM");
    expect(await ended).toEqual([0, null]);
  } finally {
    child.kill("SIGKILL");
    await home.remove();
  }
});
