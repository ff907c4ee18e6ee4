import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { decodeMessage, encodeMessage, inBatches, LONGEST_MESSAGE } from "../../../src/relay/aws/message-body";
import { bodyOf, readEnvelope, wrap } from "../../../src/relay/envelope";
import { envelope } from "../contract/envelopes";

const decode = (body: string) => decodeMessage(body, "message-1", 1_700_000_000_000);

describe("an envelope as an SQS message", () => {
  it("is unchanged after decoding, for any bytes, and contains no character that SQS refuses", () => {
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

  it("is cut and marked as cut when compression is not enough", () => {
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
    ["text that is not from a relay", "hello"],
    ["JSON that is not an envelope", '{"v":2}'],
    ["marked as compressed but is not", "gzip:hello"],
    ["larger than any delivery after decompression", `gzip:${gzipSync(Buffer.alloc(64_000_000)).toString("base64")}`],
  ])("counts as a delivery, the same one each time, when it is %s", (_what, body) => {
    const read = decode(body);
    expect(read).toEqual(decode(body));
    expect(read).toMatchObject({ id: "message-1", receivedAt: 1_700_000_000_000 });
    expect(readEnvelope(read).kind).toBe("malformed");
  });
});

describe("batches", () => {
  it("have every message in order, at most ten messages, and no more bytes than a call allows", () => {
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
