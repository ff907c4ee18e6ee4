import fc from "fast-check";
import { bodyOf, Envelope, PROBE, readEnvelope, wrap } from "../../src/relay/envelope";
import { NOON } from "./support/records";
import { closeEvent } from "./support/test-relay";

const read = (body: string | object) =>
  readEnvelope(wrap("e1", NOON, Buffer.from(typeof body === "string" ? body : JSON.stringify(body))));

test("every body is unchanged byte for byte, even after JSON", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      const stored = Envelope.parse(JSON.parse(JSON.stringify(wrap("e1", NOON, bytes))));
      expect(Buffer.from(bodyOf(stored))).toEqual(Buffer.from(bytes));
    }),
  );
});

test("text that a queue may refuse is stored as base64, other text unchanged", () => {
  expect(wrap("e1", NOON, Buffer.from('{"a":"ü 😀"}')).body).toBe('{"a":"ü 😀"}');
  for (const text of ["\u0000", "\u0008", "\uFFFE"]) {
    expect(wrap("e1", NOON, Buffer.from(text))).toMatchObject({ bodyB64: Buffer.from(text).toString("base64") });
  }
});

test("a close is read with and without an agent", () => {
  expect(read(closeEvent("c1"))).toEqual({
    kind: "close",
    eventId: "event-c1",
    conversationId: "c1",
    customerId: "customer-c1",
    agentId: "agent-1",
    closedBy: { id: "agent-1", type: "AGENT" },
    closedAt: Date.parse("2026-01-05T09:12:44.310Z"),
  });
  expect(read(closeEvent("c1", { agentId: null }))).toMatchObject({ agentId: undefined });
});

test("a close without id and time is still one close", () => {
  expect(read({ type: "CONVERSATION/CLOSED", content: { conversationId: "c1" } })).toMatchObject({
    kind: "close",
    eventId: `c1@${NOON}`,
    closedAt: NOON,
  });
});

test("a PING needs only its type, and unknown types are recognized as other events", () => {
  expect(read({ type: "PING" })).toEqual({ kind: "ping", probe: false });
  expect(read({ type: "PING", ...PROBE })).toEqual({ kind: "ping", probe: true });
  expect(read({ type: "CONVERSATION/REOPENED", content: {} })).toEqual({
    kind: "other",
    type: "CONVERSATION/REOPENED",
  });
  expect(read({ type: "CONTACT/STARTED", content: {} })).toEqual({ kind: "other", type: "CONTACT/STARTED" });
});

test("the channel comes from a contact's start, not from its end, which can come after another start", () => {
  const content = { conversationId: "c1", channel: "PHONE_CALL", contactId: "x" };
  expect(read({ type: "CONTACT/ENDED", content })).toEqual({ kind: "other", type: "CONTACT/ENDED" });
  expect(read({ type: "CONTACT/STARTED", timestamp: "2026-03-01T12:00:00Z", content })).toEqual({
    kind: "contact",
    conversationId: "c1",
    channel: "PHONE_CALL",
    byCustomer: false,
    at: NOON,
  });
  const initiator = { id: "customer-1", type: "CUSTOMER" };
  expect(read({ type: "CONTACT/STARTED", initiator, content })).toMatchObject({ byCustomer: true });
});

test("a reopening has its time", () => {
  const reopened = { type: "CONVERSATION/REOPENED", timestamp: "2026-03-01T12:00:00Z" };
  expect(read({ ...reopened, content: { conversationId: "c1" } })).toEqual({
    kind: "reopened",
    conversationId: "c1",
    at: NOON,
  });
});

test.each([
  "",
  "{",
  "[]",
  "null",
  '"text"',
  '{"type":7}',
  '{"type":"CONVERSATION/CLOSED"}',
  '{"type":"CONVERSATION/CLOSED","content":3}',
])("%s is malformed, but causes no error", (body) => {
  expect(read(body).kind).toBe("malformed");
});

test("a body that was cut is malformed even if its beginning can be read", () => {
  expect(readEnvelope(wrap("e1", NOON, Buffer.from('{"type":"PING"}'), { truncated: true })).kind).toBe("malformed");
});
