/** Runs `relay drift` again and again between ordinary events, none of which is drift. */
import { type DriftSetup, TOPIC } from "./setup";

/** The events between two runs, in turn. */
const LIFE: readonly (readonly [what: string, (setup: DriftSetup) => Promise<unknown>])[] = [
  ["nothing", async () => undefined],
  ["a conversation is closed", (setup) => setup.close()],
  ["the relay is paused", (setup) => setup.relayCommand("pause")],
  ["an hour passes", (setup) => setup.control("clock", { advance: 3_600_000 })],
  ["the relay is resumed", (setup) => setup.relayCommand("resume")],
  ["a topic for something else is created", (setup) => setup.gladly.createTopic({ name: `parcel ${setup.serial()}` })],
  [
    "another webhook is edited",
    async (setup) => {
      const [other] = (await setup.gladly.webhooks()).filter(({ name }) => name?.startsWith("Warehouse"));
      if (other) await setup.gladly.updateWebhook(other.id, { name: `Warehouse ${setup.serial()}` });
    },
  ],
  [
    "the relay is restarted, and a delivery fails once",
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
  /** Runs without a finding and with exit code 0. */
  readonly steady: number;
  /** All other results, with the event before. */
  readonly others: readonly string[];
}

/** @param tell called after each run */
export async function lookRepeatedly(
  setup: DriftSetup,
  looks: number,
  tell: (line: string) => void = () => undefined,
): Promise<Steadiness> {
  // Gladly also has a webhook and topics that are not in code.
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
    if (code !== 0 || ids.length > 0) others.push(`run ${look + 1}, after "${what}": exit ${code}, ${ids.join(", ")}`);
    tell(`${look + 1} of ${looks}: ${code === 0 ? "no drift" : `exit ${code}`} after "${what}"`);
  }
  return { looks, steady: looks - others.length, others };
}
