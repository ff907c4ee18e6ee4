/** Looks for drift again and again while ordinary life goes on: none of it is drift. */
import { type DriftWorld, TOPIC } from "./world";

/** What happens between two looks, in turn. */
const LIFE: readonly (readonly [what: string, (world: DriftWorld) => Promise<unknown>])[] = [
  ["nothing", async () => undefined],
  ["a conversation is closed", (world) => world.close()],
  ["the relay is paused", (world) => world.relayCommand("pause")],
  ["an hour passes", (world) => world.control("clock", { advance: 3_600_000 })],
  ["the relay goes on", (world) => world.relayCommand("resume")],
  ["a topic for something else is made", (world) => world.gladly.createTopic({ name: `parcel ${world.serial()}` })],
  [
    "another webhook is edited",
    async (world) => {
      const [other] = (await world.gladly.webhooks()).filter(({ name }) => name?.startsWith("Warehouse"));
      if (other) await world.gladly.updateWebhook(other.id, { name: `Warehouse ${world.serial()}` });
    },
  ],
  [
    "the relay is started anew, and a delivery fails once",
    async (world) => {
      await world.stopRelay();
      await world.close();
      await world.startRelay();
      await world.control("clock", { advance: 31_000 });
    },
  ],
  [
    "an agent marks a conversation with the topic",
    async (world) => {
      const { id } = await world.topic();
      await world.control("conversations", { customer: { name: "Dora", email: "d@example.net" }, topicIds: [id] });
    },
  ],
];

export interface Steadiness {
  readonly looks: number;
  /** Looks that found nothing and ended with 0. */
  readonly steady: number;
  /** What was said besides, with what had happened before. */
  readonly others: readonly string[];
}

/** @param tell after each look */
export async function lookRepeatedly(
  world: DriftWorld,
  looks: number,
  tell: (line: string) => void = () => undefined,
): Promise<Steadiness> {
  // Gladly has more than ours: a webhook and topics that are nobody's business here.
  await world.gladly.createWebhook({
    name: "Warehouse",
    url: "https://warehouse.example.com/",
    events: ["TASK/CREATED"],
  });
  await world.gladly.createTopic({ name: `not ${TOPIC}` });
  const others: string[] = [];
  for (let look = 0; look < looks; look += 1) {
    const [what, happens] = LIFE[look % LIFE.length] ?? LIFE[0] ?? ["nothing", async () => undefined];
    await happens(world);
    const { code, ids } = await world.drift("sandbox");
    if (code !== 0 || ids.length > 0) others.push(`look ${look + 1}, after "${what}": exit ${code}, ${ids.join(", ")}`);
    tell(`${look + 1} of ${looks}: ${code === 0 ? "no drift" : `exit ${code}`} after "${what}"`);
  }
  return { looks, steady: looks - others.length, others };
}
