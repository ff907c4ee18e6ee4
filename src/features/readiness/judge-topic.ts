/** Whether agents can prevent a survey: the topic must exist, enabled, with exactly its name. */
import { code } from "../../report/report";
import { similarTopics } from "../shared/judge-similar-topics";
import type { ReadinessFacts } from "./facts";
import { about, type Item } from "./item";

const { ready, note, notReady, notKnown } = about("topic");

export function judgeTopic({ topics, environment }: ReadinessFacts): readonly Item[] {
  if (!topics.known) return [notKnown("topic-not-known", topics.why, topics.remedy)];
  const { name } = environment.topic;
  const apply = `\`npx cdktf apply ${environment.name}\``;
  const topic = topics.value.find((candidate) => candidate.name === name);
  const similar = similarTopics(topics.value, name, topic?.id, environment.policy?.exclude?.topics);
  if (topic === undefined) {
    const [near] = similar;
    return [
      notReady({
        id: "topic-missing",
        seen: `Gladly has no topic ${code(name)}.`,
        detail: `${near === undefined ? "" : `${near.title}. `}Without it, agents cannot prevent a survey.`,
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
  return [
    ready({ id: "topic", seen: `Agents can prevent a survey with the topic ${code(name)}.` }),
    // Agents can prevent surveys, and may believe that they do when they pick another one.
    ...similar.map(({ title, ...about }) => note({ ...about, seen: `${title}.` })),
  ];
}
