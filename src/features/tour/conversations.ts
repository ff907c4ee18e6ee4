/** Closes conversations: a normal one, one for each reason without a survey, and one that Gladly delivers twice. */
import { DO_NOT_SEND_TOPIC } from "../../contract/topic";
import type { TourContext } from "./context";
import type { NotSent, SurveySeen } from "./facts";
import type { Opening } from "./sandbox-client";

interface Case {
  readonly what: string;
  readonly opening: Opening;
  /** What the relay must say of it. */
  readonly expected: string;
  readonly twice?: true;
}

export interface Closed {
  readonly surveys: readonly SurveySeen[];
  readonly notSent: readonly NotSent[];
  readonly duplicatesDropped: number;
}

export async function closingConversations(context: TourContext): Promise<Closed> {
  const { output, client } = context;
  output.heading("2. Conversations are closed in Gladly");
  const topicId = (await client.gladly.topics()).find(({ name }) => name === DO_NOT_SEND_TOPIC)?.id;
  if (topicId === undefined) throw new Error(`the topic ${DO_NOT_SEND_TOPIC} is not in Gladly`);

  const surveys: SurveySeen[] = [];
  const notSent: NotSent[] = [];
  const rows: string[][] = [];
  let duplicatesDropped = 0;
  for (const entry of cases(topicId)) {
    const { decision, survey, recorded, duplicates, conversation } = await closeOne(context, entry);
    if (decision !== entry.expected) {
      throw new Error(`${entry.what}: expected ${entry.expected}, and the relay says ${decision}`);
    }
    duplicatesDropped += duplicates;
    if (survey) surveys.push(survey);
    else
      notSent.push({
        conversation,
        customer: entry.opening.customer.name,
        reason: decision.split(": ")[1] ?? decision,
        recorded,
      });
    const went = survey
      ? `${survey.recipient} (${survey.mode})`
      : recorded
        ? "nowhere: recorded as not to be sent"
        : "nowhere";
    rows.push([entry.what, `${decision}${duplicates > 0 ? `, ${duplicates} duplicate dropped` : ""}`, went]);
  }
  output.table(["conversation", "the relay", "the survey went to"], rows);
  return { surveys, notSent, duplicatesDropped };
}

function cases(topicId: string): readonly Case[] {
  const customer = (name: string) => ({ name, email: `${name.toLowerCase().replace(" ", ".")}@example.net` });
  return [
    { what: "an ordinary one", opening: { customer: customer("Nora Normal") }, expected: "sent: eligible" },
    {
      what: `one with the topic ${DO_NOT_SEND_TOPIC}`,
      opening: { customer: customer("Dora Discreet"), topicId },
      expected: "recorded: do-not-send-topic",
    },
    {
      what: "one without an agent",
      opening: { customer: customer("Udo Unassigned"), agentId: null },
      expected: "skipped: no-agent",
    },
    {
      what: "one whose customer has no e-mail",
      opening: { customer: { name: "Mia Mailless" } },
      expected: "skipped: no-customer-email",
    },
    {
      what: "one that Gladly delivers twice",
      opening: { customer: customer("Tom Twice") },
      expected: "sent: eligible",
      twice: true,
    },
  ];
}

/** Opens and closes one conversation, and looks at all three sides. */
async function closeOne({ client }: TourContext, { what, opening, twice }: Case) {
  const conversation = await client.open(opening);
  await client.close(conversation);
  let explanation = await client.decided(conversation);
  if (twice) {
    await client.redeliver(explanation.eventId);
    explanation = await client.explained(conversation, ({ duplicates }) => duplicates > 0);
  }
  const request = await client.stellaRequest(conversation);
  const mails = await client.mailsAbout(conversation);
  const sent = explanation.state === "sent";
  if (mails !== (sent ? 1 : 0)) throw new Error(`${what}: ${mails} surveys were mailed`);
  if (sent && request?.recipient == null) throw new Error(`${what}: Stella Connect has sent no survey`);
  const customer = opening.customer.name;
  return {
    conversation,
    decision: [explanation.state, explanation.reason].filter(Boolean).join(": "),
    duplicates: explanation.duplicates,
    recorded: request !== undefined && request.decision === "accepted" && request.recipient === null,
    survey:
      sent && request?.recipient != null
        ? { conversation, customer, mode: request.mode, recipient: request.recipient }
        : undefined,
  };
}
