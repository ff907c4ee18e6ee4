/** Whether agents can prevent a survey: the topic must exist, enabled, with exactly its name. */
import { code } from "../../report/report";
import type { ReadinessFacts } from "./facts";
import { about, type Item } from "./item";

const { ready, notReady, notKnown } = about("topic");

export function judgeTopic({ topics, environment }: ReadinessFacts): readonly Item[] {
  if (!topics.known) return [notKnown("topic-not-known", topics.why, topics.remedy)];
  const { name } = environment.topic;
  const apply = `\`npx cdktf apply ${environment.name}\``;
  const topic = topics.value.find((candidate) => candidate.name === name);
  if (topic === undefined) {
    const near = topics.value.find((candidate) => plain(candidate.name) === plain(name));
    return [
      notReady({
        id: "topic-missing",
        seen: `Gladly has no topic ${code(name)}.`,
        detail:
          `${near === undefined ? "" : `There is ${code(near.name)}, which is not the same name. `}` +
          "Without it, agents cannot prevent a survey.",
        remedy: near === undefined ? `${apply} creates it` : `${apply} renames it, or creates it`,
      }),
    ];
  }
  if (topic.disabled) {
    return [
      notReady({
        id: "topic-unusable",
        seen: `The topic ${code(name)} is disabled in Gladly: agents cannot add it to a conversation.`,
        remedy: `${apply} enables it`,
      }),
    ];
  }
  return [ready({ id: "topic", seen: `Agents can prevent a survey with the topic ${code(name)}.` })];
}

/** People overlook differences in case, spaces, dashes and underscores. */
function plain(name: string): string {
  return name.toLowerCase().replace(/[\s_-]+/g, "");
}
