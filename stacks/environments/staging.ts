/**
 * Staging: Gladly's sandbox organization and the relay on AWS, in a separate account. Surveys go to the company's test
 * address. Nothing here reaches a customer.
 */
import type { EnvironmentInput } from "../../src/environment";

export default {
  name: "staging",

  // Every survey goes to the test address, and no answer counts.
  surveyMode: "test",

  // The relay reads the conversation, its agent and its customer, decides, and requests the survey from Stella Connect.
  delivery: "enrich",

  // Gladly's sandbox organizations end in .gladly.qa.
  gladly: { url: "https://example.gladly.qa", user: "survey-relay@example.com" },

  relay: {
    on: "aws",
    // Terraform refuses to touch any other account.
    account: "111122223333",
    region: "us-east-1",
    // Enough for tests. Throttles, concurrency and `relay cost` depend on it.
    conversationsPerDay: 100,
    alarms: { email: "survey-team@example.com", budget: 20 },
    pipeline: { repository: "example/customer-surveys" },
  },

  // Raise passwordVersion after you change the password. The next apply then sends the new one to Gladly.
  webhook: { name: "Send Stella Survey", passwordVersion: 1 },
} satisfies EnvironmentInput;
