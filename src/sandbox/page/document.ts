/** The whole page, as it is first sent. */
import { type Html, html, type Html as Markup } from "../../page/html";

/** The parts of the page that change, by the id of their element. */
export type Regions = Readonly<Record<"bar" | "gladly" | "way" | "stella", Html>>;

export function document(regions: Regions): Html {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Sandbox: Gladly and Stella Connect</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/_sandbox/page/style.css">
<script src="/_sandbox/page/script.js" defer></script>
</head>
<body>
<a class="skip" href="#gladly">To the conversations</a>
<header id="bar">${regions.bar}</header>
<nav aria-label="Columns"><a href="#gladly">Gladly</a><a href="#way">The way</a><a href="#stella">Stella</a></nav>
<main>
<div class="column" id="gladly" tabindex="-1">${regions.gladly}</div>
<div class="column" id="way">${regions.way}</div>
<div class="column" id="stella">${regions.stella}</div>
</main>
<div id="said" role="status" aria-live="polite"></div>
</body>
</html>`;
}

/** The markup of each region, for the stream. */
export function markup(regions: Regions): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(regions).map(([id, { text }]: [string, Markup]) => [id, text]));
}
