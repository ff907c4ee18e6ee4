/** Reads a secret from standard input, never from an argument: shell histories and process lists show arguments. */
import { createHash } from "node:crypto";
import { text } from "node:stream/consumers";
import { CommandError } from "../../cli/command";

/** A webhook's password must be long so that no one can guess it: 32 random bytes as text. */
const SHORTEST_PASSWORD = 32;

export type ReadSecret = () => Promise<string>;

/** Reads all of standard input. A line break after the value is not part of it. */
export const readStandardInput: ReadSecret = async () => {
  if (process.stdin.isTTY) {
    throw new CommandError(
      "reads the value from standard input, so that it is on no screen: pipe it in, for example from a password " +
        "manager's command.",
    );
  }
  return checkSecret(await text(process.stdin));
};

/** The value without the line break. @throws CommandError if it cannot be a secret */
export function checkSecret(given: string): string {
  const value = given.replace(/\r?\n$/, "");
  if (value === "") throw new CommandError("standard input was empty; nothing was written.");
  if (/\s/.test(value)) {
    throw new CommandError("the value contains a space or a line break, which no key has; nothing was written.");
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

/** The digest that the relay compares. */
export function digestOf(password: string): string {
  return createHash("sha256").update(password).digest("hex");
}
