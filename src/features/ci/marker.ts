/** Hidden lines by which a pipeline finds what it wrote again. Markdown shows none of it. */

/** `<!-- relay:<what> -->`, as the first line of a text. */
export function marked(what: string, text: string): string {
  return `${line(what)}\n${text}`;
}

export function isMarked(what: string, text: string): boolean {
  // GitHub and GitLab may keep the line ends of whoever sent them.
  return text.replaceAll("\r\n", "\n").startsWith(`${line(what)}\n`);
}

function line(what: string): string {
  return `<!-- relay:${what.replace(/[^\w:./= -]/g, "").replaceAll("--", "-")} -->`;
}
