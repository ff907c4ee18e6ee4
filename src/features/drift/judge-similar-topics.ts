/** Topics that agents may confuse with the do-not-send topic. */

import { found } from "../../report/finding";
import { code } from "../../report/report";
import type { Topic } from "../../vendors/gladly/wire";
import type { StackFinding } from "./observation";

/**
 * @param name the exact name of the do-not-send topic
 * @param managed id of that topic; undefined where it does not exist yet
 */
export function lookAlikeFindings(
  topics: readonly Topic[],
  name: string,
  managed: string | undefined,
): readonly StackFinding[] {
  return topics
    .filter(
      (topic) => topic.id !== managed && !topic.disabled && topic.name !== name && plain(topic.name) === plain(name),
    )
    .map((topic) => ({
      kind: "drift",
      finding: found("topic-look-alike", {
        title: `The topic ${code(topic.name)} looks like ${code(name)} and does not prevent a survey`,
        detail: "Only the exact name counts. When an agent picks this one, the customer still gets a survey.",
        remedy: `disable it in Gladly (${code(topic.id)}), and tell agents which topic counts`,
      }),
    }));
}

/** Letters and digits only, in lower case: what people overlook. */
function plain(name: string): string {
  return name
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, "");
}
