/** The whole relay as the stack deploys it, on emulated AWS services: the built bundles with a gateway, a queue and a schedule. */
import { createHash } from "node:crypto";
import { join } from "node:path";
import { basicAuthorization } from "../../../../src/contract/basic-auth";
import { FUNCTIONS, type FunctionRequirements } from "../../../../src/contract/functions";
import type { RelayConfigurationInput } from "../../../../src/contract/relay-configuration";
import type { Variable } from "../../../../src/contract/variables";
import { builtFunctions } from "../../../../src/deploy/build/function-build";
import { type OperatorStores, openOperatorStores } from "../../../../src/relay/aws/operator";
import { dynamoDbClient, sqsClient } from "../../../../src/relay/aws/sdk-clients";
import { project } from "../../../support/scratch";
import { configurationFor, deliver, PASSWORD, PRODUCTION_KEY, TEST_KEY } from "../../support/test-relay";
import type { Upstreams } from "../../support/upstreams";
import { EventSource } from "./event-source";
import { Gateway } from "./gateway";
import { type InvocationResult, Lambda } from "./lambda-host";
import { type AwsCall, LocalAws, REGION } from "./local-aws";
import { createLedgerTable, createQueue } from "./resources";
import type { RuntimeClient } from "./runtime-clients";

export const GLADLY_TOKEN = "gladly-token-for-tests";

type Name = FunctionRequirements["name"];

/** An emulated account with the built bundles. It can have several deployments, one after another. */
export class Site {
  private deployments = 0;

  private constructor(
    readonly aws: LocalAws,
    /** A folder with one folder for each function. */
    readonly bundles: string,
  ) {}

  static async open(): Promise<Site> {
    const aws = await LocalAws.start();
    // The operator's commands and the test use the SDK's environment variables.
    Object.assign(process.env, aws.variables("operator"), { AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true" });
    return new Site(aws, builtFunctions(project));
  }

  /** A unique name for a deployment. */
  nextName(): string {
    this.deployments += 1;
    return `relay-${this.deployments}`;
  }

  async close(): Promise<void> {
    await this.aws.stop();
  }
}

interface Resources {
  readonly main: string;
  readonly parked: string;
  readonly table: string;
}

export interface DeploymentOptions {
  /** Visibility timeout of the queue in seconds. @default 180, as deployed */
  readonly handOut?: number;
  /** The client of the Runtime API that runs the handlers. @default the test's client */
  readonly client?: RuntimeClient;
}

/** Differences from the stack's settings. */
export interface DeploymentSettings {
  readonly variables?: Partial<Record<Variable, string>>;
  /** Seconds. */
  readonly workerTimeout?: number;
}

export class Deployment {
  readonly functions = new Map<Name, Lambda>();
  private readonly retired: Lambda[] = [];
  private source: EventSource | undefined;
  private readonly sqs = sqsClient(REGION);

  private constructor(
    private readonly site: Site,
    private readonly name: string,
    private readonly upstreams: Upstreams,
    readonly resources: Resources,
    private readonly gateway: Gateway,
    readonly operator: OperatorStores,
    private readonly client: RuntimeClient | undefined,
  ) {}

  static async start(site: Site, upstreams: Upstreams, options: DeploymentOptions = {}): Promise<Deployment> {
    const name = site.nextName();
    const resources = await createAll(name, options.handOut ?? 180);
    const gateway = await Gateway.start((event) => deployment.invoke("ingest", event));
    const operator = openOperatorStores({
      ...{ region: REGION, queueUrl: resources.main, parkedQueueUrl: resources.parked, ledgerTable: resources.table },
      clock: { now: () => Date.now() },
    });
    const deployment: Deployment = new Deployment(
      ...([site, name, upstreams, resources, gateway, operator, options.client] as const),
    );
    deployment.setPasswords([PASSWORD]);
    deployment.setSecret("gladly", { token: GLADLY_TOKEN });
    deployment.setSecret("stella-test", { apiKey: TEST_KEY, mode: "test" });
    deployment.setSecret("stella-production", { apiKey: PRODUCTION_KEY, mode: "production" });
    deployment.setSecret("probe", { password: PASSWORD });
    await deployment.deploy();
    return deployment;
  }

  get aws(): LocalAws {
    return this.site.aws;
  }

  /** The name that the stack gives a secret. */
  secret(name: string): string {
    return `relay/${this.name}/${name}`;
  }

  setSecret(name: string, value: unknown): void {
    this.aws.secrets.set(this.secret(name), JSON.stringify(value));
  }

  /** Address that Gladly delivers to. */
  get publicUrl(): string {
    return `${this.gateway.url}/v1/webhooks/gladly`;
  }

  /** Makes exactly these passwords valid once the functions read the secret again. An empty list removes the secret. */
  setPasswords(passwords: readonly string[]): void {
    const verifiers = passwords.map((password, index) => ({
      id: `password-${index}`,
      sha256: createHash("sha256").update(password).digest("hex"),
    }));
    if (verifiers.length === 0) this.aws.secrets.delete(this.secret("inbound"));
    else this.setSecret("inbound", { verifiers });
  }

  /** Replaces the functions with new ones with a new environment, as `cdktf apply` does. */
  async deploy(changes: Partial<RelayConfigurationInput> = {}, settings: DeploymentSettings = {}): Promise<void> {
    await this.source?.stop();
    this.retired.push(...this.functions.values());
    await Promise.all([...this.functions.values()].map((lambda) => lambda.stop()));
    const client = this.client === undefined ? {} : { client: this.client };
    // As in the stack: the watchdog gets Stella's secrets only when it syncs survey answers.
    const bringsBack = changes.surveyMode === "production" && changes.policy?.feedback === true;
    for (const { name, handler, timeout, variables: needed, optional } of FUNCTIONS) {
      const all: Partial<Record<Variable, string>> = { ...this.variables(changes), ...settings.variables };
      const wanted: readonly Variable[] = [...needed, ...(bringsBack || name !== "watchdog" ? optional : [])];
      const given = wanted.flatMap((variable) => (all[variable] === undefined ? [] : [[variable, all[variable]]]));
      const seconds = name === "worker" ? (settings.workerTimeout ?? timeout) : timeout;
      const file = join(this.site.bundles, name, "index.js");
      const environment = { ...this.aws.variables(name), ...Object.fromEntries(given) };
      this.functions.set(name, new Lambda({ file, handler, timeout: seconds, variables: environment, ...client }));
    }
    this.source = new EventSource({
      client: this.sqs,
      queueUrl: this.resources.main,
      invoke: (event) => this.invoke("worker", event),
      concurrency: 2,
    });
  }

  invoke(name: Name, event: unknown): Promise<InvocationResult> {
    const lambda = this.functions.get(name);
    if (lambda === undefined) throw new Error(`no function ${name} is deployed`);
    return lambda.invoke(event);
  }

  /** Kills every process of every function. New invocations start new ones. */
  crash(): void {
    for (const lambda of this.functions.values()) lambda.kill();
  }

  /** Errors of the worker's invocations by the event source mapping since the last deployment. */
  get workerErrors(): readonly string[] {
    return this.source?.errors ?? [];
  }

  /** Calls of a function to AWS resources of this deployment. */
  callsOf(name: Name): readonly AwsCall[] {
    const mine = (resource: string) => resource.includes(`${this.name}-`) || resource.includes(`${this.name}/`);
    return this.aws.calls.filter(
      ({ caller, resource }) => caller === name && (mine(resource) || resource === this.resources.table),
    );
  }

  /** The output of all functions. */
  output(): string {
    return [...this.retired, ...this.functions.values()].flatMap(({ output }) => output).join("");
  }

  /** Posts a body as Gladly does. @returns the status */
  post(body: string | Uint8Array, password = PASSWORD, username = "connect"): Promise<number> {
    return deliver(this.gateway.url, body, {
      authorization: basicAuthorization(username, password),
      "content-type": typeof body === "string" ? "application/json" : "application/octet-stream",
    });
  }

  async stop(): Promise<void> {
    await this.source?.stop();
    await Promise.all([...this.functions.values()].map((lambda) => lambda.stop()));
    await this.gateway.stop();
    this.operator.close();
    this.sqs.destroy();
  }

  private variables(changes: Partial<RelayConfigurationInput>): Partial<Record<Variable, string>> {
    const { surveyMode, ...configuration } = configurationFor(this.upstreams, changes);
    return {
      RELAY_CONFIGURATION: JSON.stringify(configuration),
      RELAY_SURVEY_MODE: surveyMode,
      RELAY_QUEUE_URL: this.resources.main,
      RELAY_PARKED_QUEUE_URL: this.resources.parked,
      RELAY_LEDGER_TABLE: this.resources.table,
      RELAY_INBOUND_SECRET: this.secret("inbound"),
      RELAY_STELLA_SECRET: this.secret(`stella-${surveyMode}`),
      RELAY_STELLA_API_SECRET: this.secret("stella-api-secret"),
      RELAY_GLADLY_SECRET: this.secret("gladly"),
      RELAY_PROBE_SECRET: this.secret("probe"),
      RELAY_PUBLIC_URL: this.publicUrl,
      RELAY_RETRY_SCALE: "0.001",
    };
  }
}

async function createAll(name: string, handOut: number): Promise<Resources> {
  const sqs = sqsClient(REGION);
  const dynamoDb = dynamoDbClient(REGION);
  try {
    await createLedgerTable(dynamoDb, name);
    const main = await createQueue(sqs, `${name}-main`, handOut);
    return { main, parked: await createQueue(sqs, `${name}-parked`, handOut), table: name };
  } finally {
    sqs.destroy();
    dynamoDb.destroy();
  }
}
