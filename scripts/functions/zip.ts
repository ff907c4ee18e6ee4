/** A zip archive of one file, the same bytes for the same content: Lambda's own hash then changes only with the code. */
import { crc32, deflateRawSync } from "node:zlib";

/** 1 January 1980, the first day that a zip knows, in its own notation. */
const DATE = 0x21;
/** Regular file, readable by all: Lambda runs the code as another user than the one who owns it. */
const MODE = 0o100644 << 16;

export function zip(name: string, content: Uint8Array): Buffer {
  const file = Buffer.from(name);
  const packed = deflateRawSync(content, { level: 9 });
  const shared = Buffer.alloc(26);
  shared.writeUInt16LE(20, 0); // version needed: 2.0
  shared.writeUInt16LE(8, 4); // deflate
  shared.writeUInt16LE(DATE, 8);
  shared.writeUInt32LE(crc32(content), 10);
  shared.writeUInt32LE(packed.length, 14);
  shared.writeUInt32LE(content.length, 18);
  shared.writeUInt16LE(file.length, 22);
  const local = Buffer.concat([signature(0x04034b50), shared, file, packed]);
  const attributes = Buffer.alloc(14);
  attributes.writeUInt32LE(MODE >>> 0, 6);
  const made = Buffer.from([20, 3]); // by version 2.0 on Unix
  const central = Buffer.concat([signature(0x02014b50), made, shared, attributes, file]);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(1, 4);
  end.writeUInt16LE(1, 6);
  end.writeUInt32LE(central.length, 8);
  end.writeUInt32LE(local.length, 12);
  return Buffer.concat([local, central, signature(0x06054b50), end]);
}

function signature(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}
