/**
 * An envelope as the body of an SQS message, and back.
 *
 * A body may hold 262,144 bytes (docs/vendors/aws-relay.md section 5), and no size may ever be a reason not to store a delivery:
 * what is too long is compressed, and what is still too long is cut. Gladly's own events are below 1 KB.
 */
import { gunzipSync, gzipSync } from "node:zlib";
import { bodyOf, Envelope, wrap } from "../envelope";

/** Bytes of a message's body, below SQS's limit with room for its attributes. */
export const LONGEST_MESSAGE = 200 * 1024;
/** Bytes that are kept of a delivery that even compressed is too long. */
const KEPT_BEGINNING = 64 * 1024;
/** Bytes that a compressed body may come to: a worker must not be filled by a few hundred bytes that unpack to gigabytes. */
const LONGEST_UNPACKED = 32 * 1024 * 1024;
const COMPRESSED = "gzip:";

export function encodeMessage(envelope: Envelope): string {
  const plain = ascii(JSON.stringify(envelope));
  if (Buffer.byteLength(plain) <= LONGEST_MESSAGE) return plain;
  const packed = COMPRESSED + gzipSync(plain).toString("base64");
  return packed.length <= LONGEST_MESSAGE ? packed : ascii(JSON.stringify(cut(envelope)));
}

/**
 * Reads a message. One that no relay has written is taken for a delivery of its own, so that it ends parked before a
 * person's eyes and not in an endless loop.
 *
 * @param id the message's own id, used when there is no envelope
 * @param sentAt when SQS took it, in milliseconds since the epoch
 */
export function decodeMessage(body: string, id: string, sentAt: number): Envelope {
  const parsed = Envelope.safeParse(read(body));
  return parsed.success ? parsed.data : wrap(id, sentAt, Buffer.from(body));
}

/** SQS takes XML's characters only; escaped, no character that a sender thinks of can be one that it refuses. */
function ascii(json: string): string {
  return json.replace(/[^ -~]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

function read(body: string): unknown {
  try {
    if (!body.startsWith(COMPRESSED)) return JSON.parse(body);
    const packed = Buffer.from(body.slice(COMPRESSED.length), "base64");
    return JSON.parse(gunzipSync(packed, { maxOutputLength: LONGEST_UNPACKED }).toString("utf8"));
  } catch {
    return undefined;
  }
}

function cut(envelope: Envelope): Envelope {
  const beginning = Buffer.from(bodyOf(envelope)).subarray(0, KEPT_BEGINNING);
  const { body: _body, bodyB64: _bodyB64, ...rest } = envelope;
  return { ...rest, bodyB64: beginning.toString("base64"), truncated: true };
}

/** Groups messages as one call takes them: up to ten, and together no longer than one may be. */
export function inBatches(envelopes: readonly Envelope[]): readonly (readonly string[])[] {
  const batches: string[][] = [];
  let length = Number.POSITIVE_INFINITY;
  for (const body of envelopes.map(encodeMessage)) {
    const size = Buffer.byteLength(body);
    const last = batches.at(-1);
    if (last === undefined || last.length === 10 || length + size > LONGEST_MESSAGE) {
      batches.push([body]);
      length = size;
    } else {
      last.push(body);
      length += size;
    }
  }
  return batches;
}
