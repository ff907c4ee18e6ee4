import { crc32, inflateRawSync } from "node:zlib";
import { zipOf } from "../../../src/deploy/build/zip";

const content = Buffer.from("exports.handler = async () => ({ statusCode: 200 });\n".repeat(40));
const notices = Buffer.from("words of a licence\n");
const archiveOf = (code: Buffer) =>
  zipOf([
    { name: "NOTICES.txt", content: notices },
    { name: "index.js", content: code },
  ]);
const archive = archiveOf(content);

/** Reads an archive from its end, as unpackers do. */
function unpack(zip: Buffer) {
  const end = zip.lastIndexOf(Buffer.from("PK\u0005\u0006"));
  const count = zip.readUInt16LE(end + 10);
  const central = zip.readUInt32LE(end + 16);
  expect(zip.readUInt32LE(end + 12)).toBe(end - central);
  const files = [];
  for (let at = central; at < end; ) {
    const nameLength = zip.readUInt16LE(at + 28);
    const local = zip.readUInt32LE(at + 42);
    const data = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
    files.push({
      name: zip.toString("utf8", at + 46, at + 46 + nameLength),
      mode: zip.readUInt32LE(at + 38) >>> 16,
      checksum: zip.readUInt32LE(at + 16),
      size: zip.readUInt32LE(at + 24),
      content: inflateRawSync(zip.subarray(data, data + zip.readUInt32LE(at + 20))).toString("utf8"),
    });
    at += 46 + nameLength;
  }
  expect(files).toHaveLength(count);
  return files;
}

describe("an archive", () => {
  it("contains every file with name, size and checksum", () => {
    const entry = (name: string, file: Buffer) =>
      expect.objectContaining({ name, size: file.length, checksum: crc32(file), content: file.toString("utf8") });
    expect(unpack(archive)).toEqual([entry("NOTICES.txt", notices), entry("index.js", content)]);
  });

  it("can be read by the user that runs a function, who is not the owner", () => {
    expect(unpack(archive).map(({ mode }) => mode)).toEqual([0o100644, 0o100644]);
  });

  it("has equal bytes for equal content, so that a plan shows no false change", () => {
    expect(archiveOf(Buffer.from(content)).equals(archive)).toBe(true);
    expect(archiveOf(Buffer.from(`${content}//`)).equals(archive)).toBe(false);
  });
});
