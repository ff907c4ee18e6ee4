/** Whether agents can keep a conversation from being surveyed: the topic must exist, enabled, under exactly its name. */
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
          "Without it, conversations that should not be surveyed are surveyed.",
        remedy: near === undefined ? `${apply} makes it` : `${apply} gives it its name back, or makes it`,
      }),
    ];
  }
  if (topic.disabled) {
    return [
      notReady({
        id: "topic-disabled",
        seen: `The topic ${code(name)} is disabled in Gladly: no agent can put it on a conversation.`,
        remedy: `${apply} enables it`,
      }),
    ];
  }
  return [ready({ id: "topic", seen: `Agents can keep a conversation out with the topic ${code(name)}.` })];
}

/** Capitals, spaces, dashes and underscores are what people change without noticing. */
function plain(name: string): string {
  return name.toLowerCase().replace(/[\s_-]+/g, "");
}
