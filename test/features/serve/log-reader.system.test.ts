import { spawn } from "node:child_process";
import { once } from "node:events";
import { resolve } from "node:path";
import { readServeAddresses } from "../../../src/environment/home";
import { closeEvent, PASSWORD, TestRelay } from "../../relay/support/test-relay";
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
    const { relay } = await eventually(
      async () => readServeAddresses(home.path) ?? { relay: "" },
      (addresses) => addresses.relay !== "",
      { pause: 50 },
    );
    child.stdout.destroy();
    child.stderr.destroy();
    const post = async (password: string, id: string) => {
      const authorization = `Basic ${Buffer.from(`connect:${password}`).toString("base64")}`;
      const options = { method: "POST", headers: { authorization, connection: "close" }, body: closeEvent(id) };
      return (await fetch(`${relay}/v1/webhooks/gladly`, options)).status;
    };
    upstreams.addConversation("c1");
    expect(await post("wrong", "c1")).toBe(401);
    expect(await post(PASSWORD, "c1")).toBe(200);
    await eventually(
      () => upstreams.received.length,
      (count) => count === 1,
      { pause: 50 },
    );
    expect(await post("wrong", "c1")).toBe(401);
    child.kill("SIGTERM");
    expect(await ended).toEqual([0, null]);
  } finally {
    child.kill("SIGKILL");
    await home.remove();
  }
});
