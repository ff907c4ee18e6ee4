/** How reports that tests compare with are kept. */
import { createHash } from "node:crypto";

/** Characters of a report that is kept whole. */
const WHOLE = 20_000;

/** A longer report is kept without its folded parts, and with the SHA-256 of the whole. */
export function golden(text: string): string {
  if (text.length <= WHOLE) return text;
  const unfolded = text.replace(/(<details[\s\S]*?<\/details>\n\n)+/g, (parts) => {
    return `<!-- ${parts.match(/<details/g)?.length} folded parts -->\n\n`;
  });
  const digest = createHash("sha256").update(text).digest("hex");
  return `${unfolded}\n<!-- ${text.length} characters, SHA-256 ${digest} -->\n`;
}
