/** Names of topics are unique in an organization, and a disabled topic keeps its own. */
import { GladlyUnreachable } from "../../vendors/gladly/errors";
import type { Topic } from "../../vendors/gladly/wire";
import { OperationError } from "../protocol/diagnostics";
import type { Context } from "../protocol/resource";
import type { Partial } from "../protocol/schema/attribute";
import { attributePath } from "../protocol/values/path";
import { GRACE_MS } from "./departures";
import { explained } from "./failure";
import type { Gladly } from "./gladly";
import type { TopicState, topicAttributes } from "./topic.schema";

/**
 * Refuses at plan a name that Gladly would refuse in the middle of an apply. A topic that Terraform manages may give its
 * name up in the same run: that is left to the apply, which waits for it.
 *
 * @throws OperationError when a topic that is not in the state has the name
 */
export async function refuseTakenName(
  planned: Partial<typeof topicAttributes>,
  prior: TopicState | null,
  { client, report, timeout, inState }: Context<Gladly>,
): Promise<void> {
  const { name, adopt_existing } = planned;
  if (typeof name !== "string" || name === prior?.name) return;
  // A new topic takes over a disabled one of its name, and an enabled one where it may.
  if (prior === null && adopt_existing !== false) return;
  const inTheWay = (topic: Topic) =>
    topic.name === name && topic.id !== prior?.id && (prior !== null || !topic.disabled);
  const gladly = client.within(timeout);
  const holder = (await topicsAtStart(gladly, name, report))?.find(inTheWay);
  if (holder === undefined) return;
  const { id } = holder;
  if (await inState.has("gladly_topic", id, () => gladly.client.pause(GRACE_MS))) return;
  // This run may have written since the list was read.
  const now = await explained(gladly.url, `Reading the topic ${id}`, () => gladly.freshTopic(id));
  if (now === undefined || !inTheWay(now)) return;
  gladly.departures.refusedBecauseOf(id, `the topic resource named "${name}"`);
  throw prior === null ? nameExists(id, name) : nameTaken(id, name);
}

/** Gladly refuses a rename to this name. */
export function nameTaken(
  holder: string,
  name: string,
  advice = "Names are unique. Choose another name, or rename that topic in Gladly's settings first.",
): OperationError {
  return new OperationError(
    "The name is taken",
    `Gladly has another topic "${name}" (${holder}), enabled or disabled. ${advice}`,
    attributePath("name"),
  );
}

/** A new topic cannot take this name. */
export function nameExists(holder: string, name: string): OperationError {
  return new OperationError(
    "A topic of this name exists",
    `Gladly has an enabled topic "${name}" (${holder}) already. To manage it here, import it by its id or its name, or set adopt_existing = true to take it over as it is. If only the resource's address changed, add a \`moved\` block.`,
    attributePath("name"),
  );
}

/** Undefined, with a warning, when Gladly cannot be reached: a plan of new topics alone needs no answer of Gladly's. */
async function topicsAtStart(
  gladly: Gladly,
  name: string,
  report: Context<Gladly>["report"],
): Promise<readonly Topic[] | undefined> {
  try {
    return await gladly.topicsAtStart();
  } catch (error) {
    if (!(error instanceof GladlyUnreachable)) {
      return explained(gladly.url, `Looking for a topic "${name}"`, () => Promise.reject(error));
    }
    report.warning(
      "Gladly could not be asked for the topic's name",
      `${error.message}. If another topic has the name "${name}", the apply fails.`,
      attributePath("name"),
    );
    return undefined;
  }
}
