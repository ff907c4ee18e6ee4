import { type Running, run, send } from "../support";
import { describePage } from "./page";

describePage("main");

let running: Running;

beforeEach(async () => {
  running = await run();
});

test("an invalid form is refused with the missing field and changes nothing", async () => {
  const post = (form: Readonly<Record<string, string>>) =>
    send(`${running.sandbox.gladly.url}/_sandbox/page/do`, {
      method: "POST",
      headers: { accept: "application/json" },
      body: new URLSearchParams(form),
    });
  const unknown = await post({ action: "explode" });
  expect([unknown.status, unknown.text]).toEqual([400, expect.stringContaining("explode")]);
  const missing = await post({ action: "toggle" });
  expect([missing.status, missing.text]).toEqual([400, expect.stringContaining('no field \\"')]);
});

test("the page and its parts may not load anything from other origins", async () => {
  const answer = await send(running.sandbox.gladly.url);
  expect(answer.headers.get("content-security-policy")).toContain("default-src 'none'");
  expect(answer.text).not.toMatch(/(src|href)="https?:/);
  for (const [, path] of answer.text.matchAll(/(?:src|href)="(\/_sandbox\/[^"]+)"/g)) {
    expect((await send(running.sandbox.gladly.url + path)).status).toBe(200);
  }
});
