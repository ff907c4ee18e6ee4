/** The format of stored reports. */
import { createHash } from "node:crypto";

/** Largest number of characters of a report that is stored whole. */
const WHOLE = 20_000;

/** The stored form of a report. A longer one has no folded parts, but the SHA-256 of the whole. */
export function golden(text: string): string {
  if (text.length <= WHOLE) return text;
  const unfolded = text.replace(/(<details[\s\S]*?<\/details>\n\n)+/g, (parts) => {
    return `<!-- ${parts.match(/<details/g)?.length} folded parts -->\n\n`;
  });
  const digest = createHash("sha256").update(text).digest("hex");
  return `${unfolded}\n<!-- ${text.length} characters, SHA-256 ${digest} -->\n`;
}
