import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";

const project = resolve(__dirname, "../../..");

/** Every id that the rules of drift give a finding, as their files have it. */
function idsInCode(): readonly string[] {
  const folder = join(project, "src/features/drift");
  const texts = readdirSync(folder).map((file) => readFileSync(join(folder, file), "utf8"));
  const found = texts.flatMap((text) => text.match(/\bid: [^,\n]+/g) ?? []);
  return [...new Set(found.flatMap((piece) => piece.match(/"[a-z-]+"/g) ?? []).map((id) => id.slice(1, -1)))].sort();
}

function idsOnPage(): readonly string[] {
  const page = readFileSync(join(project, "docs/drift.md"), "utf8");
  return [...page.matchAll(/^\| `([a-z-]+)` \| (?:critical|warning|info|by)/gm)].map(([, id]) => id ?? "").sort();
}

it("docs/drift.md lists every finding that there is, and no other", () => {
  expect(idsInCode().length).toBeGreaterThan(20);
  expect(idsOnPage()).toEqual(idsInCode());
});
