/** What the tour does in Gladly and sees in Stella Connect: all of it over HTTP, as a person's browser would. */
import { z } from "zod";
import { GladlyClient } from "../../gladly/client";

const Opened = z.object({ id: z.string(), customerId: z.string() });
const Request = z.object({
  interactionId: z.string().nullish(),
  mode: z.enum(["test", "production"]),
  doNotSend: z.boolean(),
  status: z.number(),
});
const Letter = z.object({ to: z.string(), interactionId: z.string().nullish() });
const Explanation = z.object({
  conversationId: z.string().nullish(),
  eventId: z.string().nullish(),
  state: z.string(),
  reason: z.string().nullish(),
  duplicates: z.number().default(0),
});
export type Explanation = z.infer<typeof Explanation>;

export interface Addresses {
  readonly gladly: string;
  readonly stella: string;
  readonly operations: string;
}

export class World {
  readonly gladly: GladlyClient;

  constructor(
    private readonly at: Addresses,
    credentials: { readonly user: string; readonly token: string },
  ) {
    this.gladly = new GladlyClient({ baseUrl: at.gladly, ...credentials });
  }
}
