/** The contract of every ledger. */
import type { Ledger } from "../../../src/relay/ports";
import { MOST_CLOSURES } from "../../../src/relay/record";
import { closure, record } from "./envelopes";

export interface LedgerUnderTest {
  readonly ledger: Ledger;
  /** Lets so much time go by for the ledger. */
  pass(milliseconds: number): Promise<void>;
  close(): Promise<void>;
}

const DAY = 86_400_000;

export function ledgerContract(home: string, open: () => Promise<LedgerUnderTest>): void {
  describe(`the ledger of ${home}`, () => {
    let at: LedgerUnderTest;
    beforeEach(async () => {
      at = await open();
    });
    afterEach(() => at.close());

    it("returns nothing for unknown keys", async () => {
      expect(await at.ledger.conversation("conversation#none")).toBeUndefined();
      expect(await at.ledger.note("none")).toBeUndefined();
      expect(await at.ledger.recent(10)).toEqual([]);
    });

    it("returns a record with every field and the most closes it can have", async () => {
      const full = closure("e0", {
        ...{ state: "retrying", reason: "stella-unavailable", detail: 'Ünïcode \u2028 "quoted"', surveyMode: "test" },
        ...{ configuration: "abc", owner: "w1", leaseUntil: 5, sending: true, finishedAt: 9, dueAt: 11 },
      });
      const many = Array.from({ length: MOST_CLOSURES - 1 }, (_, index) => closure(`e${index + 1}`));
      const stored = record("conversation#full", full, ...many);
      expect(await at.ledger.saveConversation(stored, undefined)).toBe(true);
      expect((await at.ledger.conversation(stored.key))?.value).toEqual(stored);
    });

    it("stores a first version only if there is none", async () => {
      expect(await at.ledger.saveConversation(record("k", closure("first")), undefined)).toBe(true);
      expect(await at.ledger.saveConversation(record("k", closure("second")), undefined)).toBe(false);
      expect((await at.ledger.conversation("k"))?.value).toEqual(record("k", closure("first")));
    });

    it("stores a change only over the version that the change names", async () => {
      await at.ledger.saveConversation(record("k", closure("1")), undefined);
      const first = (await at.ledger.conversation("k"))?.version;
      expect(await at.ledger.saveConversation(record("k", closure("2")), first)).toBe(true);
      expect(await at.ledger.saveConversation(record("k", closure("stale")), first)).toBe(false);
      expect((await at.ledger.conversation("k"))?.value).toEqual(record("k", closure("2")));
      expect(await at.ledger.saveConversation(record("other", closure("1")), first)).toBe(false);
      expect(await at.ledger.conversation("other")).toBeUndefined();
    });

    it("lets exactly one of many writers succeed, for the first and every later version", async () => {
      let version: number | undefined;
      for (let round = 0; round < 3; round += 1) {
        const race = Array.from({ length: 40 }, (_, index) =>
          at.ledger.saveConversation(record("race", closure(`${round}-${index}`)), version),
        );
        const won = (await Promise.all(race)).flatMap((yes, index) => (yes ? [`${round}-${index}`] : []));
        expect(won).toHaveLength(1);
        const stored = await at.ledger.conversation("race");
        expect(stored?.value.closures[0]?.eventId).toBe(won[0]);
        version = stored?.version;
      }
    });

    it("stores notes separately from records", async () => {
      expect(await at.ledger.saveNote("k", "one", undefined)).toBe(true);
      expect(await at.ledger.saveNote("k", "two", undefined)).toBe(false);
      expect(await at.ledger.conversation("k")).toBeUndefined();
      const note = await at.ledger.note("k");
      expect(note?.value).toBe("one");
      expect(await at.ledger.saveNote("k", "two", note?.version)).toBe(true);
      expect(await at.ledger.saveNote("k", "three", note?.version)).toBe(false);
      expect((await at.ledger.note("k"))?.value).toBe("two");
    });

    it("lists the latest changes, newest first, across days", async () => {
      for (const key of ["a", "b", "c"]) {
        await at.ledger.saveConversation(record(key, closure(key)), undefined);
        await at.pass(DAY / 2);
      }
      const version = (await at.ledger.conversation("a"))?.version;
      await at.ledger.saveConversation(record("a", closure("a"), closure("a2")), version);
      expect((await at.ledger.recent(10)).map(({ key }) => key)).toEqual(["a", "c", "b"]);
      expect((await at.ledger.recent(2)).map(({ key }) => key)).toEqual(["a", "c"]);
    });
  });
}
