/** Text from outside as Markdown that shows exactly that text: no name may format, link, mention or fold. */

/** Everything outside of backticks is escaped; a piece between backticks stays code. */
export function escaped(text: string): string {
  return text
    .replace(/[\p{Cc}\p{Cf}]+/gu, " ")
    .split(/(`[^`]*`)/)
    .map((piece) => (/^`[^`]+`$/.test(piece) ? piece : escapeAll(piece)))
    .join("");
}

/** A cell of a table: a bar would end it, even inside of code. */
export function plainCell(text: string): string {
  return escaped(text).replace(/(?<!\\)\|/g, "\\|");
}

function escapeAll(text: string): string {
  return (
    text
      .replaceAll("&", "&amp;")
      .replaceAll("<", "&lt;")
      .replaceAll(">", "&gt;")
      .replace(/[\\`*_[\]|~]/g, "\\$&")
      // At the beginning of a line these make headings and lists.
      .replace(/^(\s*)([#+-])/, "$1\\$2")
      // A mention would send mail, a number would link an issue. An empty comment parts them, and is not shown.
      .replace(/@(?=\w)/g, "@<!-- -->")
      .replace(/#(?=\d)/g, "#<!-- -->")
      // A bare address would become a link.
      .replace(/\b(https?):\/\//g, "$1:<!-- -->//")
      .replace(/\bwww\./g, "www<!-- -->.")
  );
}
