/** The page in a real browser, with the real relay between the two servers. */
import { join } from "node:path";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { describeInChromium, launch } from "../../page/browser";
import { closeConversation, openConversation, type Running, run, until } from "../support";
import { type ConnectedRelay, connectRelay } from "./relay";

const DOCS = join(__dirname, "..", "..", "..", "docs");

/** @param which the system test covers the main features of the page, the slow tests the rest */
export function describePage(which: "main" | "rest"): void {
  const only = (part: typeof which) => (name: string, task: () => Promise<void>) => {
    if (part === which) test(name, task);
  };
  const [main, rest] = [only("main"), only("rest")];
  let running: Running;

  describeInChromium("in Chromium", () => {
    let browser: Browser;
    let context: BrowserContext;
    let page: Page;
    let relay: ConnectedRelay;
    const complaints: string[] = [];

    beforeAll(async () => {
      browser = await launch();
    });

    afterAll(() => browser.close());

    beforeEach(async () => {
      running = await run();
      relay = await connectRelay(running);
      complaints.length = 0;
      context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
      context.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
      context.on("weberror", (error) => complaints.push(error.error().message));
      context.on("request", (request) => {
        if (!/^(http:\/\/127\.0\.0\.1:|data:)/.test(request.url())) complaints.push(`asks for ${request.url()}`);
      });
      page = await context.newPage();
      await page.goto(running.sandbox.gladly.url);
      await page.getByText("connected", { exact: true }).waitFor();
    });

    afterEach(async () => {
      await context.close();
      await relay.close();
      await running.sandbox.close();
    });

    const closeOf = (who: string) =>
      page.getByRole("button", { name: new RegExp(`^Close (anyway )?the conversation with ${who}`) });
    const reopenOf = (who: string) => page.getByRole("button", { name: `Reopen the conversation with ${who}` });
    const pathOf = (who: string) => page.locator("#path li.card").filter({ hasText: who });
    const message = () => page.locator("#message[role=status]");

    /** Opens the first survey of a mailbox and gives stars. @returns the text of the next page */
    async function answer(box: string, stars: number): Promise<string> {
      const opened = context.waitForEvent("page");
      await page
        .locator(`section[aria-labelledby=${box}-title]`)
        .getByRole("link", { name: "Open the survey" })
        .first()
        .click();
      const survey = await opened;
      await survey.locator(`label[for=star-${stars}]`).click();
      await survey.getByLabel("Anything to add?").fill("Quick <b>answer</b>");
      await survey.getByRole("button", { name: "Send" }).click();
      const words = await survey.getByRole("main").innerText();
      await survey.close();
      return words;
    }

    main("after a close the survey arrives in the test inbox, and its answer is not collected", async () => {
      await closeOf("Ada Adams").click();
      await pathOf("Ada Adams").getByText("survey to survey-test@example.com").waitFor();
      await pathOf("Ada Adams").getByText("every condition for a survey was met").waitFor();
      await page.locator("#stella").getByText("for ada.adams@example.net").waitFor();
      expect(await answer("inbox", 4)).toContain("no answer is collected");
      expect(await page.getByText("No survey answers yet.").isVisible()).toBe(true);
      expect(complaints).toEqual([]);
    });

    rest("in production the survey goes to the customer, and the answer appears on the timeline", async () => {
      relay.configure("production");
      await closeOf("Ben Bauer").click();
      await pathOf("Ben Bauer").getByText("survey to Ben.Bauer@example.net").waitFor();
      await page.locator("#mode.production").getByText("Surveys go to customers").waitFor();
      await page.locator("#changed").getByText("survey mode: test → production").waitFor();
      expect(await answer("outbox", 4)).toContain("collected");
      await page.locator("#gladly").getByText("Satisfaction survey: 4 of 5").waitFor();
      await page.locator("#gladly").getByText("“Quick <b>answer</b>”").waitFor();
      await page.getByLabel("4 of 5 stars").waitFor();
      expect(complaints).toEqual([]);
    });

    rest("a change back to test mode shows at once, before the next survey", async () => {
      relay.configure("production");
      await page.locator("#mode.production").waitFor();
      relay.configure("test");
      await page.locator("#mode.test").getByText("Customers get nothing").waitFor();
    });

    rest("the filter shows closes of one kind, and a text when there are none", async () => {
      await closeOf("Ada Adams").click();
      await closeOf("Cleo Calls").click();
      await pathOf("Ada Adams").getByText("Survey sent", { exact: true }).waitFor();
      await pathOf("Cleo Calls").getByText("No survey", { exact: true }).waitFor();
      await page.getByRole("radio", { name: "No survey" }).check();
      await pathOf("Ada Adams").waitFor({ state: "hidden" });
      expect(await pathOf("Cleo Calls").isVisible()).toBe(true);
      await page.getByRole("radio", { name: "Problem" }).check();
      await page.getByText("No close of this kind.").waitFor();
    });

    rest("counts match the cards, open conversations come first, and reset asks for confirmation", async () => {
      await closeOf("Ada Adams").click();
      await reopenOf("Ada Adams").waitFor();
      for (const [part, cards] of [
        ["conversations", 2],
        ["closed", 1],
      ] as const) {
        const section = page.locator(`section[aria-labelledby=${part}-title]`);
        expect(await section.locator(".count").innerText()).toBe(String(cards));
        expect(await section.locator("li.card").count()).toBe(cards);
      }
      await page.locator(".tools summary", { hasText: "Reset" }).click();
      expect(await reopenOf("Ada Adams").isVisible()).toBe(true);
      await page.getByRole("button", { name: "Reset everything" }).click();
      await closeOf("Ada Adams").waitFor();
    });

    rest("the reason for no survey is shown: no agent, no address, do not send", async () => {
      const opened = { customer: { name: "Nobody's", email: "n@example.net" }, agentId: null };
      await closeConversation(running.gladly, await openConversation(running.gladly, opened));
      await pathOf("Nobody's").getByText("no agent was assigned").first().waitFor();
      await closeOf("Cleo Calls").click();
      await pathOf("Cleo Calls").getByText("has no e-mail address").first().waitFor();
      const card = page.locator("#gladly li.card").filter({ hasText: "Ben Bauer" });
      await card.getByText("Topic, agent, message").click();
      await card.getByLabel("Topic").selectOption("do_not_send_stella");
      await card.getByRole("button", { name: "Add" }).click();
      await card.getByText("do_not_send_stella").first().waitFor();
      await closeOf("Ben Bauer").click();
      await pathOf("Ben Bauer").getByText("Not sent: do not send flag").first().waitFor();
    });

    rest("a disabled webhook is shown, with a note if Gladly disabled it", async () => {
      const toggle = page.getByRole("switch", { name: /Send Stella Survey$/ });
      await toggle.click();
      await page.getByText("Disabled by a person or a program.").waitFor();
      expect(await toggle.getAttribute("aria-checked")).toBe("false");
      await toggle.click();
      await message().getByText("its receiver answered the PING").waitFor();
      await relay.close();
      await closeOf("Ada Adams").click();
      await pathOf("Ada Adams").getByText("first retry").waitFor();
      for (let retry = 1; retry <= 4; retry += 1) await page.getByRole("button", { name: "+1 h" }).click();
      await page.locator("#webhooks-title + ul").getByText("after the fourth failed retry").waitFor();
      await pathOf("Ada Adams").getByText("Gladly gave up").waitFor();
      await page.getByText("No relay connected").waitFor();
    });

    rest("a refusal by Gladly is shown with Gladly's message", async () => {
      await page.getByRole("button", { name: "Remove Late parcel from Ada Adams" }).click();
      await page.getByText("no topic: Gladly will not close it").waitFor();
      await closeOf("Ada Adams").click();
      await message().getByText("topics are required before closing of conversation").waitFor();
      expect(await message().getAttribute("class")).toBe("wrong");
    });

    main("the keyboard can close and reopen, and keeps the focus when the page changes", async () => {
      await closeOf("Cleo Calls").focus();
      await page.keyboard.press("Enter");
      await reopenOf("Cleo Calls").waitFor();
      expect(await page.evaluate("document.activeElement.textContent")).toBe("Reopen the conversation with Cleo Calls");
      await page.keyboard.press("Enter");
      await closeOf("Cleo Calls").waitFor();
      await page.locator("#faults summary").focus();
      await page.keyboard.press("Enter");
      await page.getByRole("button", { name: "Stella answers 503" }).waitFor();
      await page.keyboard.press("Escape");
      await page.getByRole("button", { name: "Stella answers 503" }).waitFor({ state: "hidden" });
    });

    rest("half-written fields and open folds stay through an update", async () => {
      await page.getByText("Open a conversation").click();
      await page.getByRole("textbox", { name: "Customer" }).fill("Half writ");
      await closeConversation(
        running.gladly,
        await openConversation(running.gladly, { customer: { name: "Meanwhile" } }),
      );
      await pathOf("Meanwhile").waitFor();
      expect(await page.getByRole("textbox", { name: "Customer" }).inputValue()).toBe("Half writ");
      await page.getByRole("textbox", { name: "Customer" }).press("Enter");
      await closeOf("Half writ").waitFor();
    });

    rest("a customer's name is shown as text, even if it looks like HTML", async () => {
      const name = "<img src=x onerror=alert(1)>";
      await openConversation(running.gladly, { customer: { name } });
      await page.getByText(name).first().waitFor();
      expect(await page.locator("img").count()).toBe(0);
      expect(complaints).toEqual([]);
    });

    rest("nothing is wider than a small screen", async () => {
      await page.setViewportSize({ width: 360, height: 740 });
      await closeOf("Ada Adams").click();
      await pathOf("Ada Adams").getByText("survey to").waitFor();
      expect(await page.evaluate<number>("document.documentElement.scrollWidth")).toBeLessThanOrEqual(360);
    });

    main("the page works without a script, with reloads", async () => {
      const plain = await browser.newContext({ javaScriptEnabled: false });
      const still = await plain.newPage();
      await still.goto(running.sandbox.gladly.url);
      await still.getByRole("button", { name: "Close the conversation with Ada Adams" }).click();
      await still.getByRole("button", { name: "Reopen the conversation with Ada Adams" }).waitFor();
      expect(new URL(still.url()).pathname).toBe("/");
      await plain.close();
    });

    rest("the screenshots in docs/ can be taken", async () => {
      for (const who of ["Ada Adams", "Cleo Calls"]) {
        await closeOf(who).click();
        await reopenOf(who).waitFor();
      }
      await pathOf("Ada Adams").getByText("survey to survey-test@example.com").waitFor();
      relay.configure("production");
      await closeOf("Ben Bauer").click();
      await pathOf("Ben Bauer").getByText("survey to Ben.Bauer@example.net").waitFor();
      await answer("outbox", 4);
      await page.getByLabel("4 of 5 stars").waitFor();
      const opened = {
        customer: { name: "Fay Frost", email: "fay.frost@example.net" },
        channel: "SMS",
        replyOwed: true,
      };
      await openConversation(running.gladly, opened);
      await closeOf("Fay Frost").waitFor();
      await pathOf("Cleo Calls").getByText("has no e-mail address").first().waitFor();
      await until("the last message to go", async () => (await message().textContent()) === "");
      for (const colorScheme of ["light", "dark"] as const) {
        await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
        const picture = await page.screenshot({
          fullPage: true,
          ...(process.env.UPDATE_DOCS === "1" ? { path: join(DOCS, `sandbox-${colorScheme}.png`) } : {}),
        });
        expect(picture.length).toBeGreaterThan(10_000);
      }
    });
  });
}
