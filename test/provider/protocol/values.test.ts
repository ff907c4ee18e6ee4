import { encode } from "@msgpack/msgpack";
import * as fc from "fast-check";
import { fromJson, parseJson } from "../../../src/provider/protocol/values/json";
import { decodeMsgpack, encodeMsgpack } from "../../../src/provider/protocol/values/msgpack";
import { formatPath } from "../../../src/provider/protocol/values/path";
import { type Type, typeBytes, typeName } from "../../../src/provider/protocol/values/type";
import { isEqual, isWhollyKnown, UNKNOWN, type Value } from "../../../src/provider/protocol/values/value";
import { arbitraryValue } from "../support/arbitrary-schema";

const types: fc.Arbitrary<Type> = fc.letrec<{ type: Type }>((tie) => ({
  type: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    fc.constantFrom<Type>("string", "number", "bool"),
    fc.tuple(fc.constantFrom("list", "set", "map"), tie("type")).map(([kind, inner]): Type => [kind, inner]),
    fc
      .dictionary(fc.constantFrom("a", "b", "c"), tie("type"), { maxKeys: 3 })
      .map((attributes): Type => ["object", attributes]),
  ),
})).type;
const typedValues = types.chain((type) =>
  fc.record({ type: fc.constant(type), value: fc.option(arbitraryValue(type), { nil: null }) }),
);

describe("values on the wire", () => {
  it("are unchanged after decoding, for every type", () => {
    fc.assert(
      fc.property(typedValues, ({ type, value }) => {
        expect(decodeMsgpack(type, encodeMsgpack(value))).toEqual(value);
      }),
    );
  });

  it("keep every digit of any number", () => {
    fc.assert(
      fc.property(fc.oneof(fc.bigInt(), fc.integer().map(BigInt)), (whole) => {
        const value = decodeMsgpack("number", encodeMsgpack(whole));
        expect(BigInt(typeof value === "bigint" || typeof value === "number" ? value : -1)).toBe(whole);
      }),
    );
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (number) => {
        expect(Number(decodeMsgpack("number", encodeMsgpack(number)))).toBe(number === 0 ? 0 : number);
      }),
    );
  });

  it("are the same number in every encoding", () => {
    const arrivals: unknown[] = [7, "7", 7.0, 7n];
    for (const raw of arrivals) expect(decodeMsgpack("number", encode(raw, { useBigInt64: true }))).toBe(7);
    const big = 2n ** 64n;
    for (const raw of [big.toString(), 2 ** 64]) expect(decodeMsgpack("number", encode(raw))).toBe(big);
    expect(decodeMsgpack("number", encode("0.1"))).toBe(0.1);
  });

  it("are unknown under any extension type, refinements included", () => {
    // fixext1 of type 0, as Terraform writes it; ext8 of type 12 with a refinement; fixext4 of a negative type.
    const wires = [
      [0xd4, 0x00, 0x00],
      [0xc7, 0x03, 0x0c, 0x81, 0x01, 0xc2],
      [0xd6, 0xff, 0, 0, 0, 0],
    ];
    for (const bytes of wires) expect(decodeMsgpack("string", Uint8Array.from(bytes))).toBe(UNKNOWN);
    expect([...encodeMsgpack(UNKNOWN)]).toEqual([0xd4, 0x00, 0x00]);
    expect(decodeMsgpack(["list", "string"], encodeMsgpack(["a", UNKNOWN]))).toEqual(["a", UNKNOWN]);
  });

  it("are refused with their path when they have the wrong type", () => {
    const type: Type = ["object", { rules: ["list", ["object", { port: "number" }]], tags: ["map", "bool"] }];
    expect(() => decodeMsgpack(type, encode({ rules: [{ port: 1 }, { port: true }] }))).toThrow(
      "rules[1].port: expected number, got boolean",
    );
    expect(() => decodeMsgpack(type, encode({ tags: { a: "x" } }))).toThrow('tags["a"]: expected boolean, got string');
    expect(() => decodeMsgpack(type, encode({ rules: {} }))).toThrow("rules: expected list of object, got object");
    expect(() => decodeMsgpack("number", encode("x1"))).toThrow('"x1" is not a number');
    expect(() => encodeMsgpack(Number.NaN)).toThrow(RangeError);
  });
});

describe("values of a state file", () => {
  it("are unchanged after JSON, for every type", () => {
    fc.assert(
      fc.property(typedValues, ({ type, value }) => {
        expect(fromJson(type, parseJson(stateJson(value)))).toEqual(value);
      }),
    );
  });

  it("keep digits in a text unchanged", () => {
    expect(parseJson('{"a":"12345678901234567890 \\" 12345678901234567890","b":12345678901234567890}')).toEqual({
      a: '12345678901234567890 " 12345678901234567890',
      b: "12345678901234567890",
    });
  });

  it("drop attributes that the schema no longer has, and have null for new ones", () => {
    expect(fromJson(["object", { kept: "string", added: "bool" }], { kept: "x", dropped: 1 })).toEqual({
      kept: "x",
      added: null,
    });
  });
});

/** JSON as Terraform writes state: numbers with all their digits. */
function stateJson(value: Value): string {
  if (typeof value === "bigint") return value.toString();
  if (Array.isArray(value)) return `[${value.map(stateJson).join(",")}]`;
  if (typeof value === "object" && value !== null) {
    return `{${Object.entries(value)
      .map(([key, inner]) => `${JSON.stringify(key)}:${stateJson(inner)}`)
      .join(",")}}`;
  }
  return JSON.stringify(value) ?? "null";
}

describe("values", () => {
  it("are equal as sets in any order, with the same number of each element", () => {
    const set: Type = ["set", "string"];
    expect(isEqual(set, ["a", "b"], ["b", "a"])).toBe(true);
    expect(isEqual(set, ["a", "a", "b"], ["a", "b", "b"])).toBe(false);
    expect(isEqual(["list", "string"], ["a", "b"], ["b", "a"])).toBe(false);
    expect(isEqual(["map", "string"], { a: "1" }, { b: "1" })).toBe(false);
    expect(isEqual("string", UNKNOWN, UNKNOWN)).toBe(false);
  });

  it("are wholly known only when no nested value is unknown", () => {
    expect(isWhollyKnown({ a: [{ b: UNKNOWN }] })).toBe(false);
    expect(isWhollyKnown({ a: [{ b: null }] })).toBe(true);
  });

  it("have a readable path and type", () => {
    expect(formatPath([{ attribute: "rules" }, { index: 0 }, { attribute: "tags" }, { key: "a b" }])).toBe(
      'rules[0].tags["a b"]',
    );
    expect(typeName(["map", ["list", "bool"]])).toBe("map of list of boolean");
    expect(typeBytes(["list", "string"]).toString()).toBe('["list","string"]');
  });
});
