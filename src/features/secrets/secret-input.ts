/** A secret from standard input, never from an argument: arguments lie in shell histories and process lists. */
import { createHash } from "node:crypto";
import { text } from "node:stream/consumers";
import { CommandError } from "../../cli/command";

/** A password of the webhook is guessable by nobody only when it is long: 32 random bytes, as text. */
const SHORTEST_PASSWORD = 32;

export type ReadSecret = () => Promise<string>;

/** Reads all of standard input; a line's end after the value is not part of it. */
export const readStandardInput: ReadSecret = async () => {
  if (process.stdin.isTTY) {
    throw new CommandError(
      "reads the value from standard input, so that it is on no screen: pipe it in, for example from a password " +
        "manager's command.",
    );
  }
  return checkSecret(await text(process.stdin));
};

/** The value without the line's end. @throws CommandError when it cannot be a secret */
export function checkSecret(given: string): string {
  const value = given.replace(/\r?\n$/, "");
  if (value === "") throw new CommandError("standard input was empty; nothing was put.");
  if (/\s/.test(value)) {
    throw new CommandError("the value holds a space or a line's end inside, as no key has; nothing was put.");
  }
  return value;
}

export function checkPassword(value: string): string {
  if (value.length >= SHORTEST_PASSWORD) return value;
  throw new CommandError(
    `the webhook's password has ${value.length} characters, and needs ${SHORTEST_PASSWORD}: only its digest is kept, ` +
      "which protects no short one. Make one with: openssl rand -base64 32",
  );
}

/** As the relay compares it. */
export function digestOf(password: string): string {
  return createHash("sha256").update(password).digest("hex");
}
