/** An environment's relay as an operator's commands need it: its ledger and its queue, wherever they are. */
import { CommandError, type Invocation, stringOption, type Terminal } from "../../cli/command";
import { environmentsFolder } from "../../contract/locations";
import { didYouMean } from "../../contract/nearest";
import { type Environment, environmentNames, homeOf, isOnAws, loadEnvironments, relayedBy } from "../../environment";
import { explainedAwsError } from "./aws-errors";
import type { OpenRelay } from "./opened-relay";

/** The option that every operator's command has. */
export const ENVIRONMENT_OPTION = { environment: { type: "string", short: "e" } } as const;
export const ENVIRONMENT_HELP = "  -e, --environment <name>  Environment of the relay. [sandbox]";

/** Runs a command on the relay that `--environment` names, and lets go of it afterwards. */
export async function withRelay(
  invocation: Invocation,
  terminal: Terminal,
  use: (relay: OpenRelay) => Promise<number>,
  /** Who may run it on AWS: the last part of the policy's name. */
  role: "operator" | "erasure" = "operator",
): Promise<number> {
  const environment = findEnvironment(stringOption(invocation, "environment") ?? "sandbox", terminal);
  if (relayedBy(environment) === undefined) {
    throw new CommandError(
      `environment ${environment.name} has no relay: with delivery "direct" Gladly posts to Stella itself.`,
    );
  }
  const relay = openRelay(environment, terminal);
  try {
    return await use(relay);
  } catch (error) {
    throw isOnAws(environment) ? explainedAwsError(error, environment, `relay-${environment.name}-${role}`) : error;
  } finally {
    relay.close();
  }
}

/** Milliseconds for a server on this machine to begin its answer. */
const ANSWER_BUDGET_MS = 2_000;

/** Whether something answers there: a server of this home that is still running. */
export async function isAnswering(url: string): Promise<boolean> {
  const request = new AbortController();
  const late = setTimeout(() => request.abort(), ANSWER_BUDGET_MS);
  try {
    await fetch(url, { signal: request.signal });
    return true;
  } catch {
    return false;
  } finally {
    clearTimeout(late);
    // The rest of an answer is not read; it would keep the connection, and this process with it.
    request.abort();
  }
}

/**
 * The environment of that name. Only its file is read: an unfinished one beside it must not keep anybody from an operation.
 *
 * @throws CommandError when there is none; EnvironmentFaults with what is wrong in its file
 */
export function findEnvironment(name: string, terminal: Terminal): Environment {
  const folder = environmentsFolder(terminal.env);
  const names = environmentNames(folder);
  const [found] = names.includes(name) ? loadEnvironments(folder, [name]) : [];
  if (found !== undefined) return found;
  throw new CommandError(
    `there is no environment "${name}"; there are: ${names.join(", ")}.${didYouMean(name, names)}`,
  );
}

/** Each home's libraries are loaded only when an environment is there: the AWS SDK costs more than all the rest. */
export function openRelay(environment: Environment, terminal: Terminal): OpenRelay {
  if (isOnAws(environment)) {
    const { openAwsRelay }: typeof import("./open-aws-relay") = require("./open-aws-relay");
    return openAwsRelay(environment);
  }
  const { openLocalStores }: typeof import("../../relay/local/stores") = require("../../relay/local/stores");
  const home = openLocalStores(homeOf(environment.name, terminal.env));
  return {
    ...{ environment, ledger: home.ledger, queue: home.queue, close: home.close },
    hasten: (conversationId) => home.queue.hasten(conversationId),
    erase: (customerId) => {
      const { erase }: typeof import("../../relay/local/erase") = require("../../relay/local/erase");
      return erase(home, customerId);
    },
  };
}
