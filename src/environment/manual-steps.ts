/**
 * What no API can do or read (docs/vendors/stella-connect-api.md section 6.1): someone does it and records it in the environment
 * file, where a reviewer sees it. `relay readiness` shows which of these an environment still needs.
 */
import { z } from "zod";

const confirmation = z.strictObject({
  /** Who did it. */
  by: z.string().min(1, "name the person who did this step"),
  /** When, as a date: 2026-11-22. */
  on: z.iso.date("write the date as year-month-day, such as 2026-11-22"),
});

export const ManualStepsSchema = z.strictObject({
  /** Stella Connect, Integrations page: the test address is set, and someone reads its mailbox. */
  testAddress: confirmation.optional(),
  /** The Stella contact has Gladly's token, address and user. Needed for `direct` and `forward`, where Stella reads Gladly. */
  tokenHandedOver: confirmation.optional(),
  /** Stella Connect, Integrations page: Integrated Channel is switched on for every channel with surveys. */
  integratedChannel: confirmation.optional(),
  /** Stella Connect's admin: the suppression period, which limits how often a customer gets a survey, is correct. */
  suppressionPeriod: confirmation.optional(),
  /** Each alarm address confirmed AWS's message. Needed only if readiness cannot ask AWS. */
  alarmAddresses: confirmation.optional(),
  /** Agents that need no Stella profile, by Gladly's id or e-mail address: no survey about them is missed. */
  agentsWithoutProfile: confirmation
    .extend({ agents: z.array(z.string().min(1, "must not be empty")).min(1, "name at least one agent") })
    .optional(),
});

/** Explains why going live is refused until Integrated Channel is confirmed, and the order of the two steps. */
export const INTEGRATED_CHANNEL_FIRST =
  "production needs Integrated Channel switched on first, by hand, on Stella Connect's Integrations page. First the " +
  "switch, then the key: the production key is refused on a channel in manual mode, so in the other order every survey " +
  "between the two steps is refused (docs/going-live.md). " +
  'Switch it on, then record it: manualSteps: { integratedChannel: { by: "<who>", on: "<date>" } }';
