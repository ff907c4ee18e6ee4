/** The findings of axe-core on a page in the browser, with all rules, even for names without their visible text. */
import { source } from "axe-core";
import type { Browser, BrowserContext, Page } from "playwright-core";
import * as z from "zod";

const Results = z.looseObject({
  violations: z.array(
    z.looseObject({ id: z.string(), nodes: z.array(z.looseObject({ html: z.string(), failureSummary: z.string() })) }),
  ),
});

/** The widths and color schemes that pages must support. */
export const LOOKS = [390, 1280].flatMap((width) => (["light", "dark"] as const).map((scheme) => ({ width, scheme })));
/** The one that shows most at once. */
export const SHORT_LOOKS = LOOKS.filter(({ width, scheme }) => width === 390 && scheme === "dark");
export type Look = (typeof LOOKS)[number];

/** Opens a page with one width and color scheme. The caller closes it. */
export async function openIn(browser: Browser, { width, scheme }: Look, url: string): Promise<[Page, BrowserContext]> {
  const context = await browser.newContext({
    viewport: { width, height: 900 },
    colorScheme: scheme,
    reducedMotion: "reduce",
  });
  const page = await context.newPage();
  await page.goto(url);
  return [page, context];
}

/** One line for each element that breaks a rule. @param within a selector. @default the whole page */
export async function violations(page: Page, within = "html"): Promise<readonly string[]> {
  await page.evaluate(source);
  const found = await page.evaluate(
    `axe.run(${JSON.stringify(within)}, { rules: { "label-content-name-mismatch": { enabled: true } } })`,
  );
  return Results.parse(found).violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary}`),
  );
}

/** How much wider than the window a page is, in pixels. A page must not scroll horizontally. */
export function overflow(page: Page): Promise<number> {
  return page.evaluate<number>("document.documentElement.scrollWidth - window.innerWidth");
}
