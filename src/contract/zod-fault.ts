/** Formats zod's errors about a file for its author. */

interface Issue {
  readonly path: readonly PropertyKey[];
  readonly message: string;
}

/** One line: `agents[0].name: expected string, received number`. */
export function zodFault({ path, message }: Issue): string {
  const where = path.map((key) => (typeof key === "number" ? `[${key}]` : `.${String(key)}`)).join("");
  return `${where === "" ? "the file" : where.replace(/^\./, "")}: ${inWords(message)}`;
}

function inWords(message: string): string {
  const missing = /^Invalid input: expected (.*), received undefined$/.exec(message);
  if (missing !== null) return `is missing (${missing[1]})`;
  const rest = message.replace(/^Invalid input: /, "");
  return rest.charAt(0).toLowerCase() + rest.slice(1);
}
