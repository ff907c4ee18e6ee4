/**
 * A preview reads a past day with current data. Later changes of a conversation must not change the result of its close,
 * because the relay processes a close within seconds. Compared with a real relay that ran all day.
 */
import { linesOf } from "../../../src/features/preview/lines";
import { BOTS, DO_NOT_SEND, INBOX } from "./day";
import { readNow } from "./read-now";
import { outcomeOf, PreviewSetup } from "./setup";

const HOUR = 3_600_000;

let setup: PreviewSetup;

beforeEach(async () => {
  setup = await PreviewSetup.start();
});

afterEach(() => setup.end());

test.each([{ oncePerConversation: false }, { oncePerConversation: true }])(
  "later changes of a conversation do not change the preview of its close, with %j",
  async (once) => {
    const live = { surveyMode: "production", policy: { bots: BOTS, channels: { VOICEMAIL: null }, ...once } } as const;
    setup.write(live);
    await setup.serve(live);
    const { day } = setup;
    const plain = { name: "plain", share: 1 };

    const stayedOpen = await day.close(plain);
    const twice = await day.close(plain);
    const topicLater = await day.close(plain);
    const topicTakenOff = await day.close({ ...plain, unwanted: true });
    const toNovice = await day.close(plain);
    const fromNovice = await day.close({ ...plain, agentId: "agent-Novice" });
    const fromNobody = await day.close({ ...plain, agentId: null });
    await day.close({ ...plain, channel: "VOICEMAIL" });
    const quickly = await day.close(plain);
    await setup.worked();
    await setup.pause(true);
    const atOnce = await day.close({ ...plain, reopened: true });
    await setup.pause(false);
    await setup.worked();

    await day.advance(20_000);
    await day.reopen(quickly);
    await day.advance(20_000);
    await closeAgain(quickly);
    await setup.worked();

    await day.advance(HOUR);
    await day.addTopic(topicLater, DO_NOT_SEND);
    await day.removeTopic(topicTakenOff, DO_NOT_SEND);
    for (const id of [stayedOpen, twice, toNovice, fromNovice, fromNobody]) await day.reopen(id);
    await assign(toNovice, "agent-Novice");
    await assign(fromNovice, "agent-Person-1");
    await assign(fromNobody, "agent-Person-2");
    for (const id of [twice, toNovice, fromNovice, fromNobody, atOnce]) await closeAgain(id);
    await setup.worked();
    await day.advance(HOUR);

    const lines = linesOf(await readNow(setup));
    const said = new Map(lines.map(({ facts, proposed }) => [facts?.eventId, proposed.outcome]));
    const done = new Map((await setup.closures()).map((closure) => [closure.eventId, outcomeOf(closure)]));
    expect(said).toEqual(done);
    expect([...done.values()].map(({ kind, reason }) => `${kind} ${reason}`).sort()).toEqual(
      [
        ...["skipped channel-left-out", "skipped no-agent", "skipped reopened", "recorded do-not-send-topic"],
        ...["refused no-active-profile", ...(once.oncePerConversation ? [] : ["refused no-active-profile"])],
        ...(once.oncePerConversation ? Array(3).fill("skipped already-surveyed") : []),
        ...Array(once.oncePerConversation ? 8 : 10).fill("survey-to-customer eligible"),
      ].sort(),
    );

    async function closeAgain(id: string): Promise<void> {
      await day.patch(id, { status: { value: "CLOSED", force: true } });
    }

    async function assign(id: string, agentId: string): Promise<void> {
      await day.patch(id, { assignee: { inboxId: INBOX, agentId } });
    }
  },
);
