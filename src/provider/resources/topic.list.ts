/** `gladly_topic` in `terraform query`: finds topics that were created in Gladly, to import them. */
import { defineListResource } from "../protocol/resource";
import { bool, string } from "../protocol/schema/attributes";
import { explained } from "./failure";
import type { Gladly } from "./gladly";
import { hasPart } from "./lookup";
import { type topicAttributes, topicState } from "./topic.schema";

const filter = {
  name_contains: string({ optional: true, description: "Only topics with this in their name, in any case." }),
  parent_id: string({ optional: true, description: "Only topics directly below this one." }),
  include_disabled: bool({ optional: true, description: "Whether disabled topics are listed too. Default `false`." }),
};

export const topicList = defineListResource<typeof filter, typeof topicAttributes, Gladly>({
  type: "gladly_topic",
  description: "Lists all topics of the organization, whether Terraform manages them or not.",
  attributes: filter,
  async list({ name_contains, parent_id, include_disabled }, { client }) {
    const gladly = client.within(undefined);
    const topics = await explained(gladly.url, "Listing the topics", () => gladly.topics());
    return topics
      .filter(({ disabled }) => !disabled || include_disabled === true)
      .filter(({ name }) => hasPart(name, name_contains))
      .filter(({ parentId }) => parent_id === null || parentId === parent_id)
      .toSorted((a, b) => a.name.localeCompare(b.name, "en") || a.id.localeCompare(b.id, "en"))
      .map((topic) => ({
        displayName: topic.name,
        state: topicState(topic, { adopt_existing: false, timeouts: null }),
      }));
  },
});
