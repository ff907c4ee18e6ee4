/** The whole page, as first sent. */
import { frame } from "../../page/frame";
import { type Html, html, type Html as Markup } from "../../page/html";

/** The parts of the page that are updated, by element id. */
export type Regions = Readonly<Record<"bar" | "flow" | "gladly" | "path" | "stella", Html>>;

export function document(regions: Regions): Html {
  return frame(
    "Sandbox: Gladly and Stella Connect",
    html`<link rel="stylesheet" href="/_sandbox/page/style.css">
<script src="/_sandbox/page/script.js" defer></script>`,
    html`
<a class="skip" href="#gladly">Skip to the conversations</a>
<header id="bar">${regions.bar}</header>
<nav aria-label="Columns"><a href="#gladly">Gladly</a><a href="#path">Closes</a><a href="#stella">Stella</a></nav>
<main>
<div id="flow">${regions.flow}</div>
<div class="column" id="gladly" tabindex="-1">${regions.gladly}</div>
<div class="column" id="path">${regions.path}</div>
<div class="column" id="stella">${regions.stella}</div>
</main>
<div id="message" role="status" aria-live="polite"></div>
`,
  );
}

/** The markup of each region, for the stream. */
export function markup(regions: Regions): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(regions).map(([id, { text }]: [string, Markup]) => [id, text]));
}
