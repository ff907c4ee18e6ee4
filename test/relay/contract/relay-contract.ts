/** The contract of a whole relay, on one machine and on AWS: from Gladly's delivery to Stella's survey. */
import { createHmac } from "node:crypto";
import type { RelayConfigurationInput } from "../../../src/contract/relay-configuration";
import type { Explanation } from "../../../src/relay/explain";
import type { ParkReason } from "../../../src/relay/reasons";
import { closeEvent, contactEvent, PASSWORD, PRODUCTION_KEY, TEST_KEY } from "../support/test-relay";
import { Upstreams } from "../support/upstreams";
import { eventually } from "../support/wait";

export interface RunningRelay {
  /** Posts as Gladly does; answers the status. Without a password: the right one. */
  post(body: string | Uint8Array, password?: string, username?: string): Promise<number>;
  explain(conversationId: string): Promise<readonly Explanation[]>;
  /** Gladly's channel of a conversation, as far as the ledger knows it. */
  channelOf(conversationId: string): Promise<string | undefined>;
  replay(reason: ParkReason): Promise<number>;
  /** As `cdktf apply` with a changed environment file. */
  apply(changes: Partial<RelayConfigurationInput>): Promise<void>;
  /** Takes these passwords of the webhook from now on; none makes the secret unreadable. */
  setPasswords(...passwords: readonly string[]): Promise<void>;
  /** Runs one check of Gladly's history. */
  reconcile(): Promise<void>;
  /** Has it look as if the relay's time had begun then; milliseconds since the epoch. */
  lookedSince(at: number): Promise<void>;
  /** One look for what customers answered to surveys. */
  syncSurveyAnswers(): Promise<void>;
  /** Kills every process of the relay and starts it again. */
  crash(): Promise<void>;
  stop(): Promise<void>;
}

/** On a busy machine, a relay with several processes is slow. */
const PATIENCE = { pause: 50 };

export const API_SECRET = "stella-api-secret-for-tests";

export function relayContract(home: string, start: (upstreams: Upstreams) => Promise<RunningRelay>): void {
  describe(`the relay on ${home}`, () => {
    let upstreams: Upstreams;
    let relay: RunningRelay;
    beforeEach(async () => {
      upstreams = await Upstreams.start();
      relay = await start(upstreams);
    });
    afterEach(async () => {
      await relay.stop();
      await upstreams.stop();
    });

    const until = (conversation: string, holds: (list: readonly Explanation[]) => boolean) =>
      eventually(() => relay.explain(conversation), holds, PATIENCE);
    const settled = (conversation: string) =>
      until(conversation, (list) => list.length > 0 && list.every(({ finishedAt }) => finishedAt !== undefined));
    /** What Gladly was asked about a conversation; agents, topics and inboxes are lists that many closes share. */
    const readsOf = (conversation: string) =>
      upstreams.reads.filter((path) => path.includes(conversation)).map((path) => path.replace("/api/v1", ""));
    /** As Gladly does: a 503, as a busy machine gives too, is delivered again. */
    const answerTo = (...delivery: Parameters<RunningRelay["post"]>) =>
      eventually(
        () => relay.post(...delivery),
        (status) => status !== 503,
        PATIENCE,
      );
    const keysUsed = () => upstreams.received.map(({ key }) => key);

    it("sends one survey for a close, however often it is delivered", async () => {
      upstreams.addConversation("c1");
      for (let delivery = 0; delivery < 3; delivery += 1) expect(await relay.post(closeEvent("c1"))).toBe(200);
      expect(await relay.post(closeEvent("c1", { id: "twin", at: "2026-01-05T09:12:44Z" }))).toBe(200);
      const [explanation] = await until("c1", ([first]) => first?.state === "sent" && first.duplicates === 3);
      expect(explanation).toMatchObject({ reason: "eligible", surveyMode: "test", attempts: 1 });
      expect(keysUsed()).toEqual([TEST_KEY]);
    });

    it("explains why there is no survey", async () => {
      upstreams.addConversation("no-email", {}, null);
      upstreams.addConversation("nobody", { agentId: null });
      await relay.post(closeEvent("no-email"));
      await relay.post(closeEvent("nobody", { agentId: null }));
      expect(await settled("no-email")).toMatchObject([{ state: "skipped", reason: "no-customer-email" }]);
      expect(await settled("nobody")).toMatchObject([{ state: "skipped", reason: "no-agent" }]);
      expect(upstreams.received).toEqual([]);
    });

    it("answers 401 to wrong credentials, and 200 to any body with the right ones", async () => {
      expect(await answerTo(closeEvent("c1"), "wrong")).toBe(401);
      expect(await answerTo(closeEvent("c1"), undefined, "somebody")).toBe(401);
      for (const body of ['{"type":"PING"}', "", "{", "[]", new Uint8Array([255, 0, 254]), "x".repeat(1_000_000)]) {
        expect(await answerTo(body)).toBe(200);
      }
      expect(await relay.explain("c1")).toEqual([]);
    });

    it("accepts both passwords during a rotation", async () => {
      await relay.setPasswords("newer", PASSWORD);
      expect(await answerTo(closeEvent("c1"))).toBe(200);
      expect(await answerTo(closeEvent("c1"), "newer")).toBe(200);
      expect(await answerTo(closeEvent("c1"), "neither")).toBe(401);
    });

    it("answers 503, never 401, while it cannot read the passwords", async () => {
      await relay.setPasswords();
      await relay.crash();
      expect(await relay.post(closeEvent("c1"))).toBe(503);
      await relay.setPasswords(PASSWORD);
      expect(await relay.post(closeEvent("c1"))).toBe(200);
    });

    it("retries requests that Stella could not accept, and sends nothing twice", async () => {
      upstreams.addConversation("c1");
      upstreams.moods.push(500, 503, 429);
      await relay.post(closeEvent("c1"));
      expect(await settled("c1")).toMatchObject([{ state: "sent", attempts: 4 }]);
      expect(upstreams.received).toHaveLength(1);
    });

    it("parks requests that Stella refuses, and sends them after a replay", async () => {
      upstreams.addConversation("c1");
      upstreams.moods.push(422);
      await relay.post(closeEvent("c1"));
      expect(await settled("c1")).toMatchObject([{ state: "parked", reason: "refused-by-stella" }]);
      expect(
        await eventually(
          () => relay.replay("refused-by-stella"),
          (moved) => moved > 0,
        ),
      ).toBe(1);
      expect(await until("c1", ([first]) => first?.state === "sent")).toHaveLength(1);
      expect(upstreams.received).toHaveLength(1);
    });

    it("counts a lost answer", async () => {
      upstreams.addConversation("c1");
      upstreams.moods.push("cut");
      await relay.post(closeEvent("c1"));
      expect(await settled("c1")).toMatchObject([{ state: "sent", lostAnswers: 1 }]);
      expect(upstreams.received).toHaveLength(2);
    });

    it("goes live with a change of one word", async () => {
      upstreams.addConversation("c1");
      upstreams.addConversation("c2");
      await relay.post(closeEvent("c1"));
      await settled("c1");
      await relay.apply({ surveyMode: "production" });
      await relay.post(closeEvent("c2"));
      expect(await settled("c2")).toMatchObject([{ state: "sent", surveyMode: "production" }]);
      expect(keysUsed()).toEqual([TEST_KEY, PRODUCTION_KEY]);
    });

    it("forwards the unchanged bytes with delivery forward", async () => {
      await relay.apply({ delivery: "forward" });
      const body = closeEvent("c1").replace("{", '{\n  "unknown": "ünï",');
      await relay.post(body);
      expect(await settled("c1")).toMatchObject([{ state: "sent" }]);
      const key = `Basic ${Buffer.from(`connect:${TEST_KEY}`).toString("base64")}`;
      expect(upstreams.received).toEqual([{ path: "/v1/webhooks/gladly", key, body }]);
    });

    it("reads Gladly twice for a close whose channel an event named, and a third time otherwise", async () => {
      for (const id of ["told", "silent"]) upstreams.addConversation(id);
      upstreams.items.set("silent", [{ id: "1", content: { type: "PHONE_CALL" } }]);
      await relay.post(contactEvent("told", "PHONE_CALL", "2026-01-05T09:00:00Z"));
      await relay.post(contactEvent("told", "EMAIL", "2026-01-05T09:05:00Z"));
      await eventually(
        () => relay.channelOf("told"),
        (channel) => channel === "EMAIL",
        PATIENCE,
      );
      // The event arrives late, so it is not the channel that the customer used last.
      await relay.post(contactEvent("told", "SMS", "2026-01-05T09:01:00Z"));
      for (const id of ["told", "silent"]) {
        await relay.post(closeEvent(id));
        await settled(id);
      }
      expect(readsOf("told")).toEqual(["/conversations/told", "/customer-profiles/customer-told"]);
      expect(readsOf("silent").sort()).toEqual([
        "/conversations/silent",
        "/conversations/silent/items",
        "/customer-profiles/customer-silent",
      ]);
      expect(upstreams.surveys().map(({ channel }) => channel)).toEqual(["email", "phone"]);
    });

    it("finds undelivered closes in Gladly's history, once", async () => {
      await relay.lookedSince(Date.now() - 3_600_000);
      upstreams.addConversation("missed");
      const at = new Date(Date.now() - 600_000).toISOString();
      upstreams.events = [JSON.parse(closeEvent("missed", { at }))];
      upstreams.events = [JSON.parse(contactEvent("missed", "SMS", at)), ...upstreams.events];
      await relay.reconcile();
      expect(await settled("missed")).toMatchObject([{ state: "sent" }]);
      // The history also has the channel.
      expect(readsOf("missed")).toEqual(["/conversations/missed", "/customer-profiles/customer-missed"]);
      await relay.reconcile();
      await relay.post(closeEvent("missed", { at }));
      await until("missed", ([first]) => (first?.duplicates ?? 0) > 0);
      expect(upstreams.received).toHaveLength(1);
    });

    it("adds survey answers to customers' timelines once, only in production", async () => {
      upstreams.addConversation("c1");
      const answered = {
        ...{ uuid: "7f1c", sequence_id: 1, ext_interaction_id: "c1", response_received_at: "2026-01-05T10:00:00Z" },
        answers: {
          agent_star_rating: {
            question_text: "How was it?",
            selected_options: [{ integer_value: 4 }],
            comment: "Fine",
          },
        },
      };
      upstreams.answers = [answered];
      await relay.apply({ surveyMode: "test", policy: { feedback: true } });
      for (let look = 0; look < 2; look += 1) await relay.syncSurveyAnswers();
      expect(upstreams.stellaReads).toEqual([]);
      await relay.apply({ surveyMode: "production", policy: { feedback: true } });
      // The first sync only sets the mark. Later ones overlap.
      for (let look = 0; look < 3; look += 1) await relay.syncSurveyAnswers();
      expect(upstreams.posted).toMatchObject([
        { path: "/api/v1/customers/customer-c1/conversation-items", body: { id: "relay-7f1c" } },
      ]);
      // Each look reads what customers answered and what became of the requests.
      expect(new Set(upstreams.stellaReads.map(({ key }) => key))).toEqual(new Set([PRODUCTION_KEY]));
      // The token is signed with the API secret, but does not contain it (docs/vendors/stella-connect-api.md section 2).
      for (const { authorization } of upstreams.stellaReads) {
        const [head, body, signature] = authorization.split(".");
        const expected = createHmac("sha256", API_SECRET).update(`${head}.${body}`).digest("base64url");
        expect(signature).toBe(expected);
      }
      const reads = upstreams.stellaReads.length;
      await relay.apply({ surveyMode: "production" });
      await relay.syncSurveyAnswers();
      expect(upstreams.stellaReads).toHaveLength(reads);
    });

    it("processes accepted closes after a crash", async () => {
      upstreams.addConversation("c1");
      upstreams.mood = 503;
      await relay.post(closeEvent("c1"));
      await until("c1", ([first]) => first?.state === "retrying");
      await relay.crash();
      upstreams.mood = undefined;
      expect(await settled("c1")).toMatchObject([{ state: "sent" }]);
      expect(upstreams.received).toHaveLength(1);
    });
  });
}
