/** Checks one attribute's value. A validator is called only for values that are known and not null. */
export interface Validator<in V> {
  /** What is allowed, for the page: "at most 200 characters". */
  readonly description: string;
  /** The error as a sentence; undefined if the value is valid. */
  check(value: V): string | undefined;
}

/**
 * Creates your own validator.
 *
 * @param description what is allowed; the message says `Expected: <description>.`
 * @param check returns the error as a sentence; undefined if the value is valid
 * @example
 * ```ts
 * const even = validator<number>("an even number", (value) => (value % 2 === 0 ? undefined : `${value} is odd.`));
 * ```
 */
export function validator<V>(description: string, check: (value: V) => string | undefined): Validator<V> {
  return { description, check };
}

/** Refuses text that is empty or only spaces. */
export function nonEmpty(): Validator<string> {
  return validator("not empty", (value) => (value.trim() === "" ? "It must not be empty." : undefined));
}

/**
 * Counts UTF-16 units, as most services do: most emoji count twice. If a service counts whole characters, this is stricter.
 *
 * @param limit in UTF-16 units
 */
export function maxLength(limit: number): Validator<string> {
  return validator(`at most ${limit} characters`, (value) => {
    const { length } = value;
    if (length <= limit) return undefined;
    const counted = length === [...value].length ? "" : " (most emoji count as two)";
    return `It has ${length} characters${counted}; at most ${limit} are allowed.`;
  });
}

/** Refuses line breaks and other control characters, for values in HTTP headers. */
export function oneLine(): Validator<string> {
  return validator("one line without control characters", (value) => {
    if (/[\r\n]$/.test(value)) return "It ends with a line break. Remove it, for example with `trimspace(...)`.";
    // biome-ignore lint/suspicious/noControlCharactersInRegex: it must find control characters
    return /[\u0000-\u001f\u007f]/.test(value) ? "It has a line break or another control character." : undefined;
  });
}

/** A number without a fraction, of any size. */
export function wholeNumber(): Validator<number | bigint> {
  return validator("a whole number", (value) =>
    typeof value === "bigint" || Number.isInteger(value) ? undefined : `${value} is not a whole number.`,
  );
}

/** Refuses an empty list or set. */
export function atLeastOne(): Validator<readonly unknown[]> {
  return validator("at least one", (value) => (value.length === 0 ? "At least one is needed." : undefined));
}

/** A whole number from `least` to `most`, both included. */
export function between(least: number, most: number): Validator<number | bigint> {
  return validator(`a whole number from ${least} to ${most}`, (value) =>
    value >= least && value <= most && Number.isInteger(Number(value)) ? undefined : `${value} is out of range.`,
  );
}

/** Accepts these texts only, compared exactly. */
export function oneOf(...allowed: readonly string[]): Validator<string> {
  const list = allowed.map((value) => `\`${value}\``).join(", ");
  return validator(`one of ${list}`, (value) => (allowed.includes(value) ? undefined : `Allowed are ${list}.`));
}

/**
 * An absolute address: https, or http to this machine itself, where no one can listen in.
 * User names and passwords in the address are refused, because plans and logs show addresses.
 */
export function httpsAddress(): Validator<string> {
  return validator("an `https` address (`http` only for a loopback address)", (value) => {
    if (/\s/.test(value)) return "It must not contain spaces or line breaks.";
    if (!URL.canParse(value)) return "It is not an absolute address such as `https://relay.example.com/events`.";
    const url = new URL(value);
    if (url.username !== "" || url.password !== "") return "It must not hold a user name or a password.";
    if (url.protocol === "https:" || (url.protocol === "http:" && isLoopback(url.hostname))) return undefined;
    return "It must begin with `https://`; `http://` is allowed for a loopback address only.";
  });
}

/** Whether a host name can only mean this machine. */
export function isLoopback(hostname: string): boolean {
  return hostname === "localhost" || hostname === "[::1]" || /^127(\.\d{1,3}){3}$/.test(hostname);
}
