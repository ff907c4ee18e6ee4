/** A cdktf app for tests that only read the stacks' JSON. cdktf creates its output folder at once, even if unused. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App } from "cdktf";

const folder = mkdtempSync(join(tmpdir(), "stacks-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

export function unwrittenApp(): App {
  return new App({ outdir: folder, skipValidation: true });
}
