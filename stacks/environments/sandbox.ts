/**
 * The sandbox: Gladly, Stella Connect and the relay on this machine. Nothing here reaches a customer.
 *
 * Start them with `npx relay sandbox` and `npx relay serve sandbox`, then `npx cdktf plan sandbox`.
 */
import { type EnvironmentInput, localAddresses } from "../../src/environment";

const here = localAddresses("sandbox");

export default {
  name: "sandbox",

  // Going live is this one word: "production" sends surveys to customers instead of the test address.
  surveyMode: "test",

  // The relay reads the conversation, its agent and its customer, decides, and asks Stella Connect for the survey.
  delivery: "enrich",

  gladly: { url: here.gladly, user: here.gladlyUser },
  stella: { url: here.stella },
  relay: { on: "local", url: here.relay },

  // Raise passwordVersion after changing the password, and the next apply hands the new one to Gladly.
  webhook: { name: "Send Stella Survey", passwordVersion: 1 },
  topic: { name: "do_not_send_stella" },

  // No API can switch Integrated Channel on: a person did, and says so here. Without it, production is refused.
  manualSteps: { integratedChannel: { by: "the sandbox, which has it switched on", on: "2026-11-22" } },
} satisfies EnvironmentInput;
