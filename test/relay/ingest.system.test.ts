import { digest } from "../../src/relay/authenticate";
import { type Envelope, readEnvelope } from "../../src/relay/envelope";
import { type Delivery, ingest } from "../../src/relay/ingest";
import { SecretUnreadable, type Verifier } from "../../src/relay/ports";
import { Notes, steadyChance, TestClock } from "./support/memory";
import { NOON } from "./support/records";
import { closeEvent } from "./support/test-relay";

const CURRENT: Verifier = { id: "current", sha256: digest("secret") };
const NEXT: Verifier = { id: "next", sha256: digest("rotated") };

let notes: Notes;
let stored: Envelope[];
let asked: (boolean | undefined)[];
let read: number;

beforeEach(() => {
  notes = new Notes();
  [stored, asked, read] = [[], [], 0];
});

function delivery(password: string | undefined, body = closeEvent("c1")): Delivery {
  const basic = `Basic ${Buffer.from(`connect:${password}`).toString("base64")}`;
  return {
    authorization: password === undefined ? undefined : basic,
    body: async () => {
      read += 1;
      return { bytes: Buffer.from(body), truncated: false };
    },
  };
}

interface Parts {
  readonly verifiers?: (refresh: boolean | undefined) => Promise<readonly Verifier[]>;
  readonly send?: (envelopes: readonly Envelope[]) => Promise<void>;
}

function take(given: Delivery, parts: Parts = {}) {
  const list = [CURRENT];
  return ingest(given, "connect", {
    ...{ clock: new TestClock(), chance: steadyChance(), metrics: notes, log: notes.log },
    queue: { send: parts.send ?? (async (envelopes) => void stored.push(...envelopes)) },
    secrets: {
      webhookVerifiers: async (refresh) => {
        asked.push(refresh);
        return parts.verifiers === undefined ? list : parts.verifiers(refresh);
      },
    },
  });
}

test("an authentic event is stored and answered 200", async () => {
  expect(await take(delivery("secret"))).toBe(200);
  expect(stored).toMatchObject([{ id: "id-0", receivedAt: NOON, source: "webhook", replays: 0 }]);
  expect(stored.map(readEnvelope)).toMatchObject([{ kind: "close", conversationId: "c1" }]);
  expect(notes.counted).toEqual(["Accepted", "VerifierUsed current"]);
  expect(asked).toEqual([undefined]);
});

test("the answer 200 comes after storing, never before", async () => {
  let release: () => void = () => undefined;
  const storing = new Promise<void>((resolve) => {
    release = resolve;
  });
  let answered = false;
  const answer = take(delivery("secret"), { send: () => storing }).then((status) => {
    answered = true;
    return status;
  });
  await new Promise((resolve) => setImmediate(resolve));
  expect(answered).toBe(false);
  release();
  expect(await answer).toBe(200);
});

test.each([
  ["a wrong password", "wrong"],
  ["no credentials", undefined],
])("%s gets 401, and its body is not read", async (_case, password) => {
  expect(await take(delivery(password))).toBe(401);
  expect(read).toBe(0);
  expect(stored).toEqual([]);
  expect(notes.counted).toEqual(["AuthFailed"]);
});

test("a password that was just rotated is accepted, because the secret is read again before a refusal", async () => {
  const verifiers = async (refresh: boolean | undefined) => (refresh ? [NEXT] : [CURRENT]);
  expect(await take(delivery("rotated"), { verifiers })).toBe(200);
  expect(notes.counted).toContain("VerifierUsed next");
});

test.each([
  ["at first", (refresh: boolean | undefined) => refresh !== true],
  ["when it is read again", (refresh: boolean | undefined) => refresh === true],
])(
  "a secret that cannot be read %s is answered 503, never 401, because Gladly's password may be right",
  async (_case, fails) => {
    const verifiers = async (refresh: boolean | undefined) => {
      if (fails(refresh)) throw new SecretUnreadable("no secret");
      return [CURRENT];
    };
    expect(await take(delivery("other"), { verifiers })).toBe(503);
    expect(notes.logged).toMatchObject([
      { level: "error", event: "ingest.unavailable", fields: { part: "credentials" } },
    ]);
  },
);

test("a failing store is answered 503, so that Gladly retries", async () => {
  const send = () => Promise.reject(new Error("database or disk is full"));
  expect(await take(delivery("secret"), { send })).toBe(503);
  expect(notes.counted).toEqual(["Unavailable"]);
});
