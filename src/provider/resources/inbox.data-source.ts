/** `gladly_inbox` and `gladly_inboxes`: the inboxes of conversations. Gladly's API can only read them. */
import type { Inbox } from "../../vendors/gladly/wire";
import { defineDataSource } from "../protocol/resource";
import { bool, nestedList, string } from "../protocol/schema/attributes";
import { explained } from "./failure";
import type { Gladly } from "./gladly";
import { byName, exactlyOne, findOne, hasPart } from "./lookup";

const one = {
  id: string({ optional: true, computed: true, description: "The inbox's id. Give this or `name`." }),
  name: string({ optional: true, computed: true, description: "The inbox's name, exactly. Give this or `id`." }),
  disabled: bool({ computed: true, description: "Whether it is disabled." }),
};

export const inboxDataSource = defineDataSource<typeof one, Gladly>({
  type: "gladly_inbox",
  description: "An inbox, found by its id or its name.",
  attributes: one,
  validate: ({ id, name }, report) => exactlyOne({ id, name }, report),
  async read({ id, name }, { client: gladly }) {
    const inboxes = await explained(gladly.url, "Reading the inboxes", () => gladly.inboxes());
    return findOne("inbox", inboxes.map(inboxFields), { id, name });
  },
});

const item = {
  id: string({ computed: true, description: "The inbox's id." }),
  name: string({ computed: true, description: "The inbox's name." }),
  disabled: bool({ computed: true, description: "Whether it is disabled." }),
};
const many = {
  name_contains: string({ optional: true, description: "Only inboxes with this in their name, in any case." }),
  include_disabled: bool({ optional: true, description: "Whether disabled inboxes are listed too. Default `false`." }),
  inboxes: nestedList(item, { computed: true, description: "The inboxes, by name." }),
};

export const inboxesDataSource = defineDataSource<typeof many, Gladly>({
  type: "gladly_inboxes",
  description: "The inboxes of the organization.",
  attributes: many,
  async read(config, { client: gladly }) {
    const inboxes = await explained(gladly.url, "Reading the inboxes", () => gladly.inboxes());
    const found = inboxes
      .filter(({ disabled }) => !disabled || config.include_disabled === true)
      .filter(({ name }) => hasPart(name, config.name_contains))
      .toSorted(byName);
    return { ...config, inboxes: found.map(inboxFields) };
  },
});

function inboxFields(inbox: Inbox) {
  return { id: inbox.id, name: inbox.name ?? null, disabled: inbox.disabled ?? false };
}
