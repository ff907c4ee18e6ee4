/**
 * The scenario: who and what is in Gladly and in Stella Connect when the sandbox starts. A JSON file can hold one;
 * `default-scenario.ts` is the one that is used otherwise.
 */
import * as z from "zod";
import { GLADLY_CHANNELS } from "../contract/channels";
import { zodFault } from "../contract/zod-fault";
import { Emails, Phones } from "./gladly/customer-record";
import { StellaSettings } from "./stella/settings";

const Id = z.string().regex(/^[A-Za-z0-9._~-]{1,49}$/, "must be URL safe and 1 to 49 characters long");

/** Stella's six profile statuses (docs/vendors/stella-connect-api.md section 3.1). Only `Active` may be surveyed. */
export const EmployeeStatus = z.enum(["Active", "Pending Review", "Confirmed", "Unapproved", "Created", "Deactivated"]);
export type EmployeeStatus = z.infer<typeof EmployeeStatus>;

const ScenarioAgent = z.strictObject({
  id: Id,
  name: z.string().min(1),
  /** Empty for an agent without one. */
  emailAddress: z.string().refine((text) => text === "" || z.email().safeParse(text).success, "invalid email address"),
  /** The agent's profile in Stella; null when Stella has never heard of the agent. */
  stellaProfile: EmployeeStatus.nullable(),
});

/** Whatever a company may have imported: no name, an empty one, addresses that are none. */
const ScenarioCustomer = z.strictObject({
  id: Id,
  name: z.string().optional(),
  /** Texts, of which the first is primary, or objects as Gladly writes them. */
  emails: Emails.default([]),
  /** The same. Texts in E.164, such as `+16505550123`. */
  phones: Phones.default([]),
});

/** The channels in which a conversation can begin, as `CONTACT/*` events name them. */
export const Channel = z.enum(GLADLY_CHANNELS).exclude(["TWITTER", "VOICE_AI"]);
export type Channel = z.infer<typeof Channel>;

const ScenarioConversation = z.strictObject({
  id: Id,
  customerId: Id,
  inboxId: Id,
  agentId: Id.nullable().default(null),
  channel: Channel.default("EMAIL"),
  topicIds: z.array(Id).default([]),
  /** The customer's first words. */
  message: z.string().min(1),
  /** True when the customer still waits for an answer, so that closing needs `force`. */
  replyOwed: z.boolean().default(false),
  startedBy: z.enum(["customer", "agent"]).optional(),
  answeredBy: z.enum(["agent", "automation", "nobody"]).optional(),
});

export const Scenario = z.strictObject({
  organization: z.strictObject({ id: Id, name: z.string(), timezone: z.string().default("UTC") }),
  agents: z.array(ScenarioAgent),
  inboxes: z.array(
    z.strictObject({ id: Id, name: z.string(), disabled: z.boolean().default(false), agentIds: z.array(Id) }),
  ),
  teams: z.array(
    z.strictObject({ id: Id, name: z.string(), description: z.string().default(""), agentIds: z.array(Id) }),
  ),
  topics: z.array(
    z.strictObject({
      id: Id,
      name: z.string().min(1),
      disabled: z.boolean().default(false),
      parentId: Id.optional(),
    }),
  ),
  customers: z.array(ScenarioCustomer),
  conversations: z.array(ScenarioConversation).default([]),
  stella: StellaSettings,
});
/** A scenario with everything filled in. */
export type Scenario = z.infer<typeof Scenario>;

/** Reads a scenario from parsed JSON. Throws one error that names every fault, with its path. */
export function parseScenario(value: unknown, source: string): Scenario {
  const parsed = Scenario.safeParse(value);
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map((issue) => `  ${zodFault(issue)}`);
  throw new Error([`${source} is not a scenario (docs/sandbox.md says what one holds):`, ...faults].join("\n"));
}
