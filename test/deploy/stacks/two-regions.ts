/** Two environments in two Regions of one account, both without a domain, unlike the samples. */
import { type AwsEnvironment, accountsOf, type EnvironmentInput, isOnAws } from "../../../src/environment";
import { EnvironmentSchema } from "../../../src/environment/schema";

const input = (name: string, region: string): EnvironmentInput => ({
  name,
  surveyMode: "test",
  delivery: "forward",
  gladly: { url: "https://acme.gladly.com", user: "surveys@acme.example" },
  relay: {
    on: "aws",
    account: "012345678901",
    region,
    stateRegion: "eu-central-1",
    conversationsPerDay: 250_000,
    alarms: { email: "night@acme.example", busyHours: { from: 0, to: 24, weekends: true } },
    pipeline: { repository: "acme/customer.surveys" },
  },
  webhook: { name: "Acme: ask the customer", passwordVersion: 7 },
  topic: { name: "no survey please" },
});

function onAws(name: string, region: string): AwsEnvironment {
  const parsed = EnvironmentSchema.parse(input(name, region));
  if (!isOnAws(parsed)) throw new Error(`${name} is meant to be on AWS`);
  return parsed;
}

export const emea = onAws("emea", "eu-central-1");
export const apac = onAws("apac", "ap-southeast-2");

/** The account of both. */
export function sharedAccount() {
  const [account, ...others] = accountsOf([apac, emea]);
  if (account === undefined || others.length > 0) throw new Error("both are meant to be in one account");
  return account;
}
