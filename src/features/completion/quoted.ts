/** A text as one word of a POSIX shell, whatever it holds. zsh reads it alike; fish differs only in a backslash before a quote. */
export function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
