/** The attributes of `gladly_topic`, and how Gladly's topic becomes them (docs/vendors/gladly-api.md section 8). */
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
      "The id of the topic above this one. Without it the topic stands at the top. How a topic goes back to the top is not documented by Gladly, so removing this makes Terraform ask for it and check the outcome.",
    validators: [nonEmpty()],
  }),
  disabled: bool({
    default: false,
    description: "A disabled topic cannot be put on conversations any more.",
  }),
  adopt_existing: bool({
    default: false,
    description:
      "Whether an *enabled* topic of the same name, made by someone else, may be taken over on create. A disabled one is always taken over and enabled again, because Gladly can never free its name.",
  }),
  timeouts: timeouts("1m"),
};
export type TopicState = Known<typeof topicAttributes>;

/** Gladly's topic as state. What is not Gladly's stays as the state has it. */
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
