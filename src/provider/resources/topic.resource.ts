/** `gladly_topic`: a label that agents add to conversations. Gladly cannot delete one. */
import { GladlyRefusal } from "../../vendors/gladly/errors";
import { OperationError } from "../protocol/diagnostics";
import { defineResource } from "../protocol/resource";
import { attributePath } from "../protocol/values/path";
import { checkOrganization, refuseAbsence, rememberOrganization, reportAbsence, warnTwoOwners } from "./absence";
import { GRACE_MS, keepForSuccessor } from "./departures";
import { explained } from "./failure";
import type { Gladly } from "./gladly";
import { called, createTopic, holderOfName, topicInput } from "./topic.creation";
import { nameTaken, refuseTakenName } from "./topic.names";
import { type TopicState, topicAttributes, topicState } from "./topic.schema";

export const topicResource = defineResource<typeof topicAttributes, Gladly>({
  type: "gladly_topic",
  version: 0,
  description:
    "A topic that agents add to conversations.\n\nGladly cannot delete topics. Destroying this resource *disables* the topic. Creating one with the name of a disabled topic takes that one over and enables it again.",
  attributes: topicAttributes,
  identity: "id",

  checkPlan: refuseTakenName,

  async create(desired, context) {
    const gladly = context.client.within(context.timeout);
    return gladly.owners.holding("gladly_topic", { name: desired.name }, called(desired), () =>
      explained(gladly.url, `Creating the topic "${desired.name}"`, async () => {
        const id = await createTopic(gladly, desired, context.report);
        context.created({ id });
        await rememberOrganization(gladly, context.privateState);
        return { ...desired, id };
      }),
    );
  },

  async read(state, { client, report, timeout, privateState }) {
    const gladly = client.within(timeout);
    const id = state.id ?? "";
    return explained(gladly.url, `Reading the topic ${id}`, async () => {
      const topic = await gladly.topic(id);
      if (!topic) return reportAbsence(gladly, `topic "${state.name}" (${id})`, privateState, report);
      if (gladly.owners.readTwice("gladly_topic", id)) warnTwoOwners(`topic "${topic.name}" (${id})`, report);
      await rememberOrganization(gladly, privateState);
      return topicState(topic, state);
    });
  },

  async update(desired, prior, context) {
    const gladly = context.client.within(context.timeout);
    const id = prior.id ?? "";
    return gladly.owners.holding("gladly_topic", { id, name: desired.name }, called(desired), () =>
      explained(gladly.url, `Updating the topic ${id}`, async () => {
        // null moves a topic to the top level. It is sent only if the configuration removed the parent.
        const detach = desired.parent_id === null && prior.parent_id !== null ? { parentId: null } : {};
        const send = () => gladly.client.updateTopic(id, { ...topicInput(desired), ...detach });
        try {
          if (desired.name === prior.name) await send();
          else await gladly.departures.during(id, () => onceNameIsFree(gladly, id, desired, send));
        } catch (error) {
          if (error instanceof GladlyRefusal && error.status === 404) {
            await refuseAbsence(gladly, `topic "${prior.name}" (${id})`, context.privateState);
          }
          throw error;
        } finally {
          gladly.changed();
        }
        await rememberOrganization(gladly, context.privateState);
        if (desired.parent_id === prior.parent_id) return { ...desired, id };
        const topic = await gladly.afterWrite().freshTopic(id);
        const found = topic ? topicState(topic, desired) : { ...desired, id };
        if (found.parent_id !== desired.parent_id) {
          throw new OperationError(
            "Gladly did not move the topic",
            `The topic "${desired.name}" should be ${desired.parent_id === null ? "at the top" : `under ${desired.parent_id}`}, and Gladly says it is ${found.parent_id === null ? "at the top" : `under ${found.parent_id}`}. Move it in Gladly's settings.`,
            attributePath("parent_id"),
          );
        }
        return found;
      }),
    );
  },

  async delete(state, { client, report, timeout, privateState }) {
    const gladly = client.within(timeout);
    const id = state.id ?? "";
    const what = `topic "${state.name}" (${id})`;
    const taken = (): boolean => {
      const owner = gladly.owners.ownerOf("gladly_topic", id);
      if (owner !== undefined) report.warning("Topic kept", `In this run ${owner} took over the ${what}.`);
      return owner !== undefined;
    };
    const disable = async (): Promise<void> => {
      keepForSuccessor(gladly.departures, id, what);
      if (taken()) return;
      const topic = await gladly.client.topic(id);
      if (!topic) return checkOrganization(gladly, what, privateState);
      if (topic.disabled || taken()) return;
      try {
        // Every PATCH of a topic needs its name. The current one keeps a rename in Gladly.
        await gladly.client.updateTopic(id, { name: topic.name, disabled: true });
      } finally {
        gladly.changed();
      }
      report.warning(
        "Topic disabled, not deleted",
        `Gladly cannot delete topics. "${topic.name}" (${id}) is disabled: agents no longer see it, and conversations keep it.`,
      );
    };
    await explained(gladly.url, `Disabling the topic ${id}`, () => gladly.departures.during(id, disable));
  },

  async import(id, { client }) {
    const gladly = client.within(undefined);
    const topics = await explained(gladly.url, `Looking for the topic ${id}`, () => gladly.topics());
    const found = topics.find((topic) => topic.id === id) ?? topics.find((topic) => topic.name === id);
    if (!found) {
      throw new OperationError(
        "No such topic",
        `Gladly at ${gladly.url} has no topic with the id or the name "${id}". Names are compared exactly.`,
      );
    }
    return { ...topicState(found, { adopt_existing: false, timeouts: null }) };
  },
});

/** Renames, and waits for a name that another topic releases in this run. */
async function onceNameIsFree(
  gladly: Gladly,
  id: string,
  desired: TopicState,
  send: () => Promise<void>,
): Promise<void> {
  const pause = (milliseconds: number) => gladly.client.pause(milliseconds);
  try {
    return await send();
  } catch (error) {
    const holder = error instanceof GladlyRefusal ? holderOfName(error) : undefined;
    if (holder === undefined) throw error;
    const outcome = await gladly.departures.waitFor(holder, GRACE_MS, id, pause);
    if (outcome === "circle") throw nameTaken(holder, desired.name, SWAPPED);
    if (outcome === "staying") throw nameTaken(holder, desired.name);
  }
  try {
    return await send();
  } catch (error) {
    const holder = error instanceof GladlyRefusal ? holderOfName(error) : undefined;
    throw holder === undefined ? error : nameTaken(holder, desired.name);
  }
}

const SWAPPED =
  "That topic waits in turn for the name of this one, and Gladly cannot exchange two names at once. Give one of them a third name, apply, and apply the exchange after that.";
