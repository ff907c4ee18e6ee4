import { z } from "zod";
import { parseConfiguration } from "../../../src/contract/relay-configuration";
import { variableFaults } from "../../../src/deploy/stacks/function-variables";
import { attributes, environment, integration, json } from "./samples";

const policy = {
  channels: { SMS: null },
  otherChannel: null,
  tags: [],
  // Gladly's ids look random, but must not count as secrets.
  bots: ["0NYHJ-dBhHErOPLMOG2PoQ", "greeter@example.com"],
  oncePerConversation: true,
} as const;
const change = { policy: { ...policy, tags: [], bots: [...policy.bots] } };

const Variables = z.object({ variables: z.record(z.string(), z.string()) });
const variables = (of: ReturnType<typeof json>, name: string) =>
  Variables.parse(attributes(of, "aws_lambda_function", `relay_${name}`).environment).variables;

describe("a policy on AWS", () => {
  const plain = json(integration(environment("production")));
  const stack = json(integration(environment("production", change)));

  it("is passed to the worker unchanged, and changes nothing else", () => {
    const worker: unknown = JSON.parse(variables(stack, "worker").RELAY_CONFIGURATION ?? "");
    const read = parseConfiguration(JSON.stringify({ ...Object(worker), surveyMode: "test" }), "the test").policy;
    expect(read).toMatchObject({ otherChannel: null, tags: [], bots: policy.bots, oncePerConversation: true });
    expect(read.channels).toMatchObject({ SMS: null, CHAT: "chat" });

    const untold = { ...attributes(stack, "aws_lambda_function", "relay_worker") };
    expect(untold).not.toEqual(attributes(plain, "aws_lambda_function", "relay_worker"));
    const functions = { ...stack.resource.aws_lambda_function, relay_worker: null };
    expect(functions).toEqual({ ...plain.resource.aws_lambda_function, relay_worker: null });
    expect({ ...stack.resource, aws_lambda_function: null }).toEqual({ ...plain.resource, aws_lambda_function: null });
  });

  it.each([
    [undefined, 14],
    [90, 14],
    [10, 10],
  ])("with retentionDays %s keeps parked events for %s days, and waiting ones for 14", (retentionDays, days) => {
    const of = json(integration(environment("production", { policy: { retentionDays } })));
    const kept = (queue: string) => attributes(of, "aws_sqs_queue", queue).message_retention_seconds;
    expect(kept("relay_queue_dlq")).toBe(days * 86_400);
    expect(kept("relay_queue_main")).toBe(14 * 86_400);
  });

  it("is not passed when the file has none", () => {
    for (const name of ["ingest", "worker", "watchdog"])
      expect(JSON.parse(variables(plain, name).RELAY_CONFIGURATION ?? "")).not.toHaveProperty("policy");
  });
});

describe("a policy that is longer than AWS allows", () => {
  const bots = (count: number) => Array.from({ length: count }, (_, index) => `bot-${100 + index}@example.com`);
  const faults = (count: number, more = {}) =>
    variableFaults(
      environment("production", { policy: { bots: bots(count), brand: "one" }, ...more }),
      "production.ts",
    );

  it("is an error of the file, with its size and what to shorten", () => {
    expect(faults(200)).toEqual([
      {
        file: "production.ts",
        path: "policy",
        remedy: expect.stringMatching(
          /^is \d+ bytes too long: AWS takes 4096 for .*the worker's would be \d{4}\. Shorten .* policy\.bots \(4401\), /,
        ),
      },
    ]);
  });

  it("is an error from the first byte over Lambda's limit, counted as JSON in production", () => {
    const measured = (count: number) => {
      const live = {
        surveyMode: "production",
        manualSteps: { integratedChannel: { by: "a", on: "2026-11-22" } },
      } as const;
      const stack = json(
        integration(environment("production", { policy: { bots: bots(count), brand: "one" }, ...live })),
      );
      const worker = variables(stack, "worker");
      // An expression at synth. After an apply it can be as long as Gladly's longest id.
      return Buffer.byteLength(JSON.stringify({ ...worker, RELAY_DO_NOT_SEND_TOPIC_ID: "x".repeat(50) }));
    };
    const most =
      Array.from({ length: 200 }, (_, index) => index).filter((count) => faults(count).length === 0).length - 1;
    expect(measured(most)).toBeLessThanOrEqual(4096);
    expect(measured(most + 1)).toBeGreaterThan(4096);
  });

  it("is also an error for a draining relay", () => {
    expect(faults(200, { delivery: "direct", draining: "enrich" })).toHaveLength(1);
  });

  it("is empty if no policy is written", () => {
    expect(variableFaults(environment("production"), "production.ts")).toEqual([]);
  });
});
