/**
 * The picture of a review in docs/review.md and the README shows a review of today: `UPDATE_DOCS=1 npx jest
 * test/features/review/picture` draws it again.
 */
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import MarkdownIt from "markdown-it";
import { describeInChromium, launch } from "../../page/browser";
import { project } from "../../support/scratch";

const review = readFileSync(join(__dirname, "golden/aws-go-live.md"), "utf8");
const update = process.env.UPDATE_DOCS === "1";
const PAGE = join(project, "docs/review.md");
const DRAWN_FROM = /<!-- review\.png: sha256 of the drawn review (\w+) -->/;

const STYLE = `
  body { font: 16px/1.5 "Liberation Sans", Arial, sans-serif; color: #1f2328; margin: 24px; width: 900px }
  h2 { border-bottom: 1px solid #d1d9e0; padding-bottom: 6px } h3 { margin: 24px 0 12px }
  blockquote { margin: 16px 0; padding: 0 16px; border-left: 4px solid #0969da }
  blockquote.caution { border-color: #cf222e } .title { font-weight: bold; color: #0969da } .caution .title { color: #cf222e }
  table { border-collapse: collapse } th, td { border: 1px solid #d1d9e0; padding: 6px 13px; text-align: left }
  code { font: 12px "Liberation Mono", monospace; background: #eff1f3; border-radius: 6px; padding: 2px 5px }
  pre { background: #f6f8fa; border-radius: 6px; padding: 14px; overflow-wrap: anywhere; white-space: pre-wrap }
  pre code { background: none; padding: 0 } .added { background: #dafbe1 } .removed { background: #ffebe9 }
  .added, .removed { display: block } details { margin: 12px 0 } ul { padding-left: 18px }`;

/** As GitHub shows it. */
function html(): string {
  const markdown = new MarkdownIt({
    html: true,
    highlight: (text, language) =>
      language === "diff" ? text.trimEnd().split("\n").map(diffLine).join("") : MarkdownIt().utils.escapeHtml(text),
  });
  const body = markdown.render(review).replace(/<blockquote>\s*<p>\[!(\w+)\]<\/p>/g, (_, kind: string) => {
    const title = `${kind.charAt(0)}${kind.slice(1).toLowerCase()}`;
    return `<blockquote class="${kind.toLowerCase()}"><p class="title">${title}</p>`;
  });
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>Review</title><style>${STYLE}</style>${body}</html>`;
}

function diffLine(line: string): string {
  const kind = line.startsWith("+") ? "added" : line.startsWith("-") ? "removed" : "";
  return `<span class="${kind}">${MarkdownIt().utils.escapeHtml(line)}</span>`;
}

it("the picture in docs/ was drawn from the present review", () => {
  const hash = createHash("sha256").update(review).digest("hex");
  const text = readFileSync(PAGE, "utf8");
  if (update) writeFileSync(PAGE, text.replace(DRAWN_FROM, `<!-- review.png: sha256 of the drawn review ${hash} -->`));
  else expect(DRAWN_FROM.exec(text)?.[1]).toBe(hash);
});

describeInChromium("in Chromium", () => {
  it("a review's Markdown shows its headings, its warning and its differences", async () => {
    const browser = await launch();
    try {
      const page = await browser.newPage({ viewport: { width: 950, height: 600 } });
      await page.setContent(html());
      expect(await page.getByRole("heading").allInnerTexts()).toContain("production: surveys go to customers");
      expect(await page.locator(".caution").innerText()).toMatch(/^Caution\s+Surveys go to customers/);
      expect(await page.locator(".added").count()).toBeGreaterThan(2);
      expect(await page.locator("body").innerText()).not.toMatch(/\[!|\*\*|```/);
      await page.screenshot({ fullPage: true, ...(update ? { path: join(project, "docs/review.png") } : {}) });
    } finally {
      await browser.close();
    }
  });
});
