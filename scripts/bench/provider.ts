/**
 * Measures the provider's start, with a certificate as in Terraform, compared with Node.js alone and the AWS provider. Also a
 * plan of 500 topics without a change, compared with as many `terraform_data`, which are built into Terraform.
 */
import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import * as z from "zod";
import { PROVIDER_SOURCE, providerDist } from "../../src/deploy/build/provider-dist";
import { createCertificate } from "../../src/provider/protocol/transport/certificate";
import { startSandbox, type TestSandbox } from "../../src/testing";
import { awsProviderProgram } from "../../test/support/aws-mirror";
import { ENGINE } from "../../test/support/engine";
import { type Row, spread } from "./rows";
import { inTurns, timed } from "./timed";

const root = resolve(__dirname, "../..");
const START = "The provider's start";
const PLAN = "A plan without a change";
const BARE = "node, to its first output";

/** @param runs how often each is started, alternately */
export async function providerStartRows(runs: number): Promise<readonly Row[]> {
  const aws = awsProviderProgram();
  const results = await inTurns(runs, {
    [BARE]: () => untilFirstOutput(process.execPath, ["-e", "console.log(0)"]),
    "gladly, to its handshake": () => untilFirstOutput(program()),
    "hashicorp/aws 5.100.0, to its handshake": aws ? () => untilFirstOutput(aws) : undefined,
  });
  const bare = spread(results[BARE] ?? []).median;
  return Object.entries(results).map(([what, samples]): Row => {
    const own = what.startsWith("gladly");
    return {
      ...{ group: START, what, unit: "ms", samples, ...(what === BARE ? {} : { against: BARE }) },
      ...(own ? { goal: { words: "under 3 times bare Node.js", met: spread(samples).median < 3 * bare } } : {}),
      bound: own ? "Node.js's own start, and reading one bundle" : "",
    };
  });
}

/** @param runs how often each is planned, alternately */
export async function topicPlanRows(runs: number, sizes: readonly number[]): Promise<readonly Row[]> {
  const sandbox = await startSandbox();
  const folders: string[] = [];
  try {
    const rows: Row[] = [];
    for (const size of sizes) {
      const topics = `${size} topics`;
      const builtIn = `${size} terraform_data`;
      const at = { [topics]: folderWith(gladly(sandbox.gladlyUrl, size)), [builtIn]: folderWith(terraformData(size)) };
      folders.push(...Object.values(at));
      const env = {
        ...process.env,
        ...{ TF_CLI_CONFIG_FILE: join(at[topics] ?? "", "cli.tfrc"), CHECKPOINT_DISABLE: "1", TF_IN_AUTOMATION: "1" },
        GLADLY_USER: sandbox.credentials.gladlyUser,
        GLADLY_TOKEN: sandbox.credentials.gladlyToken,
      };
      const terraform = (cwd: string, ...args: readonly string[]) => timed({ command: ENGINE, args, cwd, env });
      for (const folder of Object.values(at)) {
        await terraform(folder, "init", "-input=false");
        await terraform(folder, "apply", "-auto-approve", "-input=false");
      }
      const before = await topicRequests(sandbox, 0);
      const plan = (folder: string) => async () => (await terraform(folder, "plan", "-input=false")).wall;
      const results = await inTurns(
        runs,
        Object.fromEntries(Object.entries(at).map(([name, folder]) => [name, plan(folder)])),
      );
      const requests = (await topicRequests(sandbox, before.last)).count / runs;
      rows.push(
        ...Object.entries(results).map(
          ([what, samples]): Row => ({
            ...{ group: PLAN, what, unit: "ms", samples },
            ...(what === topics ? { against: builtIn, bound: "Terraform: it asks for each resource by itself" } : {}),
          }),
        ),
        {
          ...{ group: PLAN, what: `requests to Gladly for ${size} topics`, unit: "requests", samples: [requests] },
          goal: { words: "1, however many", met: requests === 1 },
        },
      );
    }
    return rows;
  } finally {
    for (const folder of folders) rmSync(folder, { recursive: true, force: true });
    await sandbox.close();
  }
}

const Journal = z.array(z.object({ number: z.number(), path: z.string() }));

async function topicRequests(sandbox: TestSandbox, after: number) {
  const entries = Journal.parse(await (await fetch(`${sandbox.gladlyUrl}/_sandbox/journal?after=${after}`)).json());
  const count = entries.filter(({ path }) => path.startsWith("/api/v1/topics")).length;
  return { last: entries.at(-1)?.number ?? after, count };
}

function program(): string {
  const { folder, fileName } = providerDist(root);
  const path = join(folder, `${process.platform}_${process.arch === "x64" ? "amd64" : process.arch}`, fileName);
  if (!existsSync(path)) throw new Error(`${path} is not there. Build it first: npm run build`);
  return path;
}

function folderWith(configuration: string): string {
  const folder = mkdtempSync(join(tmpdir(), "bench-"));
  writeFileSync(join(folder, "main.tf"), configuration);
  const mirror = join(root, "dist/terraform.d/plugins");
  writeFileSync(
    join(folder, "cli.tfrc"),
    `provider_installation {\n  filesystem_mirror {\n    path = "${mirror}"\n  }\n}\n`,
  );
  return folder;
}

const gladly = (url: string, size: number) => `terraform {
  required_providers {
    gladly = { source = "${PROVIDER_SOURCE}" }
  }
}
provider "gladly" {
  url                 = "${url}"
  requests_per_second = 100
}
resource "gladly_topic" "many" {
  count = ${size}
  name  = "Topic \${count.index} of ${size}"
}
`;

export const terraformData = (size: number) => `resource "terraform_data" "many" {
  count = ${size}
  input = "\${count.index}"
}
`;

/** Milliseconds from the start of the process to its first output, which is the handshake line of a provider. */
function untilFirstOutput(path: string, args: readonly string[] = []): Promise<number> {
  const { certificate } = createCertificate();
  return new Promise((done, fail) => {
    const begun = performance.now();
    const child = spawn(path, [...args], {
      stdio: ["ignore", "pipe", "ignore"],
      env: {
        ...process.env,
        TF_PLUGIN_MAGIC_COOKIE: "d602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2",
        PLUGIN_PROTOCOL_VERSIONS: "5,6",
        PLUGIN_CLIENT_CERT: certificate,
      },
    });
    child.once("error", fail);
    child.stdout.once("data", () => {
      const time = performance.now() - begun;
      child.once("exit", () => done(time));
      child.kill("SIGKILL");
    });
  });
}
