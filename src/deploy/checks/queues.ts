/** Queues and asynchronous calls lose nothing, and no message is processed twice at the same time. */
import { z } from "zod";
import { type Check, ofType, type Resource, refersTo } from "./synthesized";

const Queue = z.looseObject({ visibility_timeout_seconds: z.number().default(30) });
const Timed = z.looseObject({ timeout: z.number().default(3) });
const Feed = z.looseObject({ event_source_arn: z.unknown(), function_name: z.unknown() });

/** A queue that feeds a function keeps the messages that the function cannot process. */
export const deadLetterQueues: Check = (resources) => {
  const redrives = ofType(resources, "aws_sqs_queue_redrive_policy");
  return fedQueues(resources)
    .filter(({ queue }) => !redrives.some(({ attributes }) => refersTo(attributes.queue_url, queue)))
    .map(({ queue }) => ({
      path: queue.path,
      message:
        "a queue that feeds a function needs a dead-letter queue. Otherwise messages that cannot be processed are lost " +
        "after the retention. Add an SqsQueueRedrivePolicy.",
    }));
};

/** Calls by Lambda or a schedule that wait for no answer need a destination for failures. */
export const failureDestinations: Check = (resources) => [
  ...ofType(resources, "aws_scheduler_schedule")
    .filter(({ attributes }) => !JSON.stringify(attributes.target ?? null).includes("dead_letter_config"))
    .map(({ path }) => ({
      path,
      message: "a schedule needs a dead-letter queue. Otherwise a failed call leaves no trace. Set deadLetterConfig.",
    })),
  ...ofType(resources, "aws_scheduler_schedule").flatMap((schedule) =>
    ofType(resources, "aws_lambda_alias")
      .filter((alias) => refersTo(schedule.attributes.target, alias))
      .filter((alias) => !hasFailureDestination(resources, alias))
      .map(({ path }) => ({
        path,
        message:
          "a function that is called asynchronously needs a destination for failures. Add a " +
          "LambdaFunctionEventInvokeConfig with onFailure for this alias.",
      })),
  ),
];

function hasFailureDestination(resources: readonly Resource[], alias: Resource): boolean {
  return ofType(resources, "aws_lambda_function_event_invoke_config").some(
    ({ attributes }) =>
      JSON.stringify(attributes.destination_config ?? null).includes("on_failure") &&
      // Both name the function, the alias by a reference and the configuration by its name or the same reference.
      (attributes.function_name === alias.attributes.function_name ||
        functionNames(resources, alias).includes(String(attributes.function_name))),
  );
}

/** The plain names of the functions that an alias belongs to. */
function functionNames(resources: readonly Resource[], alias: Resource): readonly string[] {
  return ofType(resources, "aws_lambda_function")
    .filter((fn) => refersTo(alias.attributes.function_name, fn))
    .map((fn) => String(fn.attributes.function_name));
}

/** A message must stay hidden while it is processed, including retries of the batch. AWS recommends six times the timeout. */
export const visibility: Check = (resources) =>
  fedQueues(resources).flatMap(({ queue, functions }) => {
    const hidden = Queue.parse(queue.attributes).visibility_timeout_seconds;
    return functions
      .map((fn) => Timed.parse(fn.attributes).timeout)
      .filter((timeout) => hidden < 6 * timeout)
      .map((timeout) => ({
        path: queue.path,
        message:
          `a message stays hidden for ${hidden} s, but the function that processes it can take ${timeout} s. ` +
          `Set visibilityTimeoutSeconds to at least ${6 * timeout}, six times as long.`,
      }));
  });

function fedQueues(resources: readonly Resource[]) {
  const feeds = ofType(resources, "aws_lambda_event_source_mapping").map(({ attributes }) => Feed.parse(attributes));
  return ofType(resources, "aws_sqs_queue").flatMap((queue) => {
    const mine = feeds.filter((feed) => refersTo(feed.event_source_arn, queue));
    if (mine.length === 0) return [];
    const aliases = ofType(resources, "aws_lambda_alias").filter((alias) =>
      mine.some((feed) => refersTo(feed.function_name, alias)),
    );
    const functions = ofType(resources, "aws_lambda_function").filter(
      (fn) =>
        mine.some((feed) => refersTo(feed.function_name, fn)) ||
        aliases.some((alias) => refersTo(alias.attributes.function_name, fn)),
    );
    return [{ queue, functions }];
  });
}

/** Messages contain customers' events. */
export const queueEncryption: Check = (resources) =>
  ofType(resources, "aws_sqs_queue")
    .filter(
      ({ attributes }) => attributes.sqs_managed_sse_enabled !== true && attributes.kms_master_key_id === undefined,
    )
    .map(({ path }) => ({ path, message: "a queue must be encrypted at rest. Set sqsManagedSseEnabled: true." }));

/** AWS accepts messages over plain HTTP unless a policy denies it. */
export const queueTransport: Check = (resources) => {
  const policies = ofType(resources, "aws_sqs_queue_policy").filter(({ attributes }) =>
    String(attributes.policy).includes("aws:SecureTransport"),
  );
  return ofType(resources, "aws_sqs_queue")
    .filter((queue) => !policies.some(({ attributes }) => refersTo(attributes.queue_url, queue)))
    .map(({ path }) => ({
      path,
      message: "a queue must refuse plain http. Add an SqsQueuePolicy with denyWithoutTls.",
    }));
};
