/** Small elements that all pages use. */
import { type Html, html } from "./html";

export type Tone = "good" | "bad" | "warn" | "calm" | "accent";

/** A short label of a state. */
export function chip(tone: Tone, content: string | Html): Html {
  return html`<span class="chip ${tone}">${content}</span>`;
}

/** The survey mode: a dashed outline for test, a solid block for production. */
export function modeBadge(mode: string): Html {
  return html`<span class="mode ${mode === "production" ? "production" : "test"}">${mode}</span>`;
}

/** A time in UTC: hours, minutes and seconds, with the full time on hover. @param at ISO 8601 */
export function time(at: string, title = at): Html {
  return html`<time datetime="${at}" title="${title}">${at.slice(11, 19)}</time>`;
}

/** Text only for screen readers, for information that the layout gives to others. */
export function aloud(content: string): Html {
  return html`<span class="sr">${content}</span>`;
}

/** A section with its heading and a `count` beside it. @param level of the heading */
export function section(id: string, title: string, body: Html, count?: number | string, level: 2 | 3 = 3): Html {
  const content = html`${title}${count !== undefined && html` <span class="count">${count}</span>`}`;
  const heading = level === 2 ? html`<h2 id="${id}-title">${content}</h2>` : html`<h3 id="${id}-title">${content}</h3>`;
  return html`<section aria-labelledby="${id}-title">${heading}${body}</section>`;
}

/** A section that is closed until the reader opens it. */
export function folded(id: string, title: string | Html, body: Html, className?: string): Html {
  return html`<details id="${id}"${className && html` class="${className}"`}><summary>${title}</summary>${body}</details>`;
}

export function empty(content: string | Html): Html {
  return html`<p class="empty">${content}</p>`;
}

/** A list as cards, of which the first are shown and the rest are counted. @param entries newest first */
export function cards<T>(entries: readonly T[], shown: number, card: (entry: T) => Html): Html {
  const older = entries.length - shown;
  return html`<ul class="cards">${entries.slice(0, shown).map(card)}</ul>${older > 0 && empty(`and ${older} older`)}`;
}

/** One entry of a timeline: where, what happened, when. */
export function station(tone: Tone, where: string, content: string | Html, at?: string): Html {
  return html`<li class="${tone}"><span class="where">${where}</span><span>${content}</span>${
    at === undefined ? html`<span></span>` : time(at)
  }</li>`;
}
