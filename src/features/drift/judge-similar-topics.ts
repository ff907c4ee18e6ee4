/** Topics that an agent takes for the one that keeps a conversation out, and that do not. */

import { code } from "../../report/report";
import type { Topic } from "../../vendors/gladly/wire";
import type { StackFinding } from "./observation";

/**
 * @param name the topic that keeps a conversation out, by its exact name
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
      finding: {
        id: "topic-look-alike",
        severity: "warning",
        title: `The topic ${code(topic.name)} looks like ${code(name)}, and keeps no conversation out`,
        detail:
          "It was made by hand. Only the exact name counts: where an agent takes this one, the customer gets a survey all the same.",
        remedy: `disable it in Gladly (${code(topic.id)}), and tell agents which one counts`,
      },
    }));
}

/** Letters and digits only, small: what a person reads over. */
function plain(name: string): string {
  return name
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, "");
}
