import { MASKED, masked } from "../../src/terraform/mask";

/** Looks random, but is not a real key. Written in pieces, so that no scanner reports a leak. */
const KEY = ["q7Hs2K", "vP9xLm4", "RtW8yZ1", "nB6c"].join("");
const HEX = "0123456789abcdef".repeat(3);

describe("what looks like a secret", () => {
  it.each([
    ["a value named for one", "password", "hunter2"],
    ["a value named for one, with more before", "webhook_password_wo", "hunter2"],
    ["a header", "Authorization", "hunter2"],
    ["an environment variable that ends in SECRET", "STELLA_SECRET", "hunter2"],
    ["a key of mixed characters", "note", `before ${KEY} after`],
    ["a key of hexadecimal digits", "note", HEX],
    ["user and password of an address", "url", "https://user:hunter2@example.com/hook"],
    ["a token as the user of an address", "url", "https://hunter2@example.com/hook"],
    ["a key in an address's query", "url", "https://example.com/hook?site=1&api_key=hunter2"],
    ["basic credentials", "note", "Basic aHVudGVyMjpodW50ZXIy"],
    ["a bearer's token", "note", "Bearer hunter2-hunter2"],
    ["a password within a sentence", "note", "password=hunter2"],
    ["a password within a document", "note", '{"password": "hunter2"'],
    ["an access key of AWS", "note", `AKIA${"ABCD".repeat(4)}`],
    ["a signed token", "note", `eyJhbGciOi.${"eyJzdWIi"}.c2lnbmVk`],
    ["a private key", "note", "-----BEGIN RSA PRIVATE KEY-----\nhunter2\n-----END RSA PRIVATE KEY-----"],
  ])("is masked: %s", (_what, name, value) => {
    const text = masked(value, name);
    expect(text).toContain(MASKED);
    for (const secret of ["hunter2", "aHVudGVy", KEY, HEX, "ABCDABCD", "eyJ"]) expect(text).not.toContain(secret);
  });

  it.each([
    ["RELAY_STELLA_SECRET", "relay/production/stella-production"],
    ["secret_arn", "arn:aws:secretsmanager:us-east-1:444455556666:secret:relay/production/gladly-??????"],
    ["Resource", "arn:aws:secretsmanager:us-east-1:444455556666:secret:relay/production/stella-production-??????"],
    ["queue_url", "https://sqs.us-east-1.amazonaws.com/444455556666/relay-production-main"],
    ["url", "https://surveys.example.com/v1/webhooks/gladly"],
    ["id", "uCKQlrC8YxgC1SQEXvk8JA"],
    ["name", "relay-production-page-deliveries-fail"],
    ["comparison_operator", "GreaterThanOrEqualToThreshold"],
    ["user", "survey-relay@example.com"],
  ])("is not found in a name: %s", (name, value) => {
    expect(masked(value, name)).toBe(value);
  });

  it("keeps the rest of an address readable", () => {
    expect(masked("https://user:hunter2@example.com/hook?key=hunter2&a=1", "url")).toBe(
      `https://${MASKED}@example.com/hook?key=${MASKED}&a=1`,
    );
  });
});
