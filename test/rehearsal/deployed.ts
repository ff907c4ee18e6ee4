/**
 * Acts as Lambda, API Gateway, the event source mapping and the schedule, with the applied settings: each function's archive,
 * handler, variables and time limit, read from AWS at each call.
 */
import { createHash } from "node:crypto";
import { createWriteStream, mkdirSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { pipeline } from "node:stream/promises";
import { SQSClient } from "@aws-sdk/client-sqs";
import { AwsClient } from "aws4fetch";
import { openPromise } from "yauzl";
import { z } from "zod";
import { EventSource } from "../relay/aws/support/event-source";
import { Gateway } from "../relay/aws/support/gateway";
import { type InvocationResult, Lambda } from "../relay/aws/support/lambda-host";
import { accessKey, type Caller } from "./access-keys";

const FunctionSettings = z.looseObject({
  FunctionName: z.string(),
  Version: z.string(),
  CodeSha256: z.string(),
  Handler: z.string(),
  Timeout: z.number(),
  Environment: z.object({ Variables: z.record(z.string(), z.string()) }),
});
type FunctionSettings = z.infer<typeof FunctionSettings>;
const Mappings = z.object({
  EventSourceMappings: z.array(
    z.looseObject({
      EventSourceArn: z.string(),
      FunctionArn: z.string(),
      State: z.string(),
      BatchSize: z.number(),
      FunctionResponseTypes: z.array(z.string()).optional(),
    }),
  ),
});
const Schedule = z.looseObject({ State: z.string(), Target: z.looseObject({ Arn: z.string() }) });

export interface DeployedOptions {
  readonly aws: () => string;
  readonly region: string;
  readonly account: string;
  /** The folder with the archives that Terraform applied. */
  readonly archives: string;
  /** The folder for unpacked archives. */
  readonly folder: string;
  /** Additional variables: the address of AWS, and the trusted certificates. */
  readonly variables: (name: Caller) => Readonly<Record<string, string>>;
}

type Name = "ingest" | "worker" | "watchdog";

export class Deployed {
  private readonly running = new Map<Name, { readonly key: string; readonly lambda: Lambda }>();
  private readonly ended: Lambda[] = [];
  private source: { readonly mapping: string; readonly feed: EventSource } | undefined;
  private readonly sqs: SQSClient[] = [];
  environment = "staging";
  region: string;

  private constructor(
    private readonly options: DeployedOptions,
    readonly gateway: Gateway,
  ) {
    this.region = options.region;
  }

  static async start(options: DeployedOptions): Promise<Deployed> {
    const gateway = await Gateway.start((event) => deployed.invoke("ingest", event));
    const deployed: Deployed = new Deployed(options, gateway);
    return deployed;
  }

  /** Calls the version that the alias points to. */
  async invoke(name: Name, event: unknown): Promise<InvocationResult> {
    return (await this.lambda(name)).invoke(event);
  }

  /** Calls the watchdog, as the schedule does every five minutes. */
  async tick(): Promise<InvocationResult> {
    const schedule = Schedule.parse(await this.ask("scheduler", `/schedules/${this.named("watchdog")}`));
    if (schedule.State !== "ENABLED") throw new Error(`the schedule is ${schedule.State}`);
    if (!schedule.Target.Arn.endsWith(`:function:${this.named("watchdog")}:live`)) throw new Error(schedule.Target.Arn);
    return this.invoke("watchdog", { time: new Date().toISOString() });
  }

  /** Feeds the worker as the applied event source mapping says. Does nothing if there is none, or if it is disabled. */
  async feed(): Promise<void> {
    const { EventSourceMappings } = Mappings.parse(await this.ask("lambda", "/2015-03-31/event-source-mappings/"));
    const worker = `:function:${this.named("worker")}:live`;
    const mapping = EventSourceMappings.find(({ FunctionArn }) => FunctionArn.endsWith(worker));
    const wanted = mapping?.State === "Enabled" ? mapping : undefined;
    if (this.source?.mapping === wanted?.EventSourceArn) return;
    await this.source?.feed.stop();
    this.source = undefined;
    if (wanted === undefined) return;
    if (!wanted.FunctionResponseTypes?.includes("ReportBatchItemFailures"))
      throw new Error("the mapping does not report batch item failures");
    const credentials = { accessKeyId: accessKey("worker"), secretAccessKey: "of-no-use-anywhere" };
    const client = new SQSClient({ region: this.region, endpoint: this.options.aws(), credentials });
    this.sqs.push(client);
    const queue = wanted.EventSourceArn.split(":").at(-1);
    const queueUrl = `${this.options.aws()}/${this.options.account}/${queue}`;
    const invoke = (event: unknown) => this.invoke("worker", event);
    this.source = {
      mapping: wanted.EventSourceArn,
      feed: new EventSource({ client, queueUrl, invoke, concurrency: 2 }),
    };
  }

  /** The output of all functions. */
  output(): string {
    return [...this.ended, ...[...this.running.values()].map(({ lambda }) => lambda)]
      .flatMap(({ output }) => output)
      .join("");
  }

  async stop(): Promise<void> {
    await this.source?.feed.stop();
    for (const { lambda } of this.running.values()) await lambda.stop();
    await this.gateway.stop();
    for (const client of this.sqs) client.destroy();
  }

  private named(what: string): string {
    return `relay-${this.environment}-${what}`;
  }

  private async lambda(name: Name): Promise<Lambda> {
    const path = `/2015-03-31/functions/${this.named(name)}/configuration?Qualifier=live`;
    const found = FunctionSettings.parse(await this.ask("lambda", path));
    const key = JSON.stringify(found);
    const known = this.running.get(name);
    if (known?.key === key) return known.lambda;
    const file = await this.unpacked(found);
    const variables = {
      ...{ PATH: process.env.PATH ?? "", LAMBDA_TASK_ROOT: dirname(file) },
      ...{ AWS_LAMBDA_FUNCTION_NAME: found.FunctionName, AWS_LAMBDA_FUNCTION_VERSION: found.Version },
      ...this.options.variables(name),
      ...found.Environment.Variables,
    };
    const lambda = new Lambda({ file, handler: found.Handler, timeout: found.Timeout, variables });
    this.running.set(name, { key, lambda });
    if (known !== undefined) {
      await known.lambda.stop();
      this.ended.push(known.lambda);
    }
    return lambda;
  }

  /** Unpacks the archive with the digest that AWS has for the function. */
  private async unpacked({ CodeSha256, FunctionName }: FunctionSettings): Promise<string> {
    const archive = archivesBelow(this.options.archives).find((path) => digestOf(path) === CodeSha256);
    if (archive === undefined) throw new Error(`no applied archive has the digest of ${FunctionName}`);
    const folder = join(this.options.folder, Buffer.from(CodeSha256, "base64").toString("hex"));
    const zip = await openPromise(archive);
    try {
      for await (const entry of zip.eachEntry()) {
        if (entry.fileName.endsWith("/")) continue;
        const path = join(folder, entry.fileName);
        mkdirSync(dirname(path), { recursive: true });
        await pipeline(await zip.openReadStreamPromise(entry), createWriteStream(path));
      }
    } finally {
      zip.close();
    }
    return join(folder, "index.js");
  }

  private async ask(service: string, path: string): Promise<unknown> {
    return JSON.parse(await this.call(service, path));
  }

  /** Calls AWS as AWS itself does. */
  async call(service: string, path: string, init: RequestInit = {}): Promise<string> {
    const credentials = { accessKeyId: accessKey("host"), secretAccessKey: "of-no-use-anywhere" };
    const client = new AwsClient({ ...credentials, region: this.region, service, retries: 0 });
    const response = await client.fetch(`${this.options.aws()}${path}`, init);
    const text = await response.text();
    if (!response.ok) throw new Error(`${service} answered ${response.status} to ${path}: ${text}`);
    return text;
  }
}

function archivesBelow(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(".zip"))
    .map((entry) => join(entry.parentPath, entry.name));
}

function digestOf(path: string): string {
  return createHash("sha256").update(readFileSync(path)).digest("base64");
}
