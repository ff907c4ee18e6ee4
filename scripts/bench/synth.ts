/** Synthesizing every environment, compared with a bare cdktf app with as many resources. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { type Row, spread } from "./rows";
import { inTurns, timed } from "./timed";

const root = resolve(__dirname, "../..");
const GROUP = "Synthesizing every environment";

export async function synthRows(runs: number): Promise<readonly Row[]> {
  const out = mkdtempSync(join(tmpdir(), "bench-"));
  const bare = join(root, `.bench-bare-${process.pid}.cjs`);
  try {
    const ours = () => synth(["-r", join(root, "bin/typescript.cjs"), "stacks/main.ts"], out);
    await ours();
    const sizes = readdirSync(join(out, "stacks")).map((name) => resources(join(out, "stacks", name, "cdk.tf.json")));
    // In the project's folder, where Node finds its packages.
    writeFileSync(bare, bareApp(sizes));
    const names = [
      `${sizes.length} stacks, ${sizes.reduce((sum, size) => sum + size, 0)} resources`,
      "a bare cdktf app with as many",
    ] as const;
    const results = await inTurns(runs, { [names[0]]: ours, [names[1]]: () => synth([bare], out) });
    return names.map((what, index): Row => {
      const samples = (results[what] ?? []).map(({ wall }) => wall);
      const goal = { words: "under 1 s", met: spread(samples).median < 1000 };
      return {
        group: GROUP,
        what,
        unit: "ms",
        samples,
        ...(index === 0 ? { against: names[1], goal, bound: "loading cdktf and the AWS constructs" } : {}),
      };
    });
  } finally {
    rmSync(bare, { force: true });
    rmSync(out, { recursive: true });
  }
}

const synth = (args: readonly string[], outdir: string) =>
  timed({ command: process.execPath, args, cwd: root, env: { ...process.env, CDKTF_OUTDIR: outdir } });

function resources(file: string): number {
  const { resource = {} }: { resource?: Record<string, Record<string, unknown>> } = JSON.parse(
    readFileSync(file, "utf8"),
  );
  return Object.values(resource).reduce((sum, ofType) => sum + Object.keys(ofType).length, 0);
}

const bareApp = (sizes: readonly number[]) => `
const { App, TerraformStack, TerraformResource } = require("cdktf");
const app = new App({ outdir: process.env.CDKTF_OUTDIR });
${JSON.stringify(sizes)}.forEach((size, at) => {
  const stack = new TerraformStack(app, "bare-" + at);
  for (let one = 0; one < size; one += 1) new TerraformResource(stack, "one-" + one, { terraformResourceType: "terraform_data" });
});
app.synth();
`;
