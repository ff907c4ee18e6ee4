/**
 * The scenario: the records in Gladly and Stella Connect when the sandbox starts. It comes from a JSON file, or from
 * `default-scenario.ts`.
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
  /** Empty for an agent without an address. */
  emailAddress: z.string().refine((text) => text === "" || z.email().safeParse(text).success, "invalid email address"),
  /** Status of the agent's profile in Stella. Null: the agent has no profile. */
  stellaProfile: EmployeeStatus.nullable(),
});

/** Accepts what companies import: no name, an empty name, invalid addresses. */
const ScenarioCustomer = z.strictObject({
  id: Id,
  name: z.string().optional(),
  /** Texts (the first is primary), or objects in Gladly's format. */
  emails: Emails.default([]),
  /** The same as `emails`. Texts are in E.164, such as `+16505550123`. */
  phones: Phones.default([]),
});

/** The channels in which a conversation can start, as `CONTACT/*` events name them. */
export const Channel = z.enum(GLADLY_CHANNELS).exclude(["TWITTER", "VOICE_AI"]);
export type Channel = z.infer<typeof Channel>;

const ScenarioConversation = z.strictObject({
  id: Id,
  customerId: Id,
  inboxId: Id,
  agentId: Id.nullable().default(null),
  channel: Channel.default("EMAIL"),
  topicIds: z.array(Id).default([]),
  /** The first message. */
  message: z.string().min(1),
  /** Whether the customer still waits for a reply. If so, closing needs `force`. */
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
/** A scenario with all defaults set. */
export type Scenario = z.infer<typeof Scenario>;

/**
 * Reads a scenario from parsed JSON.
 *
 * @throws one error that lists every fault with its path
 */
export function parseScenario(value: unknown, source: string): Scenario {
  const parsed = Scenario.safeParse(value);
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map((issue) => `  ${zodFault(issue)}`);
  throw new Error([`${source} is not a valid scenario (see docs/sandbox.md):`, ...faults].join("\n"));
}
