import { authenticate, digest } from "../../src/relay/authenticate";

const verifiers = [
  { id: "current", sha256: digest("new") },
  { id: "previous", sha256: digest("old") },
];
const basic = (text: string) => `Basic ${Buffer.from(text).toString("base64")}`;

test("each accepted password works and is named", () => {
  expect(authenticate(basic("connect:new"), "connect", verifiers)?.id).toBe("current");
  expect(authenticate(basic("connect:old"), "connect", verifiers)?.id).toBe("previous");
  expect(authenticate(basic("connect:new").replace("Basic", "bAsIc"), "connect", verifiers)?.id).toBe("current");
});

test("a password can contain colons", () => {
  expect(authenticate(basic("connect:a:b"), "connect", [{ id: "x", sha256: digest("a:b") }])?.id).toBe("x");
});

test.each<[string, string | readonly string[] | undefined]>([
  ["nothing", undefined],
  ["an empty header", ""],
  ["another user", basic("someone:new")],
  ["another password", basic("connect:newer")],
  ["no password", basic("connect:")],
  ["no colon", basic("connect")],
  ["another scheme", `Bearer ${Buffer.from("connect:new").toString("base64")}`],
  ["two headers", [basic("connect:new"), basic("connect:new")]],
  ["two values in one", `${basic("connect:new")}, ${basic("connect:new")}`],
  ["no base64", "Basic %%%"],
])("%s is refused", (_case, header) => {
  expect(authenticate(header, "connect", verifiers)).toBeUndefined();
});

test("without verifiers every delivery is refused", () => {
  expect(authenticate(basic("connect:"), "connect", [])).toBeUndefined();
});
