/** Licences of the bundled packages, most of which must be distributed with their licence text. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { build } from "esbuild";
import { bundleFunctions } from "../../../src/deploy/build/bundle-functions";
import { bundleProvider } from "../../../src/deploy/build/bundle-provider";
import { type BundledPackage, bundledPackages } from "../../../src/deploy/build/bundled-packages";
import { NOTICES, noticesOf } from "../../../src/deploy/build/notices";

const project = resolve(__dirname, "../../..");
/** Licences that require only their text. */
const FREE = [
  "0BSD",
  "Apache-2.0",
  "Apache-2.0 AND BSD-3-Clause",
  "BSD-2-Clause",
  "BSD-3-Clause",
  "ISC",
  "MIT",
  "MIT-0",
];

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "notices-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function write(path: string, text: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
}

/** Installs a package that prints its name when loaded. */
function install(name: string, manifest: object, files: Readonly<Record<string, string>> = {}): void {
  write(`node_modules/${name}/package.json`, JSON.stringify({ name, version: "1.2.3", ...manifest }));
  write(`node_modules/${name}/index.js`, `console.log("${name}");\n`);
  for (const [file, text] of Object.entries(files)) write(`node_modules/${name}/${file}`, text);
}

async function packagesOf(code: string): Promise<readonly BundledPackage[]> {
  write("main.js", code);
  const { metafile } = await build({
    absWorkingDir: folder,
    entryPoints: ["main.js"],
    bundle: true,
    write: false,
    metafile: true,
    platform: "node",
    logLevel: "silent",
  });
  return bundledPackages(folder, [metafile]);
}

describe("the notices of a bundle", () => {
  it("contain each package's licence and notice", async () => {
    install("zeta", { license: "MIT" }, { LICENSE: "Copyright Zeta\r\nPermission is granted\r\n" });
    install(
      "@scope/alpha",
      { license: "(Apache-2.0)" },
      { "LICENCE.md": "Words of Alpha", "NOTICE.txt": "Alpha's notice" },
    );
    const text = noticesOf(await packagesOf('import "zeta"; import "@scope/alpha";'));
    expect(text.indexOf("@scope/alpha 1.2.3, Apache-2.0")).toBeLessThan(text.indexOf("zeta 1.2.3, MIT"));
    expect(text).toContain("Words of Alpha\n\nAlpha's notice\n");
    expect(text).toContain("Copyright Zeta\nPermission is granted\n");
  });

  it("list packages with the same text above that text, and leave out packages that are not bundled", async () => {
    for (const name of ["one", "two", "three"]) install(name, { license: "MIT" }, { LICENSE: "The same words" });
    const text = noticesOf(await packagesOf('import "one"; import "two";'));
    expect(text).toContain("one 1.2.3, MIT\ntwo 1.2.3, MIT\n\nThe same words\n");
    expect(text.split("The same words")).toHaveLength(2);
    expect(text).not.toContain("three");
  });

  it("use the sources' licence comments for a package without a licence file", async () => {
    const source =
      '"use strict";\n// Copyright 2008 Somebody\n// Redistribution is permitted\nconsole.log(1); // code\n';
    install("bare", { license: "BSD-3-Clause" }, { "index.js": source });
    const text = noticesOf(await packagesOf('import "bare";'));
    expect(text).toContain("no text of its licence, BSD-3-Clause. Its sources say:");
    expect(text).toContain("// Copyright 2008 Somebody\n// Redistribution is permitted\n");
    expect(text).not.toContain("// code");
  });

  it("stop the build for a package without a licence", async () => {
    install("secretive", {});
    await expect(packagesOf('import "secretive";')).rejects.toThrow(/secretive 1\.2\.3 names no licence/);
  });
});

describe("the distribution", () => {
  it("has the notices in each function's folder, equal in every build and without local paths", async () => {
    const [first, second] = await Promise.all(["a", "b"].map((name) => bundleFunctions(project, join(folder, name))));
    expect(first).toHaveLength(3);
    for (const { name, packages } of first ?? []) {
      const [text, again] = ["a", "b"].map((out) => readFileSync(join(folder, out, name, NOTICES), "utf8"));
      expect(again).toBe(text);
      expect(text).not.toContain(project);
      for (const used of packages) expect(text).toContain(`\n${used.name} ${used.version}, ${used.licence}\n`);
      expect(packages.filter(({ licence }) => !FREE.includes(licence))).toEqual([]);
    }
    expect(second).toHaveLength(3);
  });

  it("has the notices of the provider, although most of its code is a string in the program", async () => {
    const { packages } = await bundleProvider(project, "0.1.0");
    const names = packages.map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(["@grpc/grpc-js", "zod"]));
    expect(packages.filter(({ licence }) => !FREE.includes(licence))).toEqual([]);
    expect(noticesOf(packages)).toContain("Copyright 2008 Google Inc.  All rights reserved.");
  });
});
