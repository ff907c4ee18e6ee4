/** `gladly_topic` and `gladly_topics`: topics that are managed elsewhere. */
import type { Topic } from "../../vendors/gladly/wire";
import { defineDataSource } from "../protocol/resource";
import { bool, nestedList, string } from "../protocol/schema/attributes";
import { explained } from "./failure";
import type { Gladly } from "./gladly";
import { exactlyOne, findOne } from "./lookup";
import { topicFilter, topicsThatFit } from "./topic.filter";

/** What Gladly says about a topic, besides the search attributes. */
const settings = {
  parent_id: string({ computed: true, description: "The id of the topic above it; null at the top." }),
  disabled: bool({
    computed: true,
    description: "Whether it is disabled: agents can no longer add it to conversations.",
  }),
};

const one = {
  id: string({ optional: true, computed: true, description: "The topic's id. Give this or `name`." }),
  name: string({ optional: true, computed: true, description: "The topic's name, exactly. Give this or `id`." }),
  ...settings,
};

export const topicDataSource = defineDataSource<typeof one, Gladly>({
  type: "gladly_topic",
  description: "A topic, enabled or disabled, found by its id or its name.",
  attributes: one,
  validate: ({ id, name }, report) => exactlyOne({ id, name }, report),
  async read({ id, name }, { client: gladly }) {
    const topics = await explained(gladly.url, "Reading the topics", () => gladly.topics());
    return findOne("topic", topics.map(topicFields), { id, name });
  },
});

const item = {
  id: string({ computed: true, description: "The topic's id." }),
  name: string({ computed: true, description: "The topic's name." }),
  ...settings,
};
const many = {
  ...topicFilter,
  topics: nestedList(item, { computed: true, description: "The topics, by name." }),
};

export const topicsDataSource = defineDataSource<typeof many, Gladly>({
  type: "gladly_topics",
  description: "The topics of the organization.",
  attributes: many,
  async read(config, { client: gladly }) {
    const topics = await explained(gladly.url, "Reading the topics", () => gladly.topics());
    return { ...config, topics: topicsThatFit(topics, config).map(topicFields) };
  },
});

function topicFields(topic: Topic) {
  return { id: topic.id, name: topic.name, parent_id: topic.parentId || null, disabled: topic.disabled };
}
