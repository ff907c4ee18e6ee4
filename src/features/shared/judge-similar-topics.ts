/** Topics that agents may mistake for the do-not-send topic, but that do not prevent a survey. */
import type { FindingId } from "../../report/catalogue";
import { code } from "../../report/report";
import type { Topic } from "../../vendors/gladly/wire";

export interface SimilarTopic {
  readonly id: Extract<FindingId, "topic-look-alike" | "topic-below">;
  readonly title: string;
  readonly detail: string;
  readonly remedy: string;
}

/**
 * @param name the exact name of the do-not-send topic
 * @param own its id; undefined if it does not exist yet
 * @param excluded names and ids of `policy.exclude.topics`, which prevent a survey too
 */
export function similarTopics(
  topics: readonly Topic[],
  name: string,
  own: string | undefined,
  excluded: readonly string[] = [],
): readonly SimilarTopic[] {
  const counts = (topic: Topic) => topic.id === own || topic.name === name;
  const prevents = ({ id, name: other }: Topic) => excluded.includes(id) || excluded.includes(other);
  const others = topics.filter((topic) => !topic.disabled && !counts(topic) && !prevents(topic));
  const parents = new Set(topics.filter(counts).map(({ id }) => id));
  return others.flatMap((topic): readonly SimilarTopic[] => {
    if (isBelow(topic, parents, topics)) return [below(topic, name)];
    return plain(topic.name) === plain(name) ? [lookAlike(topic, name)] : [];
  });
}

function isBelow({ parentId }: Topic, parents: ReadonlySet<string>, topics: readonly Topic[]): boolean {
  const seen = new Set<string>();
  for (let above = parentId; above && !seen.has(above); above = topics.find(({ id }) => id === above)?.parentId) {
    if (parents.has(above)) return true;
    seen.add(above);
  }
  return false;
}

function below({ id, name: own }: Topic, name: string): SimilarTopic {
  return {
    id: "topic-below",
    title: `The topic ${code(own)} is under ${code(name)} and does not prevent a survey`,
    detail: `Only ${code(name)} itself counts. When an agent picks the topic under it, the customer still gets a survey.`,
    remedy: `disable it in Gladly (${code(id)}), or, with a relay, list it in \`policy.exclude.topics\``,
  };
}

function lookAlike({ id, name: own }: Topic, name: string): SimilarTopic {
  return {
    id: "topic-look-alike",
    title: `The topic ${code(own)} looks like ${code(name)} and does not prevent a survey`,
    detail: `Only the exact name counts${difference(own, name)}. When an agent picks this one, the customer still gets a survey.`,
    remedy: `disable it in Gladly (${code(id)}), and tell agents which topic counts`,
  };
}

/** A difference between the two names that is easy to overlook. */
function difference(own: string, name: string): string {
  if (own.trim() === name) return ": this one has blanks around it";
  return own.toLowerCase() === name.toLowerCase() ? ": upper and lower case differ" : "";
}

/** Only letters and digits, in lower case: ignores differences that people overlook. */
function plain(name: string): string {
  return name
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, "");
}
