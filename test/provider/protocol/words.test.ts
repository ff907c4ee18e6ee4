/** Small parts: logs, durations, validators. */
import { createLogger, levelFrom } from "../../../src/provider/protocol/log";
import { parseDuration } from "../../../src/provider/protocol/schema/timeouts";
import { between, httpsAddress, maxLength, oneOf } from "../../../src/provider/protocol/schema/validator";

describe("logs", () => {
  it("are one JSON object per line, with the six fraction digits that Terraform requires", () => {
    const lines: string[] = [];
    const log = createLogger(
      "provider.x",
      "debug",
      (line) => void lines.push(line),
      () => new Date("2026-01-02T03:04:05.678Z"),
    );
    log.trace("too fine");
    log.warn("look", { count: 2 });
    expect(lines).toHaveLength(1);
    expect(lines[0]?.endsWith("\n")).toBe(true);
    expect(JSON.parse(lines[0] ?? "")).toEqual({
      "@level": "warn",
      "@message": "look",
      "@module": "provider.x",
      "@timestamp": "2026-01-02T03:04:05.678000Z",
      count: 2,
    });
  });

  it.each([
    [{}, undefined],
    [{ TF_LOG: "off" }, undefined],
    [{ TF_LOG: "WARN" }, "warn"],
    [{ TF_LOG: "JSON" }, "trace"],
    [{ TF_LOG: "ERROR", TF_LOG_PROVIDER: "DEBUG" }, "debug"],
  ])("obey %j", (environment, level) => {
    expect(levelFrom(environment)).toBe(level);
  });

  it("are not written unless requested", () => {
    const lines: string[] = [];
    createLogger("x", undefined, (line) => void lines.push(line)).error("unheard");
    expect(lines).toEqual([]);
  });
});

describe("durations", () => {
  it.each([
    ["30s", 30_000],
    ["1m30s", 90_000],
    ["1.5h", 5_400_000],
    ["250ms", 250],
    ["", undefined],
    ["10", undefined],
    ["-1s", undefined],
    ["1s2", undefined],
  ])("%j is %p milliseconds", (text, milliseconds) => {
    expect(parseDuration(text)).toBe(milliseconds);
  });
});

describe("validators", () => {
  it.each([
    ["https://relay.example.com/events", true],
    ["http://127.0.0.1:8080/events", true],
    ["http://localhost/", true],
    ["http://[::1]:1/", true],
    ["http://127.0.0.1.example.com/", false],
    ["http://relay.example.com/", false],
    ["https://user:pass@relay.example.com/", false],
    ["ftp://relay.example.com/", false],
    ["/events", false],
  ])("an address: %s", (address, good) => {
    expect(httpsAddress().check(address) === undefined).toBe(good);
  });

  it("count characters as Gladly does", () => {
    expect(maxLength(4).check("😀😀")).toBeUndefined();
    expect(maxLength(2).check("éé")).toBeUndefined();
    expect(maxLength(2).check("😀😀")).toContain("4 characters (most emoji count as two)");
  });

  it("know their bounds", () => {
    expect(between(1, 100).check(1)).toBeUndefined();
    expect(between(1, 100).check(100n)).toBeUndefined();
    expect(between(1, 100).check(101)).toContain("out of range");
    expect(between(1, 100).check(1.5)).toContain("out of range");
    expect(oneOf("a", "b").check("c")).toContain("`a`, `b`");
  });
});
