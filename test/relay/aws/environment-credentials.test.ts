import { defaultProvider } from "../../../src/relay/aws/environment-credentials";

const NAMES = ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN"] as const;
const before = { ...process.env };
afterEach(() => {
  for (const name of NAMES) {
    if (before[name] === undefined) delete process.env[name];
    else process.env[name] = before[name];
  }
});
const set = (values: readonly (string | undefined)[]) =>
  NAMES.forEach((name, index) => {
    const value = values[index];
    if (value === undefined) delete process.env[name];
    else process.env[name] = value;
  });

test("are those of the function's role, with their session token", async () => {
  set(["key", "secret", "token"]);
  expect(await defaultProvider()()).toEqual({ accessKeyId: "key", secretAccessKey: "secret", sessionToken: "token" });
});

test("need no session token", async () => {
  set(["key", "secret", undefined]);
  expect(await defaultProvider()()).toEqual({ accessKeyId: "key", secretAccessKey: "secret" });
});

test.each([[[undefined, "secret", "token"]], [["key", "", "token"]]])(
  "are refused when one is missing",
  async (values) => {
    set(values);
    await expect(defaultProvider()()).rejects.toThrow("no AWS credentials in the function's environment");
  },
);
