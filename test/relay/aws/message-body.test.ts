import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { decodeMessage, encodeMessage, inBatches, LONGEST_MESSAGE } from "../../../src/relay/aws/message-body";
import { bodyOf, readEnvelope, wrap } from "../../../src/relay/envelope";
import { envelope } from "../contract/envelopes";

const decode = (body: string) => decodeMessage(body, "message-1", 1_700_000_000_000);

describe("an envelope as an SQS message", () => {
  it("comes back as it was, whatever bytes were delivered, and holds no character that SQS might refuse", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 2_000 }), fc.string({ unit: "binary", maxLength: 200 }), (bytes, text) => {
        for (const body of [bytes, Buffer.from(text)]) {
          const sent = wrap("e1", 5, body);
          const message = encodeMessage(sent);
          expect(message).toMatch(/^[ -~]+$/);
          expect(decode(message)).toEqual(sent);
        }
      }),
    );
  });

  it("is compressed when it is long", () => {
    const sent = envelope("e1", "ab".repeat(2_000_000));
    const message = encodeMessage(sent);
    expect(message.length).toBeLessThan(LONGEST_MESSAGE);
    expect(decode(message)).toEqual(sent);
  });

  it("is cut when it cannot be compressed enough, and is then known as cut", () => {
    let seed = 1;
    const noise = Buffer.from(
      Array.from({ length: 1_000_000 }, () => {
        seed = (seed * 48_271) % 2_147_483_647;
        return seed & 0xff;
      }),
    );
    const message = encodeMessage(envelope("e1", noise));
    expect(message.length).toBeLessThan(LONGEST_MESSAGE);
    const kept = decode(message);
    expect(kept).toMatchObject({ id: "e1", truncated: true });
    const beginning = Buffer.from(bodyOf(kept));
    expect(beginning.length).toBeGreaterThan(1_000);
    expect(noise.subarray(0, beginning.length).equals(beginning)).toBe(true);
    expect(readEnvelope(kept)).toMatchObject({ kind: "malformed" });
  });

  it.each([
    ["text that no relay wrote", "hello"],
    ["JSON that is no envelope", '{"v":2}'],
    ["what says it is compressed and is not", "gzip:hello"],
    ["what unpacks to more than any delivery holds", `gzip:${gzipSync(Buffer.alloc(64_000_000)).toString("base64")}`],
  ])("is taken for a delivery of its own when it is %s, the same one each time", (_what, body) => {
    const read = decode(body);
    expect(read).toEqual(decode(body));
    expect(read).toMatchObject({ id: "message-1", receivedAt: 1_700_000_000_000 });
    expect(readEnvelope(read).kind).toBe("malformed");
  });
});

describe("batches", () => {
  it("hold every message in order, at most ten, and never more than a call may carry", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 150_000 }), { maxLength: 40 }), (lengths) => {
        const sent = lengths.map((length, index) => envelope(`e${index}`, "x".repeat(length)));
        const batches = inBatches(sent);
        expect(batches.flat()).toEqual(sent.map(encodeMessage));
        for (const batch of batches) {
          expect(batch.length).toBeLessThanOrEqual(10);
          expect(batch.join("").length).toBeLessThanOrEqual(LONGEST_MESSAGE);
        }
      }),
      { numRuns: 30 },
    );
  });
});
