/** Makes outside text safe for a terminal: it must neither control the terminal nor look like a line of ours. */

const CONTROLS = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;
/** Colours and weights in the reports. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: an escape code begins with one
const SGR = /^\u001b\[[0-9;]*m/;

/**
 * Outside text on one line: tabs and line breaks become spaces, other control and format characters are removed.
 *
 * @example printable("a\u001b[2J\nb") === "a[2J b"
 */
export function printable(text: string): string {
  return text.replace(CONTROLS, (character) => (/\s/.test(character) ? " " : ""));
}

/** The same for text of several lines, such as an error message. */
export function printableLines(text: string): string {
  return text.split("\n").map(printable).join("\n");
}

/**
 * The last check of everything that is written to a terminal. It shows remaining control characters as their codes, except line
 * breaks, tabs, carriage returns and colours. In JSON a code means the same character.
 */
export function harmless(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: it must find control characters
  return text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/g, (character, at: number) => {
    if (character === "\u001b" && SGR.test(text.slice(at, at + 20))) return character;
    return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
  });
}
