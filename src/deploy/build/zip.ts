/**
 * A zip archive of a few files, the same bytes for the same content: AWS tells changed code by the archive's hash, so a
 * time stamp inside would make every plan show a change.
 *
 * The format is PKWARE's APPNOTE 6.3.10: for each file a local header with its data, then a central directory and its
 * end record.
 */
import { crc32, deflateRawSync } from "node:zlib";

/** 1 January 1980, the first day that the format knows. */
const DOS_DATE = 0x0021;
const DEFLATE = 8;
/** Version 2.0, made on UNIX: the mode below is read as a UNIX mode. */
const MADE_BY = (3 << 8) | 20;
/** A regular file, readable by everybody: Lambda runs the code as a user that does not own it. */
const MODE = 0o100644;
/** The same, and everybody may start it. */
const EXECUTABLE_MODE = 0o100755;

export interface ArchivedFile {
  /** As it is called inside the archive. */
  readonly name: string;
  readonly content: Buffer;
  /** @default false */
  readonly executable?: boolean;
}

/** @param files in the order that they are to have */
export function zipOf(files: readonly ArchivedFile[]): Buffer {
  const locals: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, content, executable } of files) {
    const { local, central } = entryOf(Buffer.from(name, "utf8"), content, offset, executable ? EXECUTABLE_MODE : MODE);
    locals.push(local);
    directory.push(central);
    offset += local.length;
  }
  const size = directory.reduce((sum, { length }) => sum + length, 0);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(files.length, 4);
  end.writeUInt16LE(files.length, 6);
  end.writeUInt32LE(size, 8);
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([...locals, ...directory, signature(0x06054b50), end]);
}

/** @param offset of the file's local header, which its line in the directory names */
function entryOf(name: Buffer, content: Buffer, offset: number, mode: number) {
  const data = deflateRawSync(content, { level: 9 });
  const common = Buffer.alloc(26);
  common.writeUInt16LE(20, 0);
  common.writeUInt16LE(DEFLATE, 4);
  common.writeUInt16LE(DOS_DATE, 8);
  common.writeUInt32LE(crc32(content), 10);
  common.writeUInt32LE(data.length, 14);
  common.writeUInt32LE(content.length, 18);
  common.writeUInt16LE(name.length, 22);

  const madeBy = Buffer.alloc(2);
  madeBy.writeUInt16LE(MADE_BY);
  const attributes = Buffer.alloc(14);
  // Shifting into the highest bit would make the number negative.
  attributes.writeUInt32LE(mode * 0x10000, 6);
  attributes.writeUInt32LE(offset, 10);
  return {
    local: Buffer.concat([signature(0x04034b50), common, name, data]),
    central: Buffer.concat([signature(0x02014b50), madeBy, common, attributes, name]),
  };
}

function signature(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}
