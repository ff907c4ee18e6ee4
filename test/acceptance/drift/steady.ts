/** Looks for drift again and again while ordinary life goes on: none of it is drift. */
import { type DriftSetup, TOPIC } from "./setup";

/** What happens between two looks, in turn. */
const LIFE: readonly (readonly [what: string, (setup: DriftSetup) => Promise<unknown>])[] = [
  ["nothing", async () => undefined],
  ["a conversation is closed", (setup) => setup.close()],
  ["the relay is paused", (setup) => setup.relayCommand("pause")],
  ["an hour passes", (setup) => setup.control("clock", { advance: 3_600_000 })],
  ["the relay goes on", (setup) => setup.relayCommand("resume")],
  ["a topic for something else is made", (setup) => setup.gladly.createTopic({ name: `parcel ${setup.serial()}` })],
  [
    "another webhook is edited",
    async (setup) => {
      const [other] = (await setup.gladly.webhooks()).filter(({ name }) => name?.startsWith("Warehouse"));
      if (other) await setup.gladly.updateWebhook(other.id, { name: `Warehouse ${setup.serial()}` });
    },
  ],
  [
    "the relay is started anew, and a delivery fails once",
    async (setup) => {
      await setup.stopRelay();
      await setup.close();
      await setup.startRelay();
      await setup.control("clock", { advance: 31_000 });
    },
  ],
  [
    "an agent marks a conversation with the topic",
    async (setup) => {
      const { id } = await setup.topic();
      await setup.control("conversations", { customer: { name: "Dora", email: "d@example.net" }, topicIds: [id] });
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
  setup: DriftSetup,
  looks: number,
  tell: (line: string) => void = () => undefined,
): Promise<Steadiness> {
  // Gladly has more than ours: a webhook and topics that are nobody's business here.
  await setup.gladly.createWebhook({
    name: "Warehouse",
    url: "https://warehouse.example.com/",
    events: ["TASK/CREATED"],
  });
  await setup.gladly.createTopic({ name: `not ${TOPIC}` });
  const others: string[] = [];
  for (let look = 0; look < looks; look += 1) {
    const [what, happens] = LIFE[look % LIFE.length] ?? LIFE[0] ?? ["nothing", async () => undefined];
    await happens(setup);
    const { code, ids } = await setup.drift("sandbox");
    if (code !== 0 || ids.length > 0) others.push(`look ${look + 1}, after "${what}": exit ${code}, ${ids.join(", ")}`);
    tell(`${look + 1} of ${looks}: ${code === 0 ? "no drift" : `exit ${code}`} after "${what}"`);
  }
  return { looks, steady: looks - others.length, others };
}
