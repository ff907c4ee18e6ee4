import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { GladlySetup } from "../../provider/support/gladly-core";
import { run } from "../../support/run";
import { project } from "../../support/scratch";
import { beforeEachTest } from "./each-test";
import type { Workspace } from "./harness";

let setup: GladlySetup;
let workspace: Workspace;
beforeEachTest(
  (made) => {
    ({ setup, workspace } = made);
  },
  { variables: { TF_VAR_webhook_password: "x" } },
);

/** Every file in a folder, by its path. */
function files(folder: string): Readonly<Record<string, string>> {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const paths = entries.map((entry) => join(entry.parentPath, entry.name)).sort();
  return Object.fromEntries(paths.map((path) => [path.slice(folder.length + 1), readFileSync(path, "utf8")]));
}

describe("the constructs", () => {
  it("are what the real cdktf get generates from the provider (npm run bindings)", async () => {
    const scratch = mkdtempSync(join(tmpdir(), "bindings-"));
    try {
      const tsx = join(project, "node_modules", ".bin", "tsx");
      const options = { cwd: project, env: process.env };
      const built = await run(tsx, ["scripts/build.ts", "--out", join(scratch, "mirror")], options);
      expect(built).toMatchObject({ code: 0, err: "" });
      const made = await run(
        tsx,
        ["scripts/generate-bindings.ts", "--out", join(scratch, "out"), "--mirror", join(scratch, "mirror")],
        options,
      );
      expect(made).toEqual({ code: 0, out: "", err: "" });
      expect(files(join(scratch, "out"))).toEqual(
        files(join(project, "src", "deploy", "constructs", "generated", "gladly")),
      );
    } finally {
      rmSync(scratch, { recursive: true, force: true });
    }
  });
});

describe("the examples", () => {
  it("are all planned by the real terraform without an error", async () => {
    await setup.call("POST", "/api/v1/webhooks", {
      url: "https://others.example.com/gladly",
      events: ["CONVERSATION/CLOSED"],
    });
    const folders = ["resources", "data-sources"].flatMap((kind) =>
      readdirSync(join(project, "examples", kind)).map((name) => join(kind, name)),
    );
    const calls = folders.map((folder) => {
      const name = folder.replace(/\W/g, "_");
      const target = join(workspace.folder, name);
      mkdirSync(target);
      // Only a root module can have import blocks, so resources are planned without them.
      for (const file of readdirSync(join(project, "examples", folder)).filter((file) => !file.startsWith("import"))) {
        writeFileSync(join(target, file), readFileSync(join(project, "examples", folder, file)));
      }
      writeFileSync(
        join(target, "versions.tf"),
        'terraform {\n  required_providers {\n    gladly = {\n      source = "terraform.local/relay/gladly"\n    }\n  }\n}\n',
      );
      const variables =
        folder.endsWith("gladly_webhook") && folder.startsWith("resources") ? '\n  webhook_password = "x"' : "";
      return `module "${name}" {\n  source = "./${name}"${variables}\n}`;
    });
    workspace.write(calls.join("\n"));
    await workspace.init();
    const plan = await workspace.plan();
    expect(plan).toMatchObject({ errors: [], warnings: [], code: 2 });
    expect(plan.changes).toHaveLength(3);
    expect(folders).toHaveLength(13);
  });
});
