import { crc32, inflateRawSync } from "node:zlib";
import { zipOf } from "../../src/constructs/zip";

const content = Buffer.from("exports.handler = async () => ({ statusCode: 200 });\n".repeat(40));
const archive = zipOf("index.js", content);

/** Reads an archive as any unpacker does: from its end backwards. */
function unpack(zip: Buffer) {
  const end = zip.lastIndexOf(Buffer.from("PK\u0005\u0006"));
  const central = zip.readUInt32LE(end + 16);
  const nameLength = zip.readUInt16LE(central + 28);
  const local = zip.readUInt32LE(central + 42);
  const data = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
  return {
    entries: zip.readUInt16LE(end + 10),
    centralSize: end - central,
    statedSize: zip.readUInt32LE(end + 12),
    name: zip.toString("utf8", central + 46, central + 46 + nameLength),
    mode: zip.readUInt32LE(central + 38) >>> 16,
    checksum: zip.readUInt32LE(central + 16),
    size: zip.readUInt32LE(central + 24),
    content: inflateRawSync(zip.subarray(data, data + zip.readUInt32LE(central + 20))),
  };
}

describe("an archive of one file", () => {
  it("gives the file back, with its name and its checksum", () => {
    const unpacked = unpack(archive);
    expect(unpacked).toMatchObject({ entries: 1, name: "index.js", size: content.length, checksum: crc32(content) });
    expect(unpacked.content.equals(content)).toBe(true);
    expect(unpacked.statedSize).toBe(unpacked.centralSize);
  });

  it("may be read by the user that runs a function, who does not own it", () => {
    expect(unpack(archive).mode).toBe(0o100644);
  });

  it("is the same for the same content, so that a plan shows no change that is none", () => {
    expect(zipOf("index.js", Buffer.from(content)).equals(archive)).toBe(true);
    expect(zipOf("index.js", Buffer.from(`${content}//`)).equals(archive)).toBe(false);
  });
});
