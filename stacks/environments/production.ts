/**
 * Production: the company's Gladly organization, deployed and monitored, still in test mode. Everything works as in
 * production, except that surveys go to the company's test address.
 *
 * To go live, change one word and review what it means: see surveyMode.
 */
import type { EnvironmentInput } from "../../src/environment";

export default {
  name: "production",

  // Change this one word to "production" to go live: surveys then go to customers. The plan of that change affects only the
  // worker and its permission to read the key.
  surveyMode: "test",

  delivery: "enrich",

  gladly: { url: "https://example.gladly.com", user: "survey-relay@example.com" },

  relay: {
    on: "aws",
    account: "444455556666",
    region: "us-east-1",
    conversationsPerDay: 20_000,
    // With your own host name, the relay can later move without a change in Gladly.
    domain: { name: "surveys.example.com", hostedZone: "Z0123456789EXAMPLE" },
    alarms: {
      email: "survey-oncall@example.com",
      budget: 40,
      // Hours UTC in which conversations are closed. An hour without closes then raises an alarm.
      busyHours: { from: 13, to: 23, weekends: true },
    },
    logRetentionDays: 90,
    pipeline: { repository: "example/customer-surveys" },
  },

  // What the relay does with a closed conversation. Every setting has a default (src/contract/policy.ts). For example:
  // policy: {
  //   bots: ["greeter@example.com"],       // agents that are bots: no survey about them
  //   channels: { SMS: "sms", VOICEMAIL: null }, // Gladly's channel to Stella's; null excludes it
  //   oncePerConversation: true,           // one survey, even if it is reopened and closed again
  // },

  webhook: { name: "Send Stella Survey", passwordVersion: 1 },

  // Steps that no API can do or read: a person does them and confirms them here. `npx relay readiness production` lists what
  // is missing, and docs/going-live.md gives the order. Going live is refused without Integrated Channel.
  // manualSteps: {
  //   testAddress: { by: "<who>", on: "<date>" },
  //   integratedChannel: { by: "<who>", on: "<date>" },
  //   suppressionPeriod: { by: "<who>", on: "<date>" },
  // },
} satisfies EnvironmentInput;
