/** Opens an environment's relay for an operator's command: its ledger and queue, on AWS or on one machine. */
import { CommandError, type Invocation, stringOption, type Terminal } from "../../cli/command";
import { environmentsFolder } from "../../contract/locations";
import { didYouMean } from "../../contract/nearest";
import {
  type AwsEnvironment,
  type Environment,
  environmentNames,
  homeOf,
  isOnAws,
  loadEnvironments,
  relayedBy,
} from "../../environment";
import { explainedAwsError } from "./aws-errors";
import type { OpenRelay } from "./opened-relay";

/** The options of every operator's command. */
export const OPERATOR_OPTIONS = {
  environment: { type: "string", short: "e" },
  json: { type: "boolean" },
} as const;
export const ENVIRONMENT_HELP = "  -e, --environment <name>  Environment of the relay. [sandbox]";
export const OPERATOR_HELP = `${ENVIRONMENT_HELP}
  --json                    One JSON object, for scripts.`;

/** Runs a command on the relay of `--environment`, and closes it afterwards. */
export async function withRelay(
  invocation: Invocation,
  terminal: Terminal,
  use: (relay: OpenRelay) => Promise<number>,
  /** The last part of the name of the policy that the user needs on AWS. */
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

/** Milliseconds for a server on this machine to start its answer. */
const ANSWER_BUDGET_MS = 2_000;

/** Whether a server still answers at an address. */
export async function isAnswering(url: string): Promise<boolean> {
  const request = new AbortController();
  const timeout = setTimeout(() => request.abort(), ANSWER_BUDGET_MS);
  try {
    await fetch(url, { signal: request.signal });
    return true;
  } catch {
    return false;
  } finally {
    clearTimeout(timeout);
    // The rest of the answer is not read. Without this it would keep the connection and this process open.
    request.abort();
  }
}

/**
 * The environment with that name. It reads only its file, so that errors in other files do not block an operation.
 *
 * @throws CommandError if there is none; EnvironmentFaults with the errors in its file
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

/**
 * The same for a command about AWS.
 *
 * @param otherwise the end of the sentence for an environment that is on one machine
 * @throws CommandError also for such an environment
 */
export function findAwsEnvironment(name: string, terminal: Terminal, otherwise: string): AwsEnvironment {
  const environment = findEnvironment(name, terminal);
  if (isOnAws(environment)) return environment;
  throw new CommandError(`environment ${name} is on one machine${otherwise}`);
}

/** Loads only the libraries of the environment's platform: the AWS SDK takes longer than all the rest. */
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
