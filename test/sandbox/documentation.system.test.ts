import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as z from "zod";
import { type Running, run } from "./support";

const page = readFileSync(join(__dirname, "..", "..", "docs", "sandbox.md"), "utf8");

let running: Running;

beforeAll(async () => {
  running = await run();
});

const Settings = z.record(z.string(), z.unknown());

/** Whether the page shows a default literally: it is one word or number. */
const plain = (value: unknown) => ["string", "number", "boolean"].includes(typeof value);

test("docs/sandbox.md names every switch of both services, with its default", async () => {
  const reset = () => Promise.all([running.gladly.post("/_sandbox/reset"), running.test.post("/_sandbox/reset")]);
  await reset();
  const gladly = (await running.gladly.get("/_sandbox/settings")).as(Settings);
  const { assumptions, ...stella } = (await running.test.get("/_sandbox/settings")).as(Settings);
  for (const [name, value] of [...Object.entries(gladly), ...Object.entries(z.parse(Settings, assumptions))]) {
    expect(page).toMatch(
      new RegExp(`\\| \`${name}\` \\| ${plain(value) || value === null ? `\`${value}\`` : ".+"} \\|`),
    );
  }
  for (const name of Object.keys(stella)) expect(page).toContain(`\`${name}\``);
});

test("docs/sandbox.md names every control, and none that does not exist", async () => {
  const known = async (client: Running["gladly"]) =>
    (await client.get("/_sandbox/nothing-like-it")).as(z.object({ error: z.string(), known: z.array(z.string()) }))
      .known;
  const controls = [...(await known(running.gladly)), ...(await known(running.test))]
    .map((control) => control.replace(/^\w+ /, "").replace(/\{\w+\}/g, "{id}"))
    .filter((path) => path.startsWith("/_sandbox/") && !path.startsWith("/_sandbox/page/"));
  const names = new Set(controls.map((path) => path.split("/")[2] ?? ""));
  for (const name of names) expect(page).toMatch(new RegExp(`/(_sandbox/)?${name}\\b`));
  for (const [, name] of page.matchAll(/\/_sandbox\/([a-z]+)/g)) expect(names).toContain(name);
});
