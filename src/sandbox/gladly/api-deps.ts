/** The dependencies of the routes of Gladly's API. */
import { empty, type Reply } from "../http/exchange";
import type { Activities } from "./activities";
import type { Conversations } from "./conversations";
import type { Customers } from "./customers";
import { API_USER_AGENT_ID, type Directory } from "./directory";
import type { EventLog, Initiator } from "./events";
import type { Items } from "./items";
import type { GladlySettings } from "./settings";
import type { Tasks } from "./tasks";
import type { Topics } from "./topics";
import type { Webhooks } from "./webhooks";

export interface ApiDeps {
  readonly webhooks: Webhooks;
  readonly topics: Topics;
  readonly conversations: Conversations;
  readonly customers: Customers;
  readonly items: Items;
  readonly activities: Activities;
  readonly tasks: Tasks;
  readonly directory: Directory;
  readonly events: EventLog;
  readonly settings: () => GladlySettings;
}

/** The initiator of changes over the API. */
export const API_USER: Initiator = { id: API_USER_AGENT_ID, type: "API" };

/** 201 with the relative address of the new record, and no body. */
export function created(location: string): Reply {
  return empty(201, { location });
}
