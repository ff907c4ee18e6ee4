/** What may go to a terminal: text from outside must neither steer it nor pass for a line of ours. */

const CONTROLS = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;
/** Colours and weights, as the reports use them. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: an escape code begins with one
const SGR = /^\u001b\[[0-9;]*m/;

/**
 * Text from outside on one line: a tab or a line's end becomes a blank, every other control or format character goes.
 *
 * @example printable("a\u001b[2J\nb") === "a[2J b"
 */
export function printable(text: string): string {
  return text.replace(CONTROLS, (character) => (/\s/.test(character) ? " " : ""));
}

/** The same for text of several lines, such as an error's. */
export function printableLines(text: string): string {
  return text.split("\n").map(printable).join("\n");
}

/**
 * The last gate before a terminal, for everything that is written to it: what is left of control characters, but for lines,
 * tabs, a line drawn again and colours, is shown as its code. In JSON that means the same character.
 */
export function harmless(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters that are meant
  return text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/g, (character, at: number) => {
    if (character === "\u001b" && SGR.test(text.slice(at, at + 20))) return character;
    return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
  });
}
