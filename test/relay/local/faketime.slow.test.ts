/** The real process while Debian's faketime changes the system's clock: it loses nothing, sends nothing twice, and reports it. */
import { existsSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describeIf } from "../../support/optional";
import { Running } from "../../support/run";
import { closeEvent, deliver, TestRelay } from "../support/test-relay";
import { Upstreams } from "../support/upstreams";
import { eventually } from "../support/wait";

const LIBRARY = ["x86_64", "aarch64"]
  .map((machine) => `/usr/lib/${machine}-linux-gnu/faketime/libfaketime.so.1`)
  .find((path) => existsSync(path));
const project = resolve(__dirname, "../../..");

describeIf(
  LIBRARY,
  "faketime",
  "apt-get install faketime",
)("a relay whose machine's clock changes", () => {
  test.each(["+1h", "-1h", "+2d", "+40d"])("%s and back", async (leap) => {
    const upstreams = await Upstreams.start();
    const home = new TestRelay(upstreams);
    home.configure();
    const rc = join(home.path, "faketime");
    const set = (offset: string) => writeFileSync(rc, `${offset}\n`);
    set("+0");
    const args = ["-r", "tsx/cjs", "test/relay/support/served-process.ts", home.path, "0.01"];
    const relay = new Running(process.execPath, args, {
      cwd: project,
      env: {
        ...process.env,
        ...{ LD_PRELOAD: LIBRARY, FAKETIME_TIMESTAMP_FILE: rc, FAKETIME_NO_CACHE: "1" },
        ...{ FAKETIME_DONT_FAKE_MONOTONIC: "1", DONT_FAKE_MONOTONIC: "1" },
      },
    });
    try {
      await relay.says("relay.started");
      const [, url, operations] = /"url":"([^"]+)","operationsUrl":"([^"]+)"/.exec(relay.out + relay.err) ?? [];
      const post = (id: string) => deliver(`${url}`, closeEvent(id));
      const asked = () => upstreams.surveys().map(({ ext_interaction_id }) => ext_interaction_id);
      const sent = (count: number) => eventually(asked, (list) => list.length >= count, { pause: 50, within: 120_000 });
      for (const id of ["before", "during", "after"]) upstreams.addConversation(id);
      expect(await post("before")).toBe(200);
      await sent(1);
      upstreams.mood = 429;
      set(leap);
      await relay.says("clock.leaped");
      expect(await post("during")).toBe(200);
      await relay.says("work.retry");
      set("+0");
      upstreams.mood = 200;
      await sent(2);
      for (const id of ["before", "during", "after"]) expect(await post(id)).toBe(200);
      await sent(3);
      expect([...asked()].sort()).toEqual(["after", "before", "during"]);
      const health = JSON.parse(await (await fetch(`${operations}/health`)).text());
      expect(health.findings).toContainEqual(expect.objectContaining({ id: "clock-leaped" }));
    } finally {
      relay.kill();
      await relay.end();
      await home.remove();
    }
  });
});
