/** A cdktf app whose stacks a test asks for their JSON: cdktf makes the folder of its output at once, even unused. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App } from "cdktf";

const folder = mkdtempSync(join(tmpdir(), "stacks-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

export function unwrittenApp(): App {
  return new App({ outdir: folder, skipValidation: true });
}
