/** Runs axe-core on the sandbox's page and the survey page: narrow and wide, light and dark, full and empty. The tests of every change check one combination of width and color scheme, the slow tests the others. */
import type { Browser } from "playwright-core";
import { type Look, openIn, overflow, violations } from "../../page/axe";
import { describeInChromium, launch } from "../../page/browser";
import {
  CREDENTIALS,
  closeConversation,
  createWebhook,
  Mails,
  openConversation,
  type Running,
  run,
  until,
} from "../support";
import { type ConnectedRelay, connectRelay } from "./relay";

export function describePages(looks: readonly Look[]): void {
  describeInChromium("in Chromium", () => {
    let browser: Browser;
    let running: Running;
    let relay: ConnectedRelay;

    beforeAll(async () => {
      browser = await launch();
      running = await run();
      relay = await connectRelay(running);
      await fill(running, relay);
    });

    afterAll(async () => {
      await browser.close();
      await relay.close();
    });

    test.each(looks)("a full sandbox page breaks no rule at $width pixels, $scheme", async (look) => {
      const [page, context] = await openIn(browser, look, running.sandbox.gladly.url);
      await page.getByText("connected", { exact: true }).waitFor();
      await page.evaluate('for (const fold of document.querySelectorAll("main details")) fold.open = true');
      expect(await overflow(page)).toBeLessThanOrEqual(0);
      expect(await violations(page)).toEqual([]);
      for (const menu of ["Faults", "Reset"]) {
        await page.locator(".tools summary", { hasText: menu }).click();
        expect(await violations(page, ".menu")).toEqual([]);
        for (const button of await page.locator("details[open] > .menu button").all()) {
          const box = await button.boundingBox();
          expect(box && box.x >= 0 && box.x + box.width <= look.width).toBe(true);
        }
        await page.keyboard.press("Escape");
      }
      await context.close();
    });

    test.each(looks)("the survey page breaks no rule at $width pixels, $scheme", async (look) => {
      for (const box of ["inbox", "outbox"]) {
        const [mail] = (await running.test.get(`/_sandbox/${box}`)).as(Mails);
        const [page, context] = await openIn(browser, look, mail?.surveyUrl ?? "");
        expect(await violations(page)).toEqual([]);
        expect(await overflow(page)).toBeLessThanOrEqual(0);
        await context.close();
      }
    });

    test.each(looks)("the page of an empty sandbox breaks no rule at $width pixels, $scheme", async (look) => {
      const fresh = await run();
      const [page, context] = await openIn(browser, look, fresh.sandbox.gladly.url);
      expect(await violations(page)).toEqual([]);
      await context.close();
    });
  });
}

/** Creates a test survey, a production survey, a refused one, closes without a survey, a disabled webhook and faults. */
async function fill(running: Running, relay: ConnectedRelay): Promise<void> {
  const { gladly, test: stella } = running;
  const mailIn = (box: string) =>
    until(`a survey in the ${box}`, async () => (await stella.get(`/_sandbox/${box}`)).as(Mails)[0]);
  await closeConversation(gladly, "_conversation-Ada-0001");
  await mailIn("inbox");
  relay.configure("production");
  await closeConversation(gladly, "conversation-Ben-00002");
  await mailIn("outbox");
  await closeConversation(gladly, "conversation-Cleo-0003");
  const refused = { customer: { name: "Not an address", emails: ["n/a"] }, agentId: "agent-Kim-Novice-00003" };
  await closeConversation(gladly, await openConversation(gladly, refused));
  const url = `${running.sandbox.stella.url}/v1/webhooks/gladly`;
  const credentials = { username: "connect", password: CREDENTIALS.stellaTestKey };
  await createWebhook(gladly, { name: "Direct", url, credentials, enabled: false });
  await openConversation(gladly, { customer: { name: "x".repeat(80) }, replyOwed: true, topicIds: [] });
  await stella.post("/_sandbox/faults", { effect: { kind: "status", status: 503 }, path: "/nothing" });
}
