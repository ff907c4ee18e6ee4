/**
 * Masks everything that looks like a secret, even if no provider marked it: a plan's JSON has every value in plain text, and
 * more people read a review than a plan.
 */

/** Shown instead of a possible secret. */
export const MASKED = "(masked)";

/** Names whose values are secrets. A secret's name, version or ARN is not a secret. */
const SECRET_NAME =
  /(password|passwd|passphrase|token|authorization|api[-_]?key|access[-_]?key|private[-_]?key|secret[-_]?(string|binary|value|key)|client[-_]?secret|credentials?)(_wo)?$/i;

/** Environment variables and attributes that end in "secret" may contain only a name, like the relay's: `relay/production/gladly`. */
const MAY_NAME_ONE = /secret$/i;
const SECRET_PLACE = /^(relay\/[a-z0-9-]+\/[a-z0-9-]+|arn:aws:secretsmanager:[\w:/.?-]+)$/;

/** Names whose values come from a service or a file's hash: they look random but are not secret. */
const NO_SECRET = /(^|_)(id|ids|arn|arns|uuid)$/i;
const HASH = /(_hash|sha256|etag|checksum|fingerprint)$/i;
/** Characters of a hash that are enough to distinguish two. */
const HASH_SHOWN = 8;

/** Each match is replaced except for its first group. */
const SHAPES: readonly RegExp[] = [
  /-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(-----END [A-Z ]*PRIVATE KEY-----|$)()/g,
  /([a-z][a-z0-9+.-]{0,40}:\/\/)[^\s/@"'?#]+@/gi,
  /(\b(?:basic|bearer)\s+)[\w+/=.~-]{6,}/gi,
  /([?&#;](?:[\w-]{0,80}(?:key|token|secret|password|passwd|pwd|signature|sig|auth)[\w-]{0,80})=)[^&#\s"']+/gi,
  /(\b(?:password|passwd|token|api[-_]?key|authorization)["']?\s*[=:]\s*["']?)[^\s"',;&]{4,}/gi,
  // Not `secret:` alone, because every secret's ARN contains it.
  /(\bsecret(?:["']?\s*=|["']\s*:)\s*["']?)[^\s"',;&]{4,}/gi,
  /()\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/g,
  /()\b(?:gh[pousr]_|github_pat_|xox[abprs]-|sk_live_|sk_test_|rk_live_)[\w-]{10,}/g,
  /()\beyJ[\w-]{5,}\.[\w-]{5,}(\.[\w-]*)?/g,
];

/** Long and with mixed characters, like generated keys. */
const LONG_RUN = /[A-Za-z0-9+/=_-]{24,}/g;
const LONG_HEX = /^[0-9a-f]{32,}$/i;

/**
 * @param name the last part of the attribute's path
 * @returns the text with possible secrets masked
 */
export function masked(text: string, name = ""): string {
  if (text === "") return text;
  if (SECRET_NAME.test(name)) return MASKED;
  if (MAY_NAME_ONE.test(name) && !SECRET_PLACE.test(text)) return MASKED;
  if (HASH.test(name)) return text.length > HASH_SHOWN ? `${text.slice(0, HASH_SHOWN)}…` : text;
  const shaped = SHAPES.reduce(
    (rest, shape) =>
      rest.replace(shape, (_, kept: string) => `${kept}${MASKED}@`.replace(/@$/, _.endsWith("@") ? "@" : "")),
    text,
  );
  return NO_SECRET.test(name) ? shaped : shaped.replace(LONG_RUN, (run) => (isRandom(run) ? MASKED : run));
}

function isRandom(run: string): boolean {
  if (LONG_HEX.test(run)) return true;
  // Paths of words and dashes are names; a generator mixes all three kinds within one word.
  return run.split(/[/_=-]/).some((word) => word.length >= 12 && kinds(word) === 3) && kinds(run) === 3;
}

function kinds(text: string): number {
  return [/[a-z]/, /[A-Z]/, /\d/].filter((kind) => kind.test(text)).length;
}
