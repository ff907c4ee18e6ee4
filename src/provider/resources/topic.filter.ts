/** Which topics a data source or a query returns. */
import type { Topic } from "../../vendors/gladly/wire";
import { bool, string } from "../protocol/schema/attributes";
import { byName, hasPart } from "./lookup";

export const topicFilter = {
  name_contains: string({ optional: true, description: "Only topics with this in their name, in any case." }),
  parent_id: string({ optional: true, description: "Only topics directly below this one." }),
  include_disabled: bool({ optional: true, description: "Whether disabled topics are listed too. Default `false`." }),
};

interface TopicFilter {
  readonly name_contains: string | null;
  readonly parent_id: string | null;
  readonly include_disabled: boolean | null;
}

/** The topics that fit, by name. */
export function topicsThatFit(
  topics: readonly Topic[],
  { name_contains, parent_id, include_disabled }: TopicFilter,
): readonly Topic[] {
  return topics
    .filter(({ disabled }) => !disabled || include_disabled === true)
    .filter(({ name }) => hasPart(name, name_contains))
    .filter(({ parentId }) => parent_id === null || parentId === parent_id)
    .toSorted(byName);
}
