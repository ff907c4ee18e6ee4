/**
 * The sandbox: Gladly, Stella Connect and the relay on this machine. Nothing here reaches a customer.
 *
 * Start them with `npx relay sandbox` and `npx relay serve sandbox`, then `npx cdktf plan sandbox`.
 */
import { type EnvironmentInput, localAddresses } from "../../src/environment";

const here = localAddresses("sandbox");

export default {
  name: "sandbox",

  // To go live, change this one word: "production" sends surveys to customers instead of the test address.
  surveyMode: "test",

  // The relay reads the conversation, its agent and its customer, decides, and requests the survey from Stella Connect.
  delivery: "enrich",

  gladly: { url: here.gladly, user: here.gladlyUser },
  stella: { url: here.stella },
  relay: { on: "local", url: here.relay },

  // Raise passwordVersion after you change the password. The next apply then sends the new one to Gladly.
  webhook: { name: "Send Stella Survey", passwordVersion: 1 },
  topic: { name: "do_not_send_stella" },

  // Steps that no API can do or read: a person does them and confirms them here (`npx relay readiness sandbox`). Production is
  // refused without Integrated Channel.
  manualSteps: {
    testAddress: { by: "the sandbox, whose test address is survey-test@example.com", on: "2026-11-22" },
    integratedChannel: { by: "the sandbox, which has it switched on", on: "2026-11-22" },
    suppressionPeriod: { by: "the sandbox, which has none", on: "2026-11-22" },
    agentsWithoutProfile: {
      by: "the sandbox, whose new agent waits for approval",
      on: "2026-11-22",
      agents: ["kim.novice@example.com"],
    },
  },
} satisfies EnvironmentInput;
