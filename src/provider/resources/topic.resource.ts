/** `gladly_topic`: a word that agents put on conversations. Gladly has no way to delete one (docs/vendors/gladly-api.md section 8). */
import { GladlyRefusal } from "../../vendors/gladly/errors";
import type { Topic, TopicInput } from "../../vendors/gladly/wire";
import { OperationError, type Report } from "../protocol/diagnostics";
import { defineResource } from "../protocol/resource";
import type { Known } from "../protocol/schema/attribute";
import { bool, string } from "../protocol/schema/attributes";
import { timeouts } from "../protocol/schema/timeouts";
import { nonEmpty } from "../protocol/schema/validator";
import { attributePath } from "../protocol/values/path";
import { explained } from "./failure";
import type { Gladly } from "./gladly";

const attributes = {
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
type State = Known<typeof attributes>;

export const topicResource = defineResource<typeof attributes, Gladly>({
  type: "gladly_topic",
  version: 0,
  description:
    "A topic that agents put on conversations.\n\nGladly cannot delete topics: destroying this resource *disables* the topic, and creating one whose name a disabled topic has takes that one over and enables it again.",
  attributes,

  async create(desired, context) {
    const gladly = context.client.within(context.timeout);
    return explained(gladly.url, `Creating the topic "${desired.name}"`, async () => {
      try {
        const id = await gladly.client.createTopic(inputOf(desired));
        // Everything but the id is as it was sent, so nothing is read back: Gladly's limit is 10 requests a second.
        return { ...desired, id };
      } catch (error) {
        const existing = error instanceof GladlyRefusal ? holderOfName(error) : undefined;
        if (existing === undefined) throw error;
        return await adopt(gladly, existing, desired, context.report);
      } finally {
        gladly.changed();
      }
    });
  },

  async read(state, { client, timeout }) {
    const gladly = client.within(timeout);
    const topic = await explained(gladly.url, `Reading the topic ${state.id}`, () => gladly.topic(state.id ?? ""));
    return topic && stateOf(topic, state);
  },

  async update(desired, prior, context) {
    const gladly = context.client.within(context.timeout);
    const id = prior.id ?? "";
    return explained(gladly.url, `Updating the topic ${id}`, async () => {
      // A topic goes back to the top with null; sent only where the configuration removed the parent.
      const detach = desired.parent_id === null && prior.parent_id !== null ? { parentId: null } : {};
      try {
        await gladly.client.updateTopic(id, { ...inputOf(desired), ...detach });
      } catch (error) {
        throw error instanceof GladlyRefusal ? (nameTaken(error, desired.name) ?? error) : error;
      } finally {
        gladly.changed();
      }
      if (desired.parent_id === prior.parent_id) return { ...desired, id };
      const topic = await gladly.client.toTheEnd().topic(id);
      const found = topic ? stateOf(topic, desired) : { ...desired, id };
      if (found.parent_id !== desired.parent_id) {
        throw new OperationError(
          "Gladly did not move the topic",
          `The topic "${desired.name}" should be ${desired.parent_id === null ? "at the top" : `under ${desired.parent_id}`}, and Gladly says it is ${found.parent_id === null ? "at the top" : `under ${found.parent_id}`}. Move it in Gladly's settings.`,
          attributePath("parent_id"),
        );
      }
      return found;
    });
  },

  async delete(state, { client, report, timeout }) {
    const gladly = client.within(timeout);
    const id = state.id ?? "";
    await explained(gladly.url, `Disabling the topic ${id}`, async () => {
      const topic = await gladly.client.topic(id);
      if (!topic || topic.disabled) return;
      try {
        // Every PATCH of a topic needs its name; the present one, so that a rename by hand stays.
        await gladly.client.updateTopic(id, { name: topic.name, disabled: true });
      } finally {
        gladly.changed();
      }
      report.warning(
        "Topic disabled, not deleted",
        `Gladly cannot delete topics. "${topic.name}" (${id}) is disabled: agents no longer see it, and conversations keep it.`,
      );
    });
  },

  async import(id, { client: gladly }) {
    const topics = await explained(gladly.url, `Looking for the topic ${id}`, () => gladly.topics());
    const found = topics.find((topic) => topic.id === id) ?? topics.find((topic) => topic.name === id);
    if (!found) {
      throw new OperationError(
        "No such topic",
        `Gladly at ${gladly.url} has no topic with the id or the name "${id}". Names are compared exactly.`,
      );
    }
    return { ...stateOf(found, { adopt_existing: false, timeouts: null }) };
  },
});

function inputOf(desired: State): TopicInput {
  return {
    name: desired.name,
    disabled: desired.disabled,
    ...(desired.parent_id === null ? {} : { parentId: desired.parent_id }),
  };
}

function stateOf(topic: Topic, known: Pick<State, "adopt_existing" | "timeouts">): State {
  return {
    id: topic.id,
    name: topic.name,
    parent_id: topic.parentId || null,
    disabled: topic.disabled,
    adopt_existing: known.adopt_existing,
    timeouts: known.timeouts,
  };
}

/** The id of the topic that has the name already, when that is what the refusal is about. */
function holderOfName(refusal: GladlyRefusal): string | undefined {
  if (refusal.status !== 409) return undefined;
  return refusal.errors.find(({ attr, code }) => attr === "name" && code === "taken")?.meta?.id ?? undefined;
}

async function adopt(gladly: Gladly, id: string, desired: State, report: Report): Promise<State> {
  const existing = await gladly.client.topic(id);
  const wasDisabled = existing?.disabled ?? false;
  if (existing && !wasDisabled && !desired.adopt_existing) {
    throw new OperationError(
      "A topic of this name exists",
      `Gladly has an enabled topic "${desired.name}" (${id}) already. To manage it here, import it by its id or its name, or set adopt_existing = true to take it over as it is.`,
      attributePath("name"),
    );
  }
  const detach = existing?.parentId && desired.parent_id === null ? { parentId: null } : {};
  await gladly.client.updateTopic(id, { ...inputOf(desired), ...detach });
  report.warning(
    wasDisabled ? "Took over a disabled topic" : "Took over an existing topic",
    `Gladly had ${wasDisabled ? "a disabled" : "an enabled"} topic "${desired.name}" (${id}). It is now managed here${wasDisabled && !desired.disabled ? ", and enabled again" : ""}. Conversations that have it keep it.`,
    attributePath("name"),
  );
  return { ...desired, id };
}

function nameTaken(refusal: GladlyRefusal, name: string): OperationError | undefined {
  const holder = holderOfName(refusal);
  if (holder === undefined) return undefined;
  return new OperationError(
    "The name is taken",
    `Gladly has another topic "${name}" (${holder}), enabled or disabled. Names are unique; choose another one.`,
    attributePath("name"),
    refusal,
  );
}
