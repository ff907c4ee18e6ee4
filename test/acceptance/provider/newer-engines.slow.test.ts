/**
 * Features of newer engines: import by identity (Terraform 1.12) and queries (Terraform 1.14). OpenTofu 1.12 has neither.
 * Uses the engine in TERRAFORM_BINARY_NAME, and skips the tests that it is too old for.
 */
import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { GladlySetup } from "../../provider/support/gladly-core";
import { ENGINE } from "../../support/engine";
import { itIf } from "../../support/optional";
import { beforeEachTest } from "./each-test";
import type { Workspace } from "./harness";

const said = spawnSync(ENGINE, ["version", "-json"], { encoding: "utf8" }).stdout ?? "";
const [, major = "0", minor = "0"] = /"terraform_version":\s*"(\d+)\.(\d+)/.exec(said) ?? [];
const isTofu = spawnSync(ENGINE, ["version"], { encoding: "utf8" }).stdout?.startsWith("OpenTofu") ?? false;
const since = (least: number) => (title: string, body: () => Promise<void>) =>
  itIf(
    !isTofu && Number(major) === 1 && Number(minor) >= least,
    "a newer Terraform",
    `1.${least}, named in TERRAFORM_BINARY_NAME`,
  )(title, body);

let setup: GladlySetup;
let workspace: Workspace;
beforeEachTest((made) => {
  ({ setup, workspace } = made);
});

describe(`with ${ENGINE} ${major}.${minor}`, () => {
  since(12)("imports by identity (Terraform 1.12), and the identity stays in the state", async () => {
    await setup.call("POST", "/api/v1/topics", { id: "-dash_first", name: "Damaged box" });
    workspace.write(
      'resource "gladly_topic" "one" {\n  name = "Damaged box"\n}\nimport {\n  to = gladly_topic.one\n  identity = {\n    id = "-dash_first"\n  }\n}',
    );
    await workspace.init();
    expect(await workspace.apply()).toMatchObject({ code: 0, errors: [] });
    expect(await workspace.resources()).toEqual(["gladly_topic.one -dash_first"]);
    expect(await workspace.state()).toMatch(/"identity": \{\s*"id": "-dash_first"/);
    workspace.write('resource "gladly_topic" "one" {\n  name = "Broken box"\n}');
    expect(await workspace.apply()).toMatchObject({ code: 0, errors: [] });
    expect(await workspace.plan()).toMatchObject({ code: 0, errors: [], warnings: [] });
    expect(await workspace.destroy()).toMatchObject({ code: 0, errors: [] });
  });

  since(14)(
    "finds manually created objects (terraform query, Terraform 1.14), and writes their configuration",
    async () => {
      await setup.call("POST", "/api/v1/topics", { id: "by-hand", name: "Damaged box" });
      await setup.call("POST", "/api/v1/topics", { id: "off", name: "Old box", disabled: true });
      await setup.call("POST", "/api/v1/webhooks", {
        name: "By hand",
        url: setup.receiver.url(),
        events: ["CONVERSATION/CLOSED"],
      });
      workspace.write("");
      writeFileSync(
        join(workspace.folder, "find.tfquery.hcl"),
        'list "gladly_webhook" "all" {\n  provider = gladly\n}\nlist "gladly_topic" "boxes" {\n  provider = gladly\n  config {\n    name_contains = "box"\n  }\n}\n',
      );
      await workspace.init();
      const found = await workspace.run(["query", "-no-color", "-generate-config-out=found.tf"]);
      expect(found).toMatchObject({ code: 0, err: "" });
      expect(found.out).toContain("By hand");
      expect(found.out).toContain("id=by-hand");
      expect(found.out).not.toContain("Old box");
      const written = workspace.file("found.tf");
      expect(written).toMatch(/resource "gladly_webhook"[\s\S]*name\s+= "By hand"/);
      expect(written).toMatch(/identity = \{\s*id\s+= "by-hand"/);
      expect(await workspace.apply()).toMatchObject({ code: 0, errors: [] });
      expect(await workspace.resources()).toHaveLength(2);
      expect(await workspace.plan()).toMatchObject({ code: 0 });
    },
  );

  since(14)("reports what is wrong with a query", async () => {
    workspace.write("");
    writeFileSync(
      join(workspace.folder, "find.tfquery.hcl"),
      'list "gladly_webhook" "all" {\n  provider = gladly\n  config {\n    status = "asleep"\n  }\n}\n',
    );
    await workspace.init();
    const { code, err } = await workspace.run(["query", "-no-color"]);
    expect(code).not.toBe(0);
    expect(err).toMatch(/Invalid value/);
  });
});
