/** Small pieces that all columns of the page are made of. */
import { type Html, html } from "../../page/html";

/** A button that does one thing on the server, and works without a script. `id` keeps the focus through updates. */
export function action(
  name: string,
  fields: Readonly<Record<string, string>>,
  label: Html | string,
  options: {
    readonly style?: "primary" | "plain" | "danger" | "switch";
    /** Stays the same while what the button does changes, so that it keeps the focus. */
    readonly id?: string;
    readonly on?: boolean;
    readonly title?: string;
  } = {},
): Html {
  const id = (options.id ?? [name, ...Object.values(fields)].join("-")).replace(/[^A-Za-z0-9_-]+/g, "-");
  const hidden = Object.entries(fields).map(
    ([key, value]) => html`<input type="hidden" name="${key}" value="${value}">`,
  );
  const { style = "plain", on, title } = options;
  const role = style === "switch" ? html` role="switch" aria-checked="${on ? "true" : "false"}"` : undefined;
  return html`<form method="post" action="/_sandbox/page/do" class="inline"
><input type="hidden" name="action" value="${name}">${hidden}<button id="${id}" class="${style}"${role}${
    title !== undefined && html` title="${title}" aria-label="${title}"`
  }>${label}</button></form>`;
}

/** A form with fields of its own. */
export function form(name: string, fields: Readonly<Record<string, string>>, body: Html): Html {
  const hidden = Object.entries(fields).map(
    ([key, value]) => html`<input type="hidden" name="${key}" value="${value}">`,
  );
  return html`<form method="post" action="/_sandbox/page/do" class="fields"
><input type="hidden" name="action" value="${name}">${hidden}${body}</form>`;
}

export type Tone = "good" | "bad" | "warn" | "calm" | "accent";

/** A short word about a state. */
export function chip(tone: Tone, words: string | Html): Html {
  return html`<span class="chip ${tone}">${words}</span>`;
}

/** A time of the sandbox's clock: hours to seconds, the whole of it on hover. */
export function time(at: string): Html {
  return html`<time datetime="${at}" title="${at}">${at.slice(11, 19)}</time>`;
}

/** A part of a column with its heading; `count` is told beside it. */
export function section(id: string, title: string, body: Html, count?: number): Html {
  return html`<section aria-labelledby="${id}-title"><h3 id="${id}-title">${title}${
    count !== undefined && html` <span class="count">${count}</span>`
  }</h3>${body}</section>`;
}

/** A part that opens by itself only when it is asked to. */
export function folded(id: string, title: string | Html, body: Html, open = false): Html {
  return html`<details id="${id}"${open && html` open`}><summary>${title}</summary>${body}</details>`;
}

export function empty(words: string | Html): Html {
  return html`<p class="empty">${words}</p>`;
}

export function options(values: readonly { readonly value: string; readonly label: string }[], chosen?: string): Html {
  return html`${values.map(
    ({ value, label }) => html`<option value="${value}"${value === chosen && html` selected`}>${label}</option>`,
  )}`;
}
