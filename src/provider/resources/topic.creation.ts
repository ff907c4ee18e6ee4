/** Creates a topic with our own id, so that it is found if the answer is lost, or takes over the topic with its name. */
import { randomUUID } from "node:crypto";
import { GladlyRefusal } from "../../vendors/gladly/errors";
import type { Topic, TopicInput } from "../../vendors/gladly/wire";
import type { Diagnostics } from "../protocol/diagnostics";
import { attributePath } from "../protocol/values/path";
import { GRACE_MS } from "./departures";
import { createdOrFound } from "./failure";
import type { Gladly } from "./gladly";
import { nameExists } from "./topic.names";
import type { TopicState } from "./topic.schema";

/** Creates the topic, or takes over the one with its name. @returns its id */
export async function createTopic(gladly: Gladly, desired: TopicState, report: Diagnostics): Promise<string> {
  const ownId = randomUUID();
  const create = async (): Promise<string> => {
    try {
      for (let attempt = 1; ; attempt += 1) {
        const result = await postUnlessTaken(gladly, ownId, desired);
        if ("id" in result) return result.id;
        const { holder, refusal } = result;
        if (holder === ownId) return ownId;
        if (await takeOver(gladly, holder, desired, report)) return holder;
        if (attempt === 3) throw refusal;
      }
    } finally {
      gladly.changed();
    }
  };
  const find = async (): Promise<string | undefined> => {
    const asked = gladly.afterWrite();
    return (await asked.settled(() => asked.freshTopic(ownId)))?.id;
  };
  const id = await createdOrFound(`topic "${desired.name}"`, report, create, find);
  if (gladly.owners.ownerOf("gladly_topic", id) === undefined) {
    gladly.owners.claim("gladly_topic", "id", id, called(desired));
  }
  return id;
}

/** A description of the resource, for messages about two of them. */
export function called({ name }: Pick<TopicState, "name">): string {
  return `the topic resource named "${name}"`;
}

/** The request body for a topic, for every create and change. */
export function topicInput(desired: TopicState): TopicInput {
  return {
    name: desired.name,
    disabled: desired.disabled,
    ...(desired.parent_id === null ? {} : { parentId: desired.parent_id }),
  };
}

/** The id of the topic that already has the name, if that is the reason of the refusal. */
export function holderOfName(refusal: GladlyRefusal): string | undefined {
  if (refusal.status !== 409) return undefined;
  return refusal.errors.find(({ attr, code }) => attr === "name" && code === "taken")?.meta?.id ?? undefined;
}

/** Posts with our id, or without one if Gladly does not accept it. */
async function post(gladly: Gladly, id: string, input: TopicInput): Promise<string> {
  try {
    return await gladly.client.createTopic({ id, ...input });
  } catch (error) {
    const noOwnIds =
      error instanceof GladlyRefusal && error.status === 400 && error.errors.some((e) => e.attr === "id");
    if (!noOwnIds) throw error;
    return gladly.client.createTopic(input);
  }
}

/** Creates the topic, or returns the one with its name. */
async function postUnlessTaken(
  gladly: Gladly,
  ownId: string,
  desired: TopicState,
): Promise<{ readonly id: string } | { readonly holder: string; readonly refusal: GladlyRefusal }> {
  try {
    return { id: await post(gladly, ownId, topicInput(desired)) };
  } catch (error) {
    const holder = error instanceof GladlyRefusal ? holderOfName(error) : undefined;
    if (holder === undefined || !(error instanceof GladlyRefusal)) throw error;
    return { holder, refusal: error };
  }
}

/**
 * Takes over the topic with the name: a disabled one, one that this run removes, or one that `adopt_existing` allows.
 *
 * @returns whether it was taken over; false if it has released the name meanwhile
 */
async function takeOver(gladly: Gladly, id: string, desired: TopicState, report: Diagnostics): Promise<boolean> {
  // Claims it first, so that a later or current destroy leaves the topic unchanged.
  const release = gladly.owners.claim("gladly_topic", "id", id, called(desired));
  try {
    const existing = await availableTopic(gladly, id, desired);
    if (existing && existing.name !== desired.name) {
      release();
      return false;
    }
    const detach = existing?.parentId && desired.parent_id === null ? { parentId: null } : {};
    await gladly.client.updateTopic(id, { ...topicInput(desired), ...detach });
    const wasDisabled = existing?.disabled ?? false;
    report.warning(
      wasDisabled ? "Took over a disabled topic" : "Took over an existing topic",
      `Gladly had ${wasDisabled ? "a disabled" : "an enabled"} topic "${desired.name}" (${id}). It is now managed here${wasDisabled && !desired.disabled ? ", and enabled again" : ""}. Conversations that have it keep it.`,
      attributePath("name"),
    );
    return true;
  } catch (error) {
    release();
    throw error;
  }
}

async function availableTopic(gladly: Gladly, id: string, desired: TopicState): Promise<Topic | undefined> {
  const pause = (milliseconds: number) => gladly.client.pause(milliseconds);
  const found = await gladly.freshTopic(id);
  const free = !found || found.disabled || desired.adopt_existing;
  const outcome = await gladly.departures.waitFor(id, free ? 0 : GRACE_MS, undefined, pause);
  if (outcome === "departed") return gladly.freshTopic(id);
  if (free) return found;
  gladly.departures.refusedBecauseOf(id, called(desired));
  throw nameExists(id, desired.name);
}
