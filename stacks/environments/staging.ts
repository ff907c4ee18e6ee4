/**
 * Staging: Gladly's sandbox organization and the relay on AWS, in an account of its own. Surveys go to the company's
 * test address; nothing here reaches a customer.
 */
import type { EnvironmentInput } from "../../src/environment";

export default {
  name: "staging",

  // Every survey goes to the test address, and no answer is counted.
  surveyMode: "test",

  // The relay reads the conversation, its agent and its customer, decides, and asks Stella Connect for the survey.
  delivery: "enrich",

  // Gladly's sandbox organizations end in .gladly.qa.
  gladly: { url: "https://example.gladly.qa", user: "survey-relay@example.com" },

  relay: {
    on: "aws",
    // Terraform refuses to touch any other account.
    account: "111122223333",
    region: "us-east-1",
    // A rehearsal's worth. Throttles, concurrency and `relay cost` follow from it.
    conversationsPerDay: 100,
    alarms: { email: "survey-team@example.com", budget: 20 },
    pipeline: { repository: "example/customer-surveys" },
  },

  // Raise passwordVersion after changing the password, and the next apply hands the new one to Gladly.
  webhook: { name: "Send Stella Survey", passwordVersion: 1 },
} satisfies EnvironmentInput;
