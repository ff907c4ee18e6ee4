/**
 * The licences of a bundle's packages, as the packages themselves carry them. Most allow their code to be handed on only
 * together with this text, and minifying takes it out of the code.
 */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { BundledPackage } from "./bundled-packages";

/** Laid beside each bundle. */
export const NOTICES = "THIRD-PARTY-NOTICES.txt";

const LICENCE_FILE = /^(licen[cs]e|notice|copying)/i;
/** Comments before the first line of code, but for what makes a module strict. */
const HEADER = /^(?:\s|["']use strict["'];|\/\/.*|\/\*[\s\S]*?\*\/)+/;
const RULE = "-".repeat(80);

/** The same bytes for the same packages. Packages that share their text share one copy of them. */
export function noticesOf(packages: readonly BundledPackage[]): string {
  const byText = new Map<string, BundledPackage[]>();
  for (const found of packages) {
    const text = licenceText(found);
    byText.set(text, [...(byText.get(text) ?? []), found]);
  }
  const parts = [...byText].map(([text, those]) =>
    [RULE, ...those.map(({ name, version, licence }) => `${name} ${version}, ${licence}`), "", text].join("\n"),
  );
  const heading = "This program contains code of the packages below, each under its own licence.\n";
  return `${[heading, ...parts].join("\n")}\n`;
}

/** What a package carries at its top; where it carries nothing, what its sources say at theirs. */
function licenceText({ folder, files, licence }: BundledPackage): string {
  const carried = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isFile() && LICENCE_FILE.test(entry.name))
    .map((entry) => entry.name)
    .sort()
    .map((name) => textOf(join(folder, name)));
  if (carried.length > 0) return carried.join("\n");
  const said = [...new Set(files.map((file) => HEADER.exec(textOf(file))?.[0].trim() ?? ""))].filter((header) =>
    /copyright/i.test(header),
  );
  const none = `The package carries no text of its licence, ${licence}.`;
  return said.length === 0 ? `${none}\n` : `${none} Its sources say:\n\n${said.join("\n\n")}\n`;
}

/** The same on every machine, independent of line endings. */
function textOf(file: string): string {
  return `${readFileSync(file, "utf8").replaceAll("\r\n", "\n").trim()}\n`;
}
