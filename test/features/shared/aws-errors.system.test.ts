import { type Loopback, loopback } from "../../support/loopback";
import { runRelay } from "../../support/relay";

/** Answers every call of AWS's client with an AWS error. */
let server: Loopback;
let refusal = "";

beforeAll(async () => {
  server = await loopback((_request, response) => {
    response.writeHead(400, { "content-type": "application/x-amz-json-1.0" });
    response.end(JSON.stringify({ __type: `com.amazonaws#${refusal}`, message: "injected by the test" }));
  });
});
afterAll(() => server.close());

beforeEach(() => {
  Object.assign(process.env, {
    AWS_ACCESS_KEY_ID: "none",
    AWS_SECRET_ACCESS_KEY: "none",
    AWS_EC2_METADATA_DISABLED: "true",
    AWS_ENDPOINT_URL: server.url,
    // Reads no AWS configuration file of the user who runs the test.
    AWS_CONFIG_FILE: "/dev/null",
    AWS_SHARED_CREDENTIALS_FILE: "/dev/null",
  });
});

const relay = (...args: readonly string[]) => runRelay(args);

describe("a failing command on AWS", () => {
  it.each([
    ["AccessDeniedException", /is not allowed to do this in account 111122223333.*policy relay-staging-operator/],
    ["ExpiredTokenException", /have expired\. Sign in again/],
    ["UnrecognizedClientException", /does not know these credentials.*account 111122223333/],
    ["ResourceNotFoundException", /no relay of staging in us-east-1.*`npx cdktf apply staging`/],
  ])("has a one-line remedy for %s", async (type, message) => {
    refusal = type;
    const { code, out, err } = await relay("pause", "--environment", "staging");
    expect({ code, out }).toEqual({ code: 1, out: "" });
    expect(err).toMatch(message);
    expect(err.trim().split("\n")).toHaveLength(1);
  });

  it.each([["pause --environment staging"], ["secrets status staging"]])(
    "%s says how to sign in when there are no credentials",
    async (line) => {
      delete process.env.AWS_ACCESS_KEY_ID;
      delete process.env.AWS_SECRET_ACCESS_KEY;
      const { code, err } = await relay(...line.split(" "));
      expect(code).toBe(1);
      expect(err).toMatch(/^relay \w+: no AWS credentials were found\. Sign in .*AWS_PROFILE\.\n$/);
    },
  );

  it("names the secrets admin's policy when access to a secret is refused", async () => {
    refusal = "AccessDeniedException";
    const { err } = await relay("secrets", "status", "staging");
    expect(err).toMatch(/Use a role with the policy relay-staging-secrets-admin/);
  });

  it("says that AWS cannot be reached, and where", async () => {
    process.env.AWS_ENDPOINT_URL = "http://127.0.0.1:1";
    const { code, err } = await relay("explain", "a-conversation", "--environment", "staging");
    expect(code).toBe(1);
    expect(err).toMatch(/AWS cannot be reached in us-east-1 \(.*ECONNREFUSED.*\)/);
  });

  it("reports an unexpected error as an internal error, with its trace", async () => {
    refusal = "ValidationException";
    const { code, err } = await relay("pause", "--environment", "staging");
    expect(code).toBe(1);
    expect(err).toMatch(/Internal error.*ValidationException/s);
  });
});
