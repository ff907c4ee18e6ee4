import { faultsOf } from "../../src/environment/faults";
import { EnvironmentSchema, isOnAws } from "../../src/environment/schema";

const relay = {
  on: "aws",
  account: "111122223333",
  region: "us-east-1",
  alarms: { email: "oncall@example.com" },
  pipeline: { repository: "example/surveys" },
};
const environment = {
  name: "staging",
  surveyMode: "test",
  delivery: "enrich",
  gladly: { url: "https://example.gladly.qa", user: "relay@example.com" },
  relay,
};

function faults(changes: { relay?: object; gladly?: object; delivery?: string }) {
  const input = { ...environment, ...changes, relay: { ...relay, ...changes.relay } };
  const parsed = EnvironmentSchema.safeParse(input, { reportInput: true });
  return parsed.success
    ? []
    : faultsOf("staging.ts", input, EnvironmentSchema, parsed.error).map(({ path, remedy }) => `${path}: ${remedy}`);
}

describe("an environment on AWS", () => {
  it("needs an account, a Region, a repository and an alarm address. The rest has defaults", () => {
    const parsed = EnvironmentSchema.parse(environment);
    expect(isOnAws(parsed) && parsed.relay).toMatchObject({
      conversationsPerDay: 1000,
      logRetentionDays: 30,
      alarms: { budget: 25, busyHours: { from: 14, to: 22, weekends: false } },
    });
  });

  it.each([
    ["an account that is not twelve digits", { relay: { account: "1234" } }, /relay\.account: .*12 digits/],
    [
      "an account written as a number, which loses a leading zero",
      { relay: { account: 1 } },
      /relay\.account: write the account as text, so that a leading zero stays/,
    ],
    ["a Region of another partition", { relay: { region: "cn-north-1" } }, /relay\.region: /],
    ["a retention that CloudWatch does not know", { relay: { logRetentionDays: 31 } }, /logRetentionDays: .*7, 14, 30/],
    [
      "busy hours that end before they begin",
      { relay: { alarms: { email: "a@example.com", busyHours: { from: 9, to: 8 } } } },
      /busyHours\.to: from must be before/,
    ],
    [
      "a Gladly on this machine",
      { gladly: { url: "http://127.0.0.1:4610", user: "a@example.com" } },
      /gladly\.url: a relay on AWS cannot reach/,
    ],
    [
      "more closes than Gladly's rate limit allows",
      { relay: { conversationsPerDay: 500_000 } },
      /conversationsPerDay: Gladly's limit of 10 requests a second allows 388,800 closes/,
    ],
    [
      "a rate limit that leaves no requests for a function",
      { gladly: { url: "https://example.gladly.qa", user: "a@example.com", requestsPerSecond: 3 } },
      /gladly\.requestsPerSecond: must be at least 4/,
    ],
    ["neither this machine nor AWS", { relay: { on: "azure" } }, /relay\.on: must be \{ on: "local"/],
    ["a setting that does not exist", { relay: { acount: "1" } }, /relay\.acount: there is no such setting/],
  ])("refuses %s", (_, changes, message) => {
    expect(faults(changes)).toEqual([expect.stringMatching(message)]);
  });

  it("can have more closes than Gladly's rate limit allows if the relay only forwards", () => {
    expect(faults({ delivery: "forward", relay: { conversationsPerDay: 500_000 } })).toEqual([]);
  });
});
