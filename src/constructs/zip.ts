/**
 * A zip archive of one file, the same bytes for the same content: AWS tells changed code by the archive's hash, so a
 * time stamp inside would make every plan show a change.
 *
 * The format is PKWARE's APPNOTE 6.3.10: a local header with the data, a central directory, its end record.
 */
import { crc32, deflateRawSync } from "node:zlib";

/** 1 January 1980, the first day that the format knows. */
const DOS_DATE = 0x0021;
const DEFLATE = 8;
/** Version 2.0, made on UNIX: the mode below is read as a UNIX mode. */
const MADE_BY = (3 << 8) | 20;
/** A regular file, readable by everybody: Lambda runs the code as a user that does not own it. */
const MODE = 0o100644;

export function zipOf(fileName: string, content: Buffer): Buffer {
  const name = Buffer.from(fileName, "utf8");
  const data = deflateRawSync(content, { level: 9 });
  const common = Buffer.alloc(26);
  common.writeUInt16LE(20, 0);
  common.writeUInt16LE(DEFLATE, 4);
  common.writeUInt16LE(DOS_DATE, 8);
  common.writeUInt32LE(crc32(content), 10);
  common.writeUInt32LE(data.length, 14);
  common.writeUInt32LE(content.length, 18);
  common.writeUInt16LE(name.length, 22);

  const local = Buffer.concat([signature(0x04034b50), common, name, data]);

  const madeBy = Buffer.alloc(2);
  madeBy.writeUInt16LE(MADE_BY);
  const attributes = Buffer.alloc(14);
  // Shifting into the highest bit would make the number negative.
  attributes.writeUInt32LE(MODE * 0x10000, 6);
  const central = Buffer.concat([signature(0x02014b50), madeBy, common, attributes, name]);

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
