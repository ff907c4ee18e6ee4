import { SecretUnreadable, type StellaKey } from "../../src/relay/ports";
import { deliver, type Parcel } from "../../src/relay/survey-sender";
import type { StellaOutcome } from "../../src/vendors/stella/outcome";
import { Notes } from "./support/memory";

const REQUEST: Parcel = {
  kind: "request",
  request: {
    channel: "chat",
    customer: { name: "Pat Doe", email: "pat@example.net" },
    employee: { email: "a@example.com" },
  },
};
const ACCEPTED: StellaOutcome = { kind: "accepted", status: 200 };

let notes: Notes;
let outcomes: StellaOutcome[];
let keys: (StellaKey | Error)[];
let sent: { way: string; key: string }[];
let calls: string[];
let begins: boolean;
let storeIsDown: boolean;

beforeEach(() => {
  storeIsDown = false;
  notes = new Notes();
  [outcomes, keys, sent, calls, begins] = [[ACCEPTED], [{ apiKey: "key", mode: "production" }], [], [], true];
});

function run(parcel: Parcel = REQUEST) {
  const answer = async (way: string, key: string) => {
    sent.push({ way, key });
    return outcomes.shift() ?? ACCEPTED;
  };
  const home = {
    ...{ metrics: notes, log: notes.log },
    stella: {
      request: (key: string) => answer("request", key),
      forward: (key: string) => answer("forward", key),
    },
    secrets: {
      stellaKey: async () => {
        const key = keys.length > 1 ? keys.shift() : keys[0];
        if (key === undefined || key instanceof Error) throw key;
        return key;
      },
    },
    breaker: {
      succeeded: async () => {
        if (storeIsDown) throw new Error("down");
        calls.push("succeeded");
      },
      failed: async () => void calls.push("failed"),
    },
  };
  return deliver(parcel, "production", home, async () => {
    calls.push("begun");
    return begins;
  });
}

test("a request is sent only after its mark is written", async () => {
  expect(await run()).toEqual({ kind: "accepted" });
  expect(calls).toEqual(["begun", "succeeded"]);
  expect(sent).toEqual([{ way: "request", key: "key" }]);
});

test("an answer of Stella is not lost when the breaker cannot be updated", async () => {
  storeIsDown = true;
  expect(await run()).toEqual({ kind: "accepted" });
  expect(notes.logged).toMatchObject([{ level: "error", event: "work.failed" }]);
});

test("nothing is sent when the claim has expired", async () => {
  begins = false;
  expect(await run()).toEqual({ kind: "fenced" });
  expect(sent).toEqual([]);
});

test("with forward the event itself is sent", async () => {
  await run({ kind: "event", body: "{}" });
  expect(sent).toEqual([{ way: "forward", key: "key" }]);
});

test.each(["test", "unknown"] as const)(
  "a key of mode %s in production sends nothing, records no attempt and counts GuardTripped",
  async (mode) => {
    keys = [{ apiKey: "key", mode }];
    expect(await run()).toMatchObject({ kind: "retry", reason: "survey-mode-guard", longWait: true });
    expect([sent, calls]).toEqual([[], []]);
    expect(notes.counted).toEqual(["GuardTripped"]);
    expect(notes.logged).toMatchObject([{ level: "error", event: "guard.tripped" }]);
  },
);

test("a request waits for a secret that cannot be read", async () => {
  keys = [new SecretUnreadable("it is empty")];
  expect(await run()).toMatchObject({ kind: "retry", reason: "secret-unreadable", detail: "it is empty" });
  expect(sent).toEqual([]);
});

test("a refused key is read again, and a new one is used at once", async () => {
  outcomes = [{ kind: "misconfigured", status: 403 }, ACCEPTED];
  keys = [
    { apiKey: "old", mode: "production" },
    { apiKey: "new", mode: "production" },
  ];
  expect(await run()).toEqual({ kind: "accepted" });
  expect(sent.map((request) => request.key)).toEqual(["old", "new"]);
});

test("the same refused key is not tried twice, and its refusals suspend calls, because each counts for Stella's alert", async () => {
  outcomes = [{ kind: "misconfigured", status: 401 }];
  expect(await run()).toMatchObject({ kind: "retry", reason: "stella-misconfigured", longWait: true, lost: false });
  expect(sent).toHaveLength(1);
  expect(calls).toEqual(["begun", "failed"]);
});

test.each<[StellaOutcome, object, string]>([
  [
    { kind: "unavailable", status: 503, detail: "503", retryAfterSeconds: 9 },
    { kind: "retry", reason: "stella-unavailable", retryAfter: 9000, lost: false },
    "failed",
  ],
  [
    { kind: "ambiguous", detail: "no answer" },
    { kind: "retry", reason: "stella-answer-lost", lost: true, longWait: true },
    "failed",
  ],
  [
    { kind: "refused", status: 400, detail: "no" },
    { kind: "park", reason: "refused-by-stella", detail: "Stella answered 400: no" },
    "succeeded",
  ],
])("%j is returned unchanged and updates the breaker", async (outcome, delivered, heard) => {
  outcomes = [outcome];
  expect(await run()).toMatchObject(delivered);
  expect(calls).toEqual(["begun", heard]);
});

/** The stored text of Stella's refusal of a request about a customer with this name. */
async function kept(name: string, detail: string): Promise<string | undefined> {
  outcomes = [{ kind: "refused", status: 400, detail }];
  const request = { channel: "chat", customer: { name, email: "pat@example.net" } };
  const delivered = await run({ kind: "request", request });
  return delivered.kind === "park" ? delivered.detail : undefined;
}

test("the stored text of a refusal names no customer", async () => {
  const detail = '{"error":"Invalid customer","of":"Pat Doe <pat@example.net>"}';
  expect(await kept("Pat Doe", detail)).toBe(
    'Stella answered 400: {"error":"Invalid customer","of":"<name> <<address>>"}',
  );
});

test.each([
  ["e", "Employee profile not complete, e", "Employee profile not complete, <name>"],
  ["Employee", "Employee not found (for Employee)", "Employee not found (for <name>)"],
  ["C++ (x", 'Invalid customer: "C++ (x"', 'Invalid customer: "<name>"'],
  ["Zoë", "Zoës and Zoë", "Zoës and <name>"],
  [" ", "as it is", "as it is"],
])("a customer named %j does not change the rest of Stella's text", async (name, detail, said) => {
  expect(await kept(name, detail)).toBe(`Stella answered 400: ${said}`);
});

test("a refusal of the agent's profile is distinguished from others", async () => {
  outcomes = [{ kind: "refused", status: 400, detail: "Deactivated employee" }];
  expect(await run()).toMatchObject({ kind: "park", reason: "refused-by-stella", profile: true });
});
