/**
 * Converts envelopes to bodies of SQS messages and back.
 *
 * A body can have 262,144 bytes (docs/vendors/aws-relay.md section 5), but every delivery must be stored. A longer body is
 * compressed. If it is still too long, it is cut. Gladly's own events are below 1 KB.
 */
import { gunzipSync, gzipSync } from "node:zlib";
import { bodyOf, Envelope, wrap } from "../envelope";

/** Largest body in bytes. Below SQS's limit, to leave room for attributes. */
export const LONGEST_MESSAGE = 200 * 1024;
/** Bytes kept of a delivery that is too long even when compressed. */
const KEPT_BYTES = 64 * 1024;
/** Largest decompressed body in bytes. A few hundred bytes can decompress to gigabytes, which would fill a worker's memory. */
const LONGEST_DECOMPRESSED = 32 * 1024 * 1024;
const COMPRESSED = "gzip:";

export function encodeMessage(envelope: Envelope): string {
  const plain = ascii(JSON.stringify(envelope));
  if (Buffer.byteLength(plain) <= LONGEST_MESSAGE) return plain;
  const packed = COMPRESSED + gzipSync(plain).toString("base64");
  return packed.length <= LONGEST_MESSAGE ? packed : ascii(JSON.stringify(cut(envelope)));
}

/**
 * Reads a message. A body that is not an envelope counts as a delivery, so that it is parked, where a person sees it,
 * and not retried forever.
 *
 * @param id the message's id, used when there is no envelope
 * @param sentAt when SQS took it, in milliseconds since the epoch
 */
export function decodeMessage(body: string, id: string, sentAt: number): Envelope {
  const parsed = Envelope.safeParse(read(body));
  return parsed.success ? parsed.data : wrap(id, sentAt, Buffer.from(body));
}

/** Escapes everything outside ASCII: SQS accepts only the characters of XML, and senders may use others. */
function ascii(json: string): string {
  return json.replace(/[^ -~]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

function read(body: string): unknown {
  try {
    if (!body.startsWith(COMPRESSED)) return JSON.parse(body);
    const packed = Buffer.from(body.slice(COMPRESSED.length), "base64");
    return JSON.parse(gunzipSync(packed, { maxOutputLength: LONGEST_DECOMPRESSED }).toString("utf8"));
  } catch {
    return undefined;
  }
}

function cut(envelope: Envelope): Envelope {
  const beginning = Buffer.from(bodyOf(envelope)).subarray(0, KEPT_BYTES);
  const { body: _body, bodyB64: _bodyB64, ...rest } = envelope;
  return { ...rest, bodyB64: beginning.toString("base64"), truncated: true };
}

/** Groups messages into calls: up to ten messages, and in total no longer than one message can be. */
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
