/** Hidden lines that let a pipeline find its own comments and issues again. Rendered Markdown does not show them. */

/** `<!-- relay:<what> -->`, as the first line of a text. */
export function marked(what: string, text: string): string {
  return `${line(what)}\n${text}`;
}

export function isMarked(what: string, text: string): boolean {
  // GitHub and GitLab can keep CRLF line ends.
  return text.replaceAll("\r\n", "\n").startsWith(`${line(what)}\n`);
}

function line(what: string): string {
  return `<!-- relay:${what.replace(/[^\w:./= -]/g, "").replaceAll("--", "-")} -->`;
}
