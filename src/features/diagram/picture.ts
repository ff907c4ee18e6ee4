/**
 * The deployed system as nodes and arrows, read from a synthesized stack. The arrows show what triggers a function and what
 * its policy allows. So the picture always matches the stack.
 */
import { z } from "zod";
import { compareTexts } from "../../contract/compare";

export type NodeKind = "outside" | "endpoint" | "function" | "queue" | "table" | "secret" | "schedule" | "alarms";

export interface PictureNode {
  readonly id: string;
  readonly kind: NodeKind;
  /** First line. */
  readonly label: string;
  /** Second line, smaller. */
  readonly detail?: string;
}

export interface PictureArrow {
  readonly from: string;
  readonly to: string;
  readonly label: string;
}

export interface Picture {
  readonly title: string;
  readonly nodes: readonly PictureNode[];
  readonly arrows: readonly PictureArrow[];
}

const named = <T extends z.ZodType>(schema: T) => z.record(z.string(), schema).default({});
const Named = z.looseObject({ name: z.string() });
const Stack = z.looseObject({
  resource: z.looseObject({
    gladly_webhook: named(z.looseObject({ url: z.string() })),
    aws_apigatewayv2_api: named(Named),
    aws_apigatewayv2_integration: named(z.looseObject({ integration_uri: z.string() })),
    aws_lambda_function: named(
      z.looseObject({
        function_name: z.string(),
        memory_size: z.number(),
        timeout: z.number(),
        environment: z.object({ variables: z.record(z.string(), z.string()) }),
      }),
    ),
    aws_lambda_event_source_mapping: named(z.looseObject({ event_source_arn: z.string(), function_name: z.string() })),
    aws_iam_role_policy: named(z.looseObject({ policy: z.string() })),
    aws_sqs_queue: named(Named),
    aws_sqs_queue_redrive_policy: named(z.looseObject({ queue_url: z.string(), redrive_policy: z.string() })),
    aws_dynamodb_table: named(Named),
    aws_secretsmanager_secret: named(Named),
    aws_scheduler_schedule: named(
      z.looseObject({ name: z.string(), schedule_expression: z.string(), target: z.looseObject({ arn: z.string() }) }),
    ),
    aws_cloudwatch_metric_alarm: named(z.unknown()),
    aws_sns_topic_subscription: named(z.looseObject({ endpoint: z.string() })),
  }),
});
type Resources = z.infer<typeof Stack>["resource"];

const Policy = z.object({
  Statement: z.array(z.looseObject({ Effect: z.string(), Action: z.array(z.string()), Resource: z.array(z.string()) })),
});
const Configuration = z.looseObject({
  delivery: z.string(),
  gladly: z.looseObject({ url: z.string() }),
  stella: z.looseObject({ url: z.string() }),
});

/** @param stack the synthesized JSON of an environment */
export function pictureOf(title: string, stack: unknown): Picture {
  const { resource } = Stack.parse(stack);
  const [webhook] = Object.values(resource.gladly_webhook);
  const gladly: PictureNode = { id: "gladly", kind: "outside", label: "Gladly", detail: "closed conversations" };
  const stella: PictureNode = { id: "stella", kind: "outside", label: "Stella Connect", detail: "surveys" };
  if (Object.keys(resource.aws_lambda_function).length === 0) {
    const url = webhook?.url ?? "";
    return { title, nodes: [gladly, stella], arrows: [{ from: "gladly", to: "stella", label: `delivers to ${url}` }] };
  }
  const arrows = [
    ...triggers(resource),
    ...Object.keys(resource.aws_lambda_function).flatMap((fn) => calls(fn, resource)),
  ];
  return {
    title,
    // By id, because the order of synthesis may change.
    nodes: [gladly, stella, ...awsNodes(resource)].sort((a, b) => compareTexts(a.id, b.id)),
    arrows: arrows.sort((a, b) => compareTexts(`${a.from} ${a.to}`, `${b.from} ${b.to}`)),
  };
}

function awsNodes(resource: Resources): readonly PictureNode[] {
  const alarms = Object.keys(resource.aws_cloudwatch_metric_alarm).length;
  const people = [...new Set(Object.values(resource.aws_sns_topic_subscription).map(({ endpoint }) => endpoint))];
  const [webhook] = Object.values(resource.gladly_webhook);
  const host = /^https:\/\/([^/$]+)/.exec(webhook?.url ?? "")?.[1] ?? "AWS's own address";
  const entries = <T>(byId: Readonly<Record<string, T>>, node: (of: T) => Omit<PictureNode, "id">) =>
    Object.entries(byId).map(([id, of]): PictureNode => ({ id, ...node(of) }));
  return [
    ...entries(resource.aws_apigatewayv2_api, () => ({ kind: "endpoint", label: "HTTP API", detail: host })),
    ...entries(resource.aws_lambda_function, ({ function_name, memory_size, timeout }) => ({
      kind: "function",
      label: lastPart(function_name),
      detail: `${memory_size} MB, ${timeout} s`,
    })),
    ...entries(resource.aws_sqs_queue, ({ name }) => ({ kind: "queue", label: lastPart(name), detail: "queue" })),
    ...entries(resource.aws_dynamodb_table, ({ name }) => ({ kind: "table", label: lastPart(name), detail: "table" })),
    ...entries(resource.aws_secretsmanager_secret, ({ name }) => ({
      kind: "secret",
      label: name.split("/").at(-1) ?? name,
      detail: "secret",
    })),
    ...entries(resource.aws_scheduler_schedule, ({ schedule_expression }) => ({
      kind: "schedule",
      label: "schedule",
      detail: schedule_expression.replace(/^rate\((.*)\)$/, "every $1"),
    })),
    { id: "alarms", kind: "alarms", label: `${alarms} alarms`, detail: people.join(", ") },
  ];
}

/** Triggers: deliveries, messages, schedules. */
function triggers(resource: Resources): readonly PictureArrow[] {
  const aliasOf = (reference: string, id: string) => reference.includes(`aws_lambda_alias.${id}_alias.`);
  const functions = Object.keys(resource.aws_lambda_function);
  const target = (reference: string) => functions.filter((id) => aliasOf(reference, id));
  const queues = Object.keys(resource.aws_sqs_queue);
  const [api = ""] = Object.keys(resource.aws_apigatewayv2_api);
  return [
    { from: "gladly", to: api, label: "webhook" },
    ...Object.values(resource.aws_apigatewayv2_integration).flatMap(({ integration_uri }) =>
      target(integration_uri).map((to) => ({ from: api, to, label: "invokes" })),
    ),
    ...Object.values(resource.aws_lambda_event_source_mapping).flatMap(({ event_source_arn, function_name }) =>
      queues
        .filter((id) => event_source_arn.includes(`aws_sqs_queue.${id}.`))
        .flatMap((from) => target(function_name).map((to) => ({ from, to, label: "feeds" }))),
    ),
    ...Object.values(resource.aws_sqs_queue_redrive_policy).flatMap(({ queue_url, redrive_policy }) =>
      queues
        .filter((id) => queue_url.includes(`aws_sqs_queue.${id}.`))
        .flatMap((from) =>
          queues
            .filter((id) => redrive_policy.includes(`:${resource.aws_sqs_queue[id]?.name ?? ""}"`))
            .map((to) => ({ from, to, label: "poison" })),
        ),
    ),
    ...Object.entries(resource.aws_scheduler_schedule).flatMap(([from, schedule]) =>
      target(schedule.target.arn).map((to) => ({ from, to, label: "wakes" })),
    ),
  ];
}

/** The calls that a function's policy and configuration allow. */
function calls(id: string, resource: Resources): readonly PictureArrow[] {
  const policy = resource.aws_iam_role_policy[`${id}_policy`]?.policy;
  const statements = policy === undefined ? [] : Policy.parse(JSON.parse(policy)).Statement;
  const feeds = Object.values(resource.aws_lambda_event_source_mapping);
  const isFedBy = (queue: string) =>
    feeds.some(
      ({ event_source_arn, function_name }) =>
        event_source_arn.includes(`aws_sqs_queue.${queue}.`) && function_name.includes(`aws_lambda_alias.${id}_alias.`),
    );
  const arrows = statements.flatMap(({ Action, Resource }) =>
    Resource.flatMap((arn) => {
      const to = nodeOf(arn, resource);
      // The arrow from the queue shows it already.
      return to === undefined || isFedBy(to) ? [] : [{ from: id, to, label: verb(Action) }];
    }),
  );
  return [...arrows, ...outside(id, resource)];
}

function nodeOf(arn: string, resource: Resources): string | undefined {
  const ends = (byId: Readonly<Record<string, { name: string }>>, text: (name: string) => string) =>
    Object.entries(byId).find(([, { name }]) => arn.endsWith(text(name)))?.[0];
  return (
    ends(resource.aws_sqs_queue, (name) => `:${name}`) ??
    ends(resource.aws_dynamodb_table, (name) => `:table/${name}`) ??
    ends(resource.aws_secretsmanager_secret, (name) => `:secret:${name}-??????`)
  );
}

function verb(actions: readonly string[]): string {
  if (actions.some((action) => action.endsWith(":GetSecretValue"))) return "reads";
  if (actions.some((action) => action.startsWith("dynamodb:"))) return "reads, writes";
  return "sends";
}

/** A function that reads Gladly's token calls Gladly. One that reads a Stella key calls Stella. */
function outside(id: string, resource: Resources): readonly PictureArrow[] {
  const variables = resource.aws_lambda_function[id]?.environment.variables ?? {};
  const { delivery } = Configuration.parse(JSON.parse(variables.RELAY_CONFIGURATION ?? "{}"));
  return [
    ...(variables.RELAY_GLADLY_SECRET === undefined || (delivery === "forward" && variables.RELAY_STELLA_SECRET)
      ? []
      : [{ from: id, to: "gladly", label: variables.RELAY_PROBE_SECRET === undefined ? "looks up" : "watches" }]),
    ...(variables.RELAY_STELLA_SECRET === undefined
      ? []
      : [{ from: id, to: "stella", label: stellaLabel(variables, delivery) }]),
  ];
}

function stellaLabel(variables: Readonly<Record<string, string>>, delivery: string | undefined): string {
  if (variables.RELAY_STELLA_API_SECRET !== undefined) return "reads answers";
  return delivery === "forward" ? "forwards" : "requests";
}

function lastPart(name: string): string {
  return name.split("-").at(-1) ?? name;
}
