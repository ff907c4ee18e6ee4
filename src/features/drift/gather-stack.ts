/** Reads one stack: Terraform's plan after a refresh, and the other webhooks and topics in Gladly. */
import type { Terminal } from "../../cli/command";
import { messageOf } from "../../contract/error-message";
import { SECRET_FILES } from "../../contract/secrets";
import { type Environment, homeOf, isOnAws } from "../../environment";
import { readSecret } from "../../environment/home";
import { type PlanResult, TerraformFailed } from "../../terraform/terraform";
import { planToRead } from "../shared/plan-to-read";
import { gladlyClient } from "../shared/vendor-access";
import { notKnownFor } from "./failures";
import { relayLook } from "./gather-relay";
import type { EnvironmentLook, GladlyLook, NotKnown, StackLook } from "./observation";
import { isNotKnown } from "./observation";

export interface StackTarget {
  readonly stack: string;
  /** Where the stack is synthesized. */
  readonly folder: string;
  /** Undefined for a foundation. */
  readonly environment: Environment | undefined;
  /** The environment's file, relative to the project. */
  readonly file: string;
}

/** @param waitingFor called with each step of Terraform */
export async function lookAtStack(
  target: StackTarget,
  terminal: Terminal,
  waitingFor: (what: string) => void,
): Promise<StackLook> {
  const { stack, environment, file } = target;
  const result = await refreshed(target, terminal, waitingFor);
  if (isNotKnown(result)) {
    if (environment === undefined) return { stack, plan: result };
    return { stack, plan: result, environment: environmentLook(environment, file), gladly: result };
  }
  const { plan, warnings, refused } = result;
  const planned = { stack, plan, warnings, ...(refused === undefined ? {} : { refused }) };
  if (environment === undefined) return planned;
  const gladly = await othersInGladly(environment, terminal);
  // Only sentences about a changed webhook need the relay's memory, and on AWS it costs loading the SDK.
  const changed = plan.resource_drift.some(({ type }) => type === "gladly_webhook");
  const relay = changed ? await relayLook(environment, terminal) : undefined;
  const look = { ...planned, environment: environmentLook(environment, file), gladly };
  return relay === undefined ? look : { ...look, relay };
}

async function refreshed(
  { stack, folder, environment }: StackTarget,
  terminal: Terminal,
  waitingFor: (what: string) => void,
): Promise<(Omit<PlanResult, "clean"> & Pick<StackLook, "refused">) | NotKnown> {
  try {
    return await planToRead("drift", folder, terminal, waitingFor);
  } catch (error) {
    const why = notKnownFor(error, stack, environment);
    // The results of the refresh are still known.
    const unfinished = error instanceof TerraformFailed ? error.unfinished : undefined;
    return unfinished === undefined ? why : { ...unfinished, refused: why };
  }
}

async function othersInGladly(environment: Environment, terminal: Terminal): Promise<GladlyLook | NotKnown> {
  const { url: baseUrl } = environment.gladly;
  const token = tokenOf(environment, terminal.env);
  if (token === undefined) {
    return { notKnown: `There is no token to read ${baseUrl}.`, remedy: "set GLADLY_TOKEN, and try again" };
  }
  const gladly = gladlyClient(environment, token, terminal.stop);
  try {
    return { webhooks: await gladly.webhooks(), topics: await gladly.topics() };
  } catch (error) {
    terminal.stop.throwIfAborted();
    const why = messageOf(error);
    return { notKnown: `${why}.`, remedy: `check that ${baseUrl} answers, and try again` };
  }
}

/** The same token that the Terraform provider uses. */
function tokenOf(environment: Environment, env: NodeJS.ProcessEnv): string | undefined {
  if (isOnAws(environment)) return env.GLADLY_TOKEN || undefined;
  return readSecret(homeOf(environment.name, env), SECRET_FILES.gladlyToken);
}

function environmentLook(
  { delivery, relay, gladly, stella, webhook, topic, policy }: Environment,
  file: string,
): EnvironmentLook {
  return {
    delivery,
    on: relay.on,
    gladlyUrl: gladly.url,
    stellaUrl: stella.url,
    webhookName: webhook.name,
    topicName: topic.name,
    excludedTopics: policy?.exclude?.topics ?? [],
    file,
  };
}
