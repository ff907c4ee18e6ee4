/** Escapes outside text for Markdown: no name may become formatting, a link, a mention or a folded part. */

/** Escapes everything outside backticks. Text between backticks stays code. */
export function escaped(text: string): string {
  return pieces(text, escapeAll, (piece) => `\`${piece}\``);
}

/** A table cell. A bar would end it, even inside code. */
export function plainCell(text: string): string {
  return escaped(text).replace(/(?<!\\)\|/g, "\\|");
}

/** The same inside an HTML element, where Markdown does not apply. */
export function html(text: string): string {
  return pieces(
    text,
    (plain) => unlinked(entities(plain)),
    (piece) => `<code>${entities(piece)}</code>`,
  );
}

function pieces(text: string, plain: (piece: string) => string, code: (piece: string) => string): string {
  return text
    .replace(/[\p{Cc}\p{Cf}]+/gu, " ")
    .split(/(`[^`]+`)/)
    .map((piece, index) => (index % 2 === 1 ? code(piece.slice(1, -1)) : plain(piece)))
    .join("");
}

function entities(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll("`", "&#96;");
}

function escapeAll(text: string): string {
  const plain = text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replace(/[\\`*_[\]|~]/g, "\\$&")
    // At the beginning of a line these start headings and lists.
    .replace(/^(\s*)([#+=-])/, "$1\\$2")
    .replace(/^(\s*\d+)([.)])/, "$1\\$2");
  return unlinked(plain);
}

/** Prevents automatic links of GitHub and GitLab with an invisible empty comment. */
const APART = "<!-- -->";

function unlinked(text: string): string {
  return (
    text
      // A mention would send an e-mail, and a number would link an issue.
      .replace(/@(?=\w)/g, `@${APART}`)
      .replace(/([#!%$])(?=\d)/g, `$1${APART}`)
      .replace(/\b(GH|GL)-(?=\d)/gi, `$1${APART}-`)
      // A bare address would become a link.
      .replace(/\b([a-z][a-z0-9+.-]{0,40}):\/\//gi, `$1:${APART}/${APART}/`)
      .replace(/\b(mailto|xmpp):/gi, `$1${APART}:`)
      .replace(/\bwww\./gi, `www${APART}.`)
      // A commit would become a link.
      .replace(/\b[0-9a-f]{7,40}\b/gi, (hash) => (hash.match(/.{1,6}/g) ?? []).join(APART))
      // A name between colons would become an emoji.
      .replace(/:(?=[a-z+-][\w+-]*:)/gi, `:${APART}`)
  );
}
