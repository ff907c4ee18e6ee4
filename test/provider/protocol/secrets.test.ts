import { createLogger, maskedLogger } from "../../../src/provider/protocol/log";
import { string, stringMap } from "../../../src/provider/protocol/schema/attributes";
import { Secrets } from "../../../src/provider/protocol/secrets";

describe("secrets", () => {
  const secrets = new Secrets();
  secrets.add('pa"ss word&1');
  secrets.add("ab");

  it.each([
    ["as it is", 'was pa"ss word&1.', "was (sensitive value)."],
    ["inside JSON", JSON.stringify({ a: 'pa"ss word&1' }), '{"a":"(sensitive value)"}'],
    ["inside an address", `/?q=${encodeURIComponent('pa"ss word&1')}`, "/?q=(sensitive value)"],
    ["short, where it stands alone", "ab cab ab-c (ab)", "(sensitive value) cab ab-c ((sensitive value))"],
  ])("are masked %s", (_name, text, expected) => {
    expect(secrets.mask(text)).toBe(expected);
  });

  it.each(["", "u", "us", "user", "someone"])("are masked in the Base64 of an Authorization header (%s)", (user) => {
    const encoded = Buffer.from(`${user}:pa"ss word&1!`).toString("base64");
    const masked = secrets.mask(`Basic ${encoded}`);
    expect(masked).toContain("(sensitive value)");
    expect(Buffer.from(masked.replace(/\(.*?\)/, ""), "base64").toString()).not.toContain("ss word");
  });

  it("are the values that a schema marks as sensitive or write-only, even in a map", () => {
    const known = new Secrets();
    const attributes = {
      plain: string({ optional: true, description: "d" }),
      token: string({ optional: true, sensitive: true, description: "d" }),
      headers: stringMap({ optional: true, writeOnly: true, description: "d" }),
    };
    known.addFrom(attributes, { plain: "plain", token: "token-1", headers: { a: "header-1" } });
    expect(known.mask("plain token-1 header-1")).toBe("plain (sensitive value) (sensitive value)");
  });

  it("are in no log line", () => {
    const lines: string[] = [];
    const log = maskedLogger(
      createLogger("m", "trace", (line) => void lines.push(line)),
      (text) => secrets.mask(text),
    );
    log.error('pa"ss word&1', { error: 'at pa"ss word&1', count: 1 });
    expect(JSON.parse(lines[0] ?? "")).toMatchObject({
      "@message": "(sensitive value)",
      error: "at (sensitive value)",
      count: 1,
    });
  });
});
