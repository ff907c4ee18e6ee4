/**
 * Stores plans: one whole real plan of each kind, and every other plan as a JSON Patch of it (RFC 6902), one operation per
 * line. Ten plans of one stack differ in a few hundred of seven thousand lines.
 */
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { applyPatch, createPatch, type Operation } from "rfc6902";
import { z } from "zod";

const folder = resolve(__dirname, "../plans");

/** Plans that are stored whole. */
const BASES = ["aws-no-changes", "local-no-changes", "aws-foundation"] as const;

/** Names of all stored plans. */
export const STORED: readonly string[] = readdirSync(folder)
  .flatMap((file) => /^(.+?)\.(json|patch\.jsonl)$/.exec(file)?.[1] ?? [])
  .sort();

/** The plan as Terraform printed it, except for white space. */
export function storedPlan(name: string): unknown {
  if (isBase(name)) return whole(name);
  const [head = "", ...lines] = readFileSync(patchFile(name), "utf8").trimEnd().split("\n");
  const { base } = z.object({ base: z.enum(BASES) }).parse(JSON.parse(head));
  const document = byAddress(whole(base));
  const operations = lines.map((line) => JSON.parse(line) as Operation);
  const failed = applyPatch(document, operations).find((error) => error !== null);
  if (failed) throw new Error(`${name} does not fit its base ${base}: ${failed.message}. Run \`npm run plans\`.`);
  return inOrder(document);
}

/** @param plans the normalised JSON of each. Whole ones are stored first, because the others depend on them */
export function storePlans(plans: ReadonlyMap<string, string>): void {
  for (const [name, text] of plans) if (isBase(name)) writeFileSync(join(folder, `${name}.json`), text);
  for (const [name, text] of plans) {
    if (isBase(name)) continue;
    const base = name.startsWith("aws-") ? "aws-no-changes" : "local-no-changes";
    const operations = createPatch(byAddress(whole(base)), byAddress(JSON.parse(text)));
    const lines = [{ base }, ...operations].map((line) => JSON.stringify(line));
    writeFileSync(patchFile(name), `${lines.join("\n")}\n`);
  }
}

function isBase(name: string): boolean {
  return (BASES as readonly string[]).includes(name);
}

function whole(name: string): unknown {
  return JSON.parse(readFileSync(join(folder, `${name}.json`), "utf8"));
}

function patchFile(name: string): string {
  return join(folder, `${name}.patch.jsonl`);
}

/** Lists of resources by address: an inserted one would otherwise move every later one. */
const LISTS = ["resource_changes", "resource_drift", "deferred_changes"] as const;

type Document = Record<string, unknown>;

function byAddress(plan: unknown): Document {
  const document = { ...z.looseObject({}).parse(plan) } as Document;
  for (const list of LISTS) {
    if (!Array.isArray(document[list])) continue;
    const items: readonly { readonly address: string; readonly deposed?: string }[] = document[list];
    document[list] = Object.fromEntries(items.map((item) => [`${item.address} ${item.deposed ?? ""}`.trim(), item]));
  }
  return document;
}

/** Sorts as Terraform does: data sources first, then by address. */
function inOrder(document: Document): Document {
  const lists = LISTS.flatMap((list) => {
    const items = document[list];
    if (typeof items !== "object" || items === null) return [];
    const rank = (address: string) => `${address.startsWith("data.") ? 0 : 1}${address}`;
    const sorted = Object.entries(items).sort(([one], [other]) => (rank(one) < rank(other) ? -1 : 1));
    return [[list, sorted.map(([, item]) => item)] as const];
  });
  return { ...document, ...Object.fromEntries(lists) };
}
