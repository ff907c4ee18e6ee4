/** `relay explain`: why a survey was or was not sent. */
import { z } from "zod";
import { localAddresses } from "../environment";
import { type Command, CommandError, EXIT, stringOption } from "./command";

const Explanation = z.object({
  conversationId: z.string().nullish(),
  eventId: z.string().nullish(),
  state: z.string(),
  reason: z.string().nullish(),
  surveyMode: z.string().nullish(),
  receivedAt: z.string().nullish(),
  finishedAt: z.string().nullish(),
  attempts: z.number().nullish(),
  duplicates: z.number().nullish(),
});
type Explanation = z.infer<typeof Explanation>;

export const command: Command = {
  summary: "why a survey was or was not sent for a conversation",
  usage: "<conversation> [--environment <name>] [--json]",
  help: `
Asks the running relay what became of each close of a conversation.

Options
  --environment <name>  Whose relay to ask. [sandbox]
  --json                A JSON array, for scripts.

Examples
  relay explain Wd6Jq1uXQfS0c9PzKt3Myg
  relay explain -- -Jq1uXQfS0c9PzKt3Mygx      an id that begins with a dash
`,
  options: { environment: { type: "string" }, json: { type: "boolean" } },
  positionals: { min: 1, max: 1 },
  async run(invocation, terminal) {
    const conversation = invocation.positionals[0] ?? "";
    const environment = stringOption(invocation, "environment") ?? "sandbox";
    const { operations } = localAddresses(environment, terminal.env);
    const found = await ask(`${operations}/explain?conversation=${encodeURIComponent(conversation)}`, environment);
    if (invocation.values.json) terminal.out(`${JSON.stringify(found, undefined, 2)}\n`);
    else terminal.out(found.map(describe).join("\n"));
    if (found.length > 0) return EXIT.ok;
    terminal.err(`The relay of ${environment} knows of no close of conversation ${conversation}.\n`);
    return EXIT.failed;
  },
};

async function ask(url: string, environment: string): Promise<readonly Explanation[]> {
  let response: Response;
  try {
    response = await fetch(url);
  } catch {
    throw new CommandError(
      `the relay of ${environment} does not answer at ${new URL(url).origin}. Start it: relay serve ${environment}`,
    );
  }
  if (!response.ok) throw new CommandError(`the relay answered ${response.status} to ${url}`);
  return z.array(Explanation).parse(await response.json());
}

function describe(explanation: Explanation): string {
  const { state, reason, surveyMode, receivedAt, finishedAt, attempts, duplicates, eventId } = explanation;
  const rows: readonly (readonly [string, string | number | null | undefined])[] = [
    ["outcome", reason ? `${state}: ${reason}` : state],
    ["survey mode", surveyMode],
    ["event", eventId],
    ["received", receivedAt],
    ["finished", finishedAt],
    ["attempts", attempts],
    ["duplicates dropped", duplicates],
  ];
  return rows
    .filter(([, value]) => value !== null && value !== undefined)
    .map(([label, value]) => `${label.padEnd(20)}${value}\n`)
    .join("");
}
