/**
 * Production: the company's Gladly organization, deployed and watched, and still in test mode. Everything works as it
 * will, except that surveys go to the company's test address.
 *
 * Going live is one word, and a review of what it means: see surveyMode.
 */
import type { EnvironmentInput } from "../../src/environment";

export default {
  name: "production",

  // Change this one word to "production" to go live: surveys then go to customers. The plan of that change touches the
  // worker and its permission to read the key, and nothing besides.
  surveyMode: "test",

  delivery: "enrich",

  gladly: { url: "https://example.gladly.com", user: "survey-relay@example.com" },

  relay: {
    on: "aws",
    account: "444455556666",
    region: "us-east-1",
    conversationsPerDay: 20_000,
    // An address of our own: the relay can later move without touching Gladly.
    domain: { name: "surveys.example.com", hostedZone: "Z0123456789EXAMPLE" },
    alarms: {
      email: "survey-oncall@example.com",
      budget: 40,
      // Hours UTC in which conversations are closed. An hour of silence then wakes somebody.
      busyHours: { from: 13, to: 23, weekends: true },
    },
    logRetentionDays: 90,
    pipeline: { repository: "example/customer-surveys" },
  },

  // What the relay does with a closed conversation; everything has a default (src/contract/policy.ts). For example:
  // policy: {
  //   bots: ["greeter@example.com"],       // agents that are no people: no survey about them
  //   channels: { SMS: "sms", VOICEMAIL: null }, // Gladly's channel to Stella's; null leaves it out
  //   oncePerConversation: true,           // however often it is reopened and closed
  // },

  webhook: { name: "Send Stella Survey", passwordVersion: 1 },

  // What no API can do or read: a person does it, and says so here. `npx relay readiness production` tells what is still
  // missing, docs/going-live.md in which order. Going live is refused without Integrated Channel.
  // manualSteps: {
  //   testAddress: { by: "<who>", on: "<date>" },
  //   integratedChannel: { by: "<who>", on: "<date>" },
  //   suppressionPeriod: { by: "<who>", on: "<date>" },
  // },
} satisfies EnvironmentInput;
