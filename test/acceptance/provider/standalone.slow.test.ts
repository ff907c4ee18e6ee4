/** The provider without the rest of the project: the archives for registries and mirrors, and the examples. */
import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { releaseFiles } from "../../../scripts/provider/archive";
import { PROVIDER_SOURCE } from "../../../src/deploy/build/provider-dist";
import type { GladlySetup } from "../../provider/support/gladly-core";
import { project } from "../../support/scratch";
import { beforeEachTest } from "./each-test";
import { type Mirror, VERSION, type Workspace } from "./harness";

let setup: GladlySetup;
let mirror: Mirror;
let workspace: Workspace;
let release: ReadonlyMap<string, Buffer>;

/** A mirror of archives, as a registry hands them out. */
async function packedMirror(): Promise<Mirror> {
  release = await releaseFiles(project, VERSION);
  const folder = mkdtempSync(join(tmpdir(), "packed-"));
  mkdirSync(join(folder, PROVIDER_SOURCE), { recursive: true });
  for (const [name, content] of release) {
    if (name.endsWith(".zip")) writeFileSync(join(folder, PROVIDER_SOURCE, name), content);
  }
  return { folder, program: "" };
}

beforeEachTest(
  (made) => {
    ({ setup, mirror, workspace } = made);
  },
  { variables: { TF_VAR_webhook_password: "x" }, mirror: packedMirror },
);
afterAll(() => rmSync(mirror.folder, { recursive: true, force: true }));

const example = (kind: string, type: string, file: string) =>
  readFileSync(join(project, "examples", kind, type, file), "utf8");

describe("a release", () => {
  it("has an archive for each platform, a manifest, and checksums of all", () => {
    const sums = String(release.get(`terraform-provider-gladly_${VERSION}_SHA256SUMS`));
    const covered = [...release].filter(([name]) => !name.endsWith("SHA256SUMS"));
    expect(sums.trim().split("\n")).toHaveLength(covered.length);
    for (const [name, content] of covered) {
      expect(sums).toContain(`${createHash("sha256").update(content).digest("hex")}  ${name}\n`);
    }
    expect(JSON.parse(String(release.get(`terraform-provider-gladly_${VERSION}_manifest.json`)))).toEqual({
      version: 1,
      metadata: { protocol_versions: ["6.0"] },
    });
  });
});

describe("the examples", () => {
  it.each(readdirSync(join(project, "examples", "resources")))(
    "of %s is applied from the archive, planned without changes, and destroyed",
    async (type) => {
      const text = example("resources", type, "resource.tf").replace(
        /https:\/\/relay\.example\.com[^"]*/,
        setup.receiver.url(),
      );
      workspace.write(text);
      await workspace.init();
      expect(await workspace.apply()).toMatchObject({ code: 0, errors: [] });
      expect(await workspace.plan()).toMatchObject({ code: 0, changes: [], warnings: [] });
      expect((await workspace.destroy()).code).toBe(0);
    },
  );

  it.each(readdirSync(join(project, "examples", "data-sources")))(
    "of data.%s is read from the archive",
    async (type) => {
      await setup.call("POST", "/api/v1/webhooks", {
        url: "https://others.example.com/gladly",
        events: ["CONVERSATION/CLOSED"],
      });
      workspace.write(example("data-sources", type, "data-source.tf"));
      await workspace.init();
      expect(await workspace.apply()).toMatchObject({ code: 0, errors: [], warnings: [] });
    },
  );
});
