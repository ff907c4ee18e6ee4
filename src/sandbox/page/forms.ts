/** Buttons and forms of the page. Each works without a script: the form is posted, and the answer redirects back. */
import { type Html, html } from "../../page/html";

/** A button that does one thing on the server. */
export function action(
  name: string,
  fields: Readonly<Record<string, string>>,
  label: Html | string,
  options: {
    readonly style?: "primary" | "plain" | "danger" | "switch";
    /** Element id. A button whose action changes keeps the focus only with a constant id. */
    readonly id?: string;
    readonly on?: boolean;
    readonly title?: string;
  } = {},
): Html {
  const id = (options.id ?? [name, ...Object.values(fields)].join("-")).replace(/[^A-Za-z0-9_-]+/g, "-");
  const { style = "plain", on, title } = options;
  const role = style === "switch" ? html` role="switch" aria-checked="${on ? "true" : "false"}"` : undefined;
  return html`<form method="post" action="/_sandbox/page/do" class="inline"
><input type="hidden" name="action" value="${name}">${hidden(fields)}<button id="${id}" class="${style}"${role}${
    title !== undefined && html` title="${title}"`
  }>${label}</button></form>`;
}

/** A form with visible fields. */
export function form(name: string, fields: Readonly<Record<string, string>>, body: Html): Html {
  return html`<form method="post" action="/_sandbox/page/do" class="fields"
><input type="hidden" name="action" value="${name}">${hidden(fields)}${body}</form>`;
}

export function options(values: readonly { readonly value: string; readonly label: string }[], chosen?: string): Html {
  return html`${values.map(
    ({ value, label }) => html`<option value="${value}"${value === chosen && html` selected`}>${label}</option>`,
  )}`;
}

function hidden(fields: Readonly<Record<string, string>>): Html {
  return html`${Object.entries(fields).map(
    ([key, value]) => html`<input type="hidden" name="${key}" value="${value}">`,
  )}`;
}
