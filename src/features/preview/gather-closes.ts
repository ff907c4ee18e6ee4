/** Reads the last 24 hours of closes from Gladly, with the facts of each, at a share of Gladly's rate. */
import { CommandError, type Terminal } from "../../cli/command";
import { duration, startProgress, withProgress } from "../../cli/progress";
import { needsChannel, needsMessages } from "../../contract/policy";
import { type Environment, homeOf } from "../../environment";
import type { DecisionPolicy } from "../../relay/decide";
import type { Clock, Gladly } from "../../relay/ports";
import { GladlyClient } from "../../vendors/gladly/client";
import { GladlyRefusal, GladlyUnexpectedAnswer, GladlyUnreachable } from "../../vendors/gladly/errors";
import type { Agent } from "../../vendors/gladly/wire";
import { addressDigest, digestKeyName } from "../shared/vendor-access";
import { reopenedAtOnce } from "./as-of";
import type { Agents, CloseFacts, GladlyNames } from "./facts";
import { GatheringStopped, gather } from "./gather";
import { KeptFile, type KeptHead } from "./gather-kept-file";
import { type Close, type ClosedConversation, newestCloses, readHistory } from "./history";

/** The Events API goes back 24 hours; a minute is left for clocks that differ (docs/vendors/gladly-api.md section 14). */
const REACH = 24 * 3_600_000 - 60_000;
/** A day's history of a large organization is one long answer. */
const HISTORY_DEADLINE = 300_000;

/** At ten requests a second an answer may then take most of a second, and the pace is still kept. */
const MOST_AT_ONCE = 8;

export interface ReadClosesOptions {
  readonly environment: Environment;
  readonly token: string;
  readonly policy: DecisionPolicy;
  readonly requestsPerSecond: number;
  /** The newest close events only. */
  readonly limit: number | undefined;
  /** Where to keep what was read. @default `preview.jsonl` in the environment's home */
  readonly cache: string | undefined;
  readonly fresh: boolean;
  readonly clock: Clock;
}

export interface ReadCloses {
  /** Milliseconds since the epoch. */
  readonly from: number;
  readonly to: number;
  readonly conversations: readonly (readonly CloseFacts[])[];
  readonly malformed: number;
  readonly reopenedSince: number;
  readonly names: GladlyNames;
  /** Close events that there are, where not all were read. */
  readonly sampledOf: number | undefined;
  /** To be called when nothing will go wrong any more: what was kept is not needed then. */
  done(): void;
}

/** @throws CommandError when it was stopped or Gladly failed; what was read until then is kept */
export async function readCloses(options: ReadClosesOptions, terminal: Terminal): Promise<ReadCloses> {
  const kept = openKept(options, terminal);
  try {
    return await readThrough(options, kept, terminal);
  } finally {
    kept.close();
  }
}

async function readThrough(options: ReadClosesOptions, kept: KeptFile, terminal: Terminal): Promise<ReadCloses> {
  const { environment, limit, clock } = options;
  const gladly = clientOf(options, terminal);
  const to = clock.now();
  const from = to - REACH;
  const what = `reading Gladly's history of 24 hours at ${environment.gladly.url}`;
  const { history, agents, topics } = await withProgress(terminal, what, () =>
    whileReading(async () => {
      const patient = clientOf(options, terminal, HISTORY_DEADLINE);
      const events = await patient.events(new Date(from), ["CONVERSATION", "CONTACT"]);
      return { history: readHistory(events, to), agents: await gladly.agents(), topics: await gladly.topics() };
    }, terminal),
  );
  const all = history.conversations;
  const conversations = limit === undefined ? all : newestCloses(all, limit);
  const sampled = closesOf(conversations) < closesOf(all);
  return {
    ...{ from, to },
    conversations: await gatherAll(conversations, gladly, kept, options, terminal),
    malformed: sampled ? 0 : history.malformed,
    reopenedSince: conversations.flatMap(({ closes }) => closes).filter(isReopenedLater).length,
    names: { agents: agentsById(agents), topics: new Map(topics.map(({ id, name }) => [id, name])) },
    sampledOf: sampled ? closesOf(all) + history.malformed : undefined,
    done: () => kept.remove(),
  };
}

function agentsById(agents: readonly Agent[]): Agents {
  return new Map(
    agents.map(({ id, name, emailAddress }) => [id, { name: name || undefined, email: emailAddress || undefined }]),
  );
}

/** Only reads: the type has no write. @param deadline milliseconds for one call with its retries */
function clientOf(
  { environment, token, requestsPerSecond }: ReadClosesOptions,
  terminal: Terminal,
  deadline?: number,
): Gladly {
  const { url, user } = environment.gladly;
  const patience = deadline === undefined ? {} : { deadline, attemptTimeout: deadline };
  return new GladlyClient({ baseUrl: url, user, token, requestsPerSecond, signal: terminal.stop, ...patience });
}

function openKept({ environment, token, policy, cache, fresh }: ReadClosesOptions, terminal: Terminal): KeptFile {
  const path = cache ?? `${homeOf(environment.name, terminal.env)}/preview.jsonl`;
  const head: KeptHead = {
    kind: "relay preview, so far",
    version: 3,
    gladly: environment.gladly.url,
    key: digestKeyName(token),
    reads: [
      ...(needsChannel(policy) ? (["channel"] as const) : []),
      ...(policy.tags.includes("inbox") || policy.exclude.inboxes?.length ? (["inbox"] as const) : []),
      ...(needsMessages(policy) ? (["messages"] as const) : []),
    ],
  };
  return new KeptFile(path, head, fresh);
}

async function gatherAll(
  conversations: readonly ClosedConversation[],
  gladly: Gladly,
  kept: KeptFile,
  { policy, token, requestsPerSecond, clock }: ReadClosesOptions,
  terminal: Terminal,
): Promise<readonly (readonly CloseFacts[])[]> {
  const total = closesOf(conversations);
  const needs = { channels: needsChannel(policy), messages: needsMessages(policy) };
  tellPlan(conversations, kept, needs, requestsPerSecond, terminal);
  const progress = startProgress(terminal, "reading closes");
  let read = 0;
  try {
    return await whileReading(
      () =>
        gather(conversations, {
          ...{ gladly, clock, policy, kept, stop: terminal.stop },
          parallel: Math.min(MOST_AT_ONCE, Math.max(2, requestsPerSecond)),
          digest: addressDigest(token),
          onRead: (done) => {
            read = done;
            progress.step({ done, total });
          },
        }),
      terminal,
      () => `${read.toLocaleString("en-US")} of ${total.toLocaleString("en-US")} closes read and kept in ${kept.path}`,
    );
  } finally {
    progress.end();
  }
}

/** What there is to do and how long it will take, before it begins. */
function tellPlan(
  conversations: readonly ClosedConversation[],
  kept: KeptFile,
  { channels, messages }: { readonly channels: boolean; readonly messages: boolean },
  requestsPerSecond: number,
  terminal: Terminal,
): void {
  const left = conversations.filter(({ closes }) => closes.some(({ eventId }) => kept.find(eventId) === undefined));
  const known = closesOf(conversations) - closesOf(left);
  const reads = left.reduce(
    (sum, { closes }) => sum + (messages || (channels && closes.some(({ channel }) => channel === undefined)) ? 3 : 2),
    0,
  );
  const number = (value: number) => value.toLocaleString("en-US");
  const resumed = known === 0 ? "" : ` Read before, in ${kept.path}: ${number(known)}; --fresh reads them again.`;
  const time = duration((reads / requestsPerSecond) * 1000);
  const ahead = reads === 0 ? "" : ` At most ${number(reads)} reads at ${requestsPerSecond} a second: about ${time}.`;
  terminal.err(`${number(closesOf(conversations))} closes to read.${resumed}${ahead}\n`);
}

/** Says what is kept if Gladly fails or the user stops. */
async function whileReading<T>(work: () => Promise<T>, terminal: Terminal, kept?: () => string): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const again = kept === undefined ? "" : ` ${kept()}: the same command continues from there.`;
    if (terminal.stop.aborted || error instanceof GatheringStopped)
      throw new CommandError(`stopped; nothing was sent.${again}`);
    const known = [GladlyRefusal, GladlyUnreachable, GladlyUnexpectedAnswer].some((kind) => error instanceof kind);
    if (!known || !(error instanceof Error)) throw error;
    throw new CommandError(`${error.message}.${again}`);
  }
}

function isReopenedLater(close: Close): boolean {
  return close.reopenedAt !== undefined && !reopenedAtOnce(close);
}

function closesOf(conversations: readonly ClosedConversation[]): number {
  return conversations.reduce((sum, { closes }) => sum + closes.length, 0);
}
