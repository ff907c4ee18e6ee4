/**
 * `/v1/webhooks/gladly`: Stella gets an event with ids, reads the conversation in Gladly, and builds the survey request
 * (docs/vendors/stella-connect-api.md section 1.1). The mapping is not documented: `StellaAssumptions` has switches.
 */
import { messageOf } from "../../contract/error-message";
import { CONVERSATION_CLOSED } from "../../contract/event-types";
import { parsedJson } from "../../contract/json";
import type { SurveyMode } from "../../contract/survey-mode";
import { DO_NOT_SEND_TOPIC } from "../../contract/topic";
import { type ConversationItem, type Customer, Event } from "../../vendors/gladly/wire";
import type { SurveyRequest } from "../../vendors/stella/wire";
import type { Pending } from "../pending";
import { Slots } from "../slots";
import type { GladlyReader } from "./gladly-reader";
import type { Intake } from "./intake";
import type { StellaSettings } from "./settings";
import type { RecordedRequest, RefusalName } from "./store";

/** Conversations that Stella looks up at the same time. */
const LOOK_UPS = 8;

/** The channel of a conversation without messages. */
const CHANNEL_WITHOUT_MESSAGES = "email";

export class GladlyWebhook {
  private readonly slots = new Slots(LOOK_UPS);

  constructor(
    private readonly reader: () => GladlyReader,
    private readonly intake: Intake,
    private readonly settings: () => StellaSettings,
    /** Counts events until their result is recorded, which may be after the answer. */
    private readonly pending: Pending,
  ) {}

  /** The survey request for an event. Undefined for PING, other events and dropped conversations. */
  handle(body: string, mode: SurveyMode, answered: number | undefined): Promise<RecordedRequest | undefined> {
    return this.pending.during(() => this.conclude(body, mode, answered));
  }

  private async conclude(
    body: string,
    mode: SurveyMode,
    answered: number | undefined,
  ): Promise<RecordedRequest | undefined> {
    const event = readEvent(body);
    if (event === undefined) return this.refuse(mode, "Malformed request", "not a Gladly event", answered);
    if (event.type !== CONVERSATION_CLOSED) return undefined;
    const conversationId = event.content?.conversationId;
    if (!conversationId) return this.refuse(mode, "Malformed request", "no conversation in the event", answered);
    try {
      const agentId = event.content?.context?.assignee?.agentId ?? undefined;
      const found = await this.slots.run(() => this.lookUp(conversationId, agentId));
      if (found === "dropped") return undefined;
      return this.intake.take({ way: "webhook", mode, ...found, ...(answered === undefined ? {} : { answered }) });
    } catch (error) {
      const detail = messageOf(error);
      return this.refuse(mode, "Gladly could not be read", detail, answered, conversationId);
    }
  }

  private async lookUp(
    conversationId: string,
    closedBy: string | undefined,
  ): Promise<{ request: SurveyRequest; gladlyCustomerId: string } | "dropped"> {
    const { assumptions } = this.settings();
    const reader = this.reader();
    const conversation = await reader.conversation(conversationId);
    if (conversation.status !== "CLOSED" && !assumptions.reopenedIsSurveyed) return "dropped";
    const [items, topics, customer] = await Promise.all([
      reader.items(conversationId),
      reader.topics(),
      reader.customer(conversation.customerId),
    ]);
    const agentId = closedBy ?? conversation.agentId ?? undefined;
    const agent = agentId === undefined ? undefined : await reader.agent(agentId);
    const names = (conversation.topicIds ?? []).flatMap((id) => topics.find((topic) => topic.id === id)?.name ?? []);
    const anyCase = assumptions.doNotSendTopicMatch === "any-case";
    const doNotSend = names.some((name) => (anyCase ? name.trim().toLowerCase() : name) === DO_NOT_SEND_TOPIC);
    if (doNotSend && assumptions.doNotSendTopic === "dropped") return "dropped";
    const email = addressOf(customer, assumptions.webhookAddress);
    const employee = agent?.emailAddress ?? undefined;
    const request: SurveyRequest = {
      channel: channelOf(items, assumptions),
      customer: { ...(customer.name ? { name: customer.name } : {}), ...(email === undefined ? {} : { email }) },
      ...(employee === undefined ? {} : { employee: { email: employee } }),
      ext_interaction_id: conversationId,
      ...(names.length === 0 ? {} : { tags: names }),
      ...(doNotSend ? { do_not_send: true } : {}),
    };
    return { request, gladlyCustomerId: conversation.customerId };
  }

  private refuse(
    mode: SurveyMode,
    name: RefusalName,
    detail: string,
    answered: number | undefined,
    conversationId?: string,
  ): RecordedRequest {
    return this.intake.take({
      way: "webhook",
      mode,
      request: { channel: "", ...(conversationId === undefined ? {} : { ext_interaction_id: conversationId }) },
      refusal: { kind: "refused", name, detail },
      ...(answered === undefined ? {} : { answered }),
    });
  }
}

function readEvent(body: string): Event | undefined {
  return Event.safeParse(parsedJson(body)).data;
}

function channelOf(
  items: readonly ConversationItem[],
  { webhookChannel, webhookChannels }: StellaSettings["assumptions"],
): string {
  const channels = items.flatMap((item) => webhookChannels[item.content.type ?? ""] ?? []);
  return (webhookChannel === "first" ? channels[0] : channels.at(-1)) ?? CHANNEL_WITHOUT_MESSAGES;
}

function addressOf({ emails }: Customer, which: "primary" | "first" | "usable"): string | undefined {
  const ordered = emails ?? [];
  const marked = ordered.find(({ primary }) => primary) ?? ordered[0];
  if (which === "primary") return marked?.original;
  if (which === "first") return ordered[0]?.original;
  return ordered.find(({ original }) => /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(original))?.original;
}
