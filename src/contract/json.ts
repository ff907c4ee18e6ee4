/** Reads and writes JSON. */

/** The value; undefined if the text is not JSON. */
export function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** JSON as files and `--json` have it: indented by two spaces, with a line break at the end. */
export function jsonText(value: unknown): string {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}

/** An object whose fields are left out where they were undefined. */
export type Defined<T> = {
  [K in keyof T as undefined extends T[K] ? never : K]: T[K];
} & {
  [K in keyof T as undefined extends T[K] ? K : never]?: Exclude<T[K], undefined>;
};

/** Leaves out the fields that are undefined, as JSON does. @param value what JSON can hold */
export function defined<T extends object>(value: T): Defined<T> {
  return JSON.parse(JSON.stringify(value));
}
