/** Time and memory of a preview, which reads every conversation that was closed in the last 24 hours and decides each twice. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { EnvironmentSchema } from "../../src/environment/schema";
import { lookUpPolicy, previewConfiguration } from "../../src/features/preview/configuration";
import { readCloses } from "../../src/features/preview/gather-closes";
import { summarize } from "../../src/features/preview/summarize";
import { startSandbox, type TestSandbox } from "../../src/testing";
import sandboxEnvironment from "../../stacks/environments/sandbox";
import { rememberingTerminal } from "../../test/support/terminal";
import type { Row } from "./rows";
import { timed } from "./timed";

const root = resolve(__dirname, "../..");

/** The sandbox's Gladly answers without its limit of ten requests a second, which takes most of a preview's time otherwise. */
export async function conversationRows(sizes: readonly number[]): Promise<readonly Row[]> {
  const sandbox = await startSandbox();
  try {
    const rows: Row[] = [];
    let made = 0;
    for (const size of sizes) {
      for (; made < size; made += 1) await sandbox.closeConversation(await sandbox.openConversation());
      const { wall, memory } = await timed(previewOf(sandbox));
      const what = `relay preview, ${size} conversations`;
      rows.push(
        { group: "Growth", what, unit: "ms", samples: [wall], bound: "two requests to Gladly for each" },
        { group: "Growth", what: `${what}, memory`, unit: "MB", samples: [memory] },
      );
    }
    return rows;
  } finally {
    await sandbox.close();
  }
}

function previewOf({ gladlyUrl, credentials }: TestSandbox) {
  const args = ["--require", "tsx/cjs", __filename, gladlyUrl, credentials.gladlyUser, credentials.gladlyToken];
  return { command: process.execPath, args, cwd: root };
}

/** What the command does, without reading Stella's profiles. */
async function preview(url: string, user: string, token: string): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "bench-"));
  const environment = EnvironmentSchema.parse({ ...sandboxEnvironment, gladly: { url, user } });
  const proposed = previewConfiguration(environment);
  const read = await readCloses(
    {
      ...{ environment, token, policy: lookUpPolicy(proposed.policy, proposed.policy), requestsPerSecond: 1e6 },
      ...{ limit: undefined, cache: join(folder, "closes.jsonl"), fresh: true, clock: { now: Date.now } },
    },
    rememberingTerminal(),
  );
  summarize({
    ...{ environment: environment.name, present: proposed, proposed, base: null, baseMissing: null, sample: null },
    ...{ conversations: read.conversations, malformed: read.malformed, reopenedSince: read.reopenedSince },
    window: { from: new Date(read.from).toISOString(), to: new Date(read.to).toISOString() },
    vendorData: { ...read.names, profiles: undefined },
    notChecked: "not needed",
  });
  rmSync(folder, { recursive: true });
}

if (require.main === module) {
  const [url = "", user = "", token = ""] = process.argv.slice(2);
  void preview(url, user, token);
}
