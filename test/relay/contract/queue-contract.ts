/** The contract of every queue. */
import type { Message, Queue } from "../../../src/relay/ports";
import { eventually } from "../support/wait";
import { envelope } from "./envelopes";

export interface QueueUnderTest {
  readonly queue: Queue;
  /** The visibility timeout in milliseconds. */
  readonly handOut: number;
  /** Lets so much time go by for the queue. */
  pass(milliseconds: number): Promise<void>;
  close(): Promise<void>;
}

export function queueContract(home: string, open: () => Promise<QueueUnderTest>): void {
  describe(`the queue of ${home}`, () => {
    let at: QueueUnderTest;
    beforeEach(async () => {
      at = await open();
    });
    afterEach(() => at.close());

    /** Receives messages until it has this number. */
    const take = (count: number): Promise<readonly Message[]> => {
      const taken: Message[] = [];
      return eventually(
        async () => {
          taken.push(...(await at.queue.receive(10)));
          return taken;
        },
        (messages) => messages.length >= count,
      );
    };
    const idsOf = (messages: readonly Message[]) => messages.map((message) => message.envelope.id).sort();

    it.each([
      ["a Gladly event", '{"id":"e1","type":"CONVERSATION/CLOSED","content":{"conversationId":"c1"}}'],
      ["an empty body", ""],
      ["text beyond ASCII", "Grüße, 你好, 🎉 \r\n\t"],
      ["bytes that are not text", new Uint8Array([0, 255, 254, 1, 128])],
      ["control characters and half a surrogate pair", "\u0000\u0001\uD800\uFFFF"],
      ["400 KB of text", JSON.stringify({ filler: 'x"y\\z'.repeat(80_000) })],
    ])("hands out %s as it was sent", async (_what, body) => {
      const sent = envelope("e1", body);
      await at.queue.send([sent]);
      expect((await take(1)).map((message) => message.envelope)).toEqual([sent]);
    });

    it("stores every message of a batch, and delivers no more at once than requested", async () => {
      const sent = Array.from({ length: 23 }, (_, index) => envelope(`e${index}`));
      await at.queue.send(sent);
      const first = await eventually(
        () => at.queue.receive(3),
        (messages) => messages.length > 0,
      );
      expect(first.length).toBeLessThanOrEqual(3);
      const rest = await take(23 - first.length);
      expect(idsOf([...first, ...rest])).toEqual(sent.map(({ id }) => id).sort());
    });

    it("never delivers a finished message again", async () => {
      await at.queue.send([envelope("done")]);
      const [message] = await take(1);
      if (message === undefined) throw new Error("nothing was handed out");
      await at.queue.settle(message, { kind: "done" });
      await at.pass(at.handOut + 1000);
      // Only the other message arrives, which shows that the first one is deleted.
      await at.queue.send([envelope("other")]);
      expect(idsOf(await take(1))).toEqual(["other"]);
    });

    it("delivers a message again that was not settled in time", async () => {
      await at.queue.send([envelope("left")]);
      await take(1);
      await at.pass(at.handOut + 1000);
      expect(idsOf(await take(1))).toEqual(["left"]);
    });

    it("delivers a delayed message after its delay, not earlier", async () => {
      await at.queue.send([envelope("later")]);
      const [message] = await take(1);
      if (message === undefined) throw new Error("nothing was handed out");
      await at.queue.settle(message, { kind: "later", delay: at.handOut + 3000.5 });
      await at.queue.send([envelope("now")]);
      await at.pass(at.handOut + 1000);
      const [now] = await take(1);
      expect(now?.envelope.id).toBe("now");
      if (now !== undefined) await at.queue.settle(now, { kind: "done" });
      await at.pass(3000);
      expect(idsOf(await take(1))).toEqual(["later"]);
    });

    it("delivers a message with a delay of zero at once", async () => {
      await at.queue.send([envelope("again")]);
      const [message] = await take(1);
      if (message === undefined) throw new Error("nothing was handed out");
      await at.queue.settle(message, { kind: "later", delay: 0 });
      await at.pass(1);
      expect(await take(1)).toMatchObject([{ envelope: message.envelope }]);
    });

    it("keeps parked messages until a replay of their reason", async () => {
      await at.queue.send([envelope("refused"), envelope("gave-up")]);
      for (const message of await take(2)) {
        const reason = message.envelope.id === "refused" ? "refused-by-stella" : "gave-up";
        await at.queue.settle(message, { kind: "park", reason });
      }
      await at.pass(at.handOut + 1000);
      expect(await at.queue.receive(10)).toEqual([]);
      expect(await at.queue.replay("answer-lost", 10)).toBe(0);
      expect(await at.queue.replay("refused-by-stella", 10)).toBe(1);
      expect(await take(1)).toMatchObject([{ envelope: { ...envelope("refused"), replays: 1 } }]);
      // The replay left the other message visible, so it can be replayed at once.
      expect(await at.queue.replay("gave-up", 10)).toBe(1);
    });

    it("replays no more messages than requested", async () => {
      await at.queue.send(Array.from({ length: 5 }, (_, index) => envelope(`e${index}`)));
      for (const message of await take(5)) await at.queue.settle(message, { kind: "park", reason: "gave-up" });
      expect(await at.queue.replay("gave-up", 2)).toBe(2);
      expect(await at.queue.replay("gave-up", 50)).toBe(3);
    });
  });
}
