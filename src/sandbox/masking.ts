/** Keeps secrets out of the journal, which people read and tests store. */
const MASK = "***";

/** Characters. Shorter values are not secrets, and masking them would make the journal unreadable. */
const SHORTEST_SECRET = 4;

export class Masking {
  private readonly secrets = new Set<string>();

  constructor(secrets: readonly string[]) {
    for (const secret of secrets) this.add(secret);
  }

  /** Adds a secret that is set later, such as the password of a webhook. */
  add(secret: string): void {
    if (secret.length >= SHORTEST_SECRET) this.secrets.add(secret);
  }

  /** The text with every known secret replaced. */
  text(text: string): string {
    let masked = text;
    for (const secret of this.secrets) masked = masked.replaceAll(secret, MASK);
    return masked;
  }

  /** The headers with every known secret replaced. Headers that hold credentials are always replaced. */
  headers(headers: Readonly<Record<string, string | string[] | undefined>>): Record<string, string> {
    const shown: Record<string, string> = {};
    for (const [name, value] of Object.entries(headers)) {
      if (value === undefined) continue;
      const text = Array.isArray(value) ? value.join(", ") : value;
      if (name === "authorization") shown[name] = text.startsWith("Basic ") ? `Basic ${MASK}` : MASK;
      else if (name === "x-api-key") shown[name] = MASK;
      else shown[name] = this.text(text);
    }
    return shown;
  }
}
