/** `gladly_topic` in `terraform query`: finds topics that were created in Gladly, to import them. */
import { defineListResource } from "../protocol/resource";
import { explained } from "./failure";
import type { Gladly } from "./gladly";
import { topicFilter, topicsThatFit } from "./topic.filter";
import { type topicAttributes, topicState } from "./topic.schema";

export const topicList = defineListResource<typeof topicFilter, typeof topicAttributes, Gladly>({
  type: "gladly_topic",
  description: "Lists all topics of the organization, whether Terraform manages them or not.",
  attributes: topicFilter,
  async list(filter, { client }) {
    const gladly = client.within(undefined);
    const topics = await explained(gladly.url, "Listing the topics", () => gladly.topics());
    return topicsThatFit(topics, filter).map((topic) => ({
      displayName: topic.name,
      state: topicState(topic, { adopt_existing: false, timeouts: null }),
    }));
  },
});
