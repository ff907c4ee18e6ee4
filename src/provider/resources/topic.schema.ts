/** The attributes of `gladly_topic`, and their values from Gladly's topic (docs/vendors/gladly-api.md section 8). */
import type { Topic } from "../../vendors/gladly/wire";
import type { Known } from "../protocol/schema/attribute";
import { bool, string } from "../protocol/schema/attributes";
import { timeouts } from "../protocol/schema/timeouts";
import { nonEmpty } from "../protocol/schema/validator";

export const topicAttributes = {
  id: string({ computed: true, changesWith: [], description: "The topic's id at Gladly." }),
  name: string({
    required: true,
    description: "The topic's name, as agents see it. Unique in the organization.",
    validators: [nonEmpty()],
  }),
  parent_id: string({
    optional: true,
    description:
      "The id of the parent topic. Without it the topic is at the top level. Gladly does not document how a topic moves back to the top level, so if you remove this, the provider requests it and checks the result.",
    validators: [nonEmpty()],
  }),
  disabled: bool({
    default: false,
    description: "Agents cannot add a disabled topic to conversations.",
  }),
  adopt_existing: bool({
    default: false,
    description:
      "Whether a create may take over an existing *enabled* topic of the same name. A disabled one is always taken over and enabled again, because Gladly never frees its name.",
  }),
  timeouts: timeouts("1m"),
};
export type TopicState = Known<typeof topicAttributes>;

/** Gladly's topic as state. Attributes that Gladly does not have keep their values from the state. */
export function topicState(topic: Topic, known: Pick<TopicState, "adopt_existing" | "timeouts">): TopicState {
  return {
    id: topic.id,
    name: topic.name,
    parent_id: topic.parentId || null,
    disabled: topic.disabled,
    adopt_existing: known.adopt_existing,
    timeouts: known.timeouts,
  };
}
