/** Reads a plan that `terraform show -json` printed, and explains what is wrong with other files. */
import { fstatSync, openSync, readFileSync } from "node:fs";
import { basename, dirname } from "node:path";
import { z } from "zod";
import { CommandError } from "../../cli/command";
import { reasonOf } from "../../contract/file-fault";
import { parsedJson } from "../../contract/json";
import { zodFault } from "../../contract/zod-fault";
import { PlanSchema } from "../../terraform/plan";
import { splitJson } from "../../terraform/split-json";
import { PreviewSummary } from "../preview/summary";
import type { ReviewInput } from "./judge";
import { stackNameOf } from "./stack-name";

/** Bytes. A plan of a thousand resources has about five million. This limit is against wrong files, not large plans. */
const LARGEST = 256 * 1024 * 1024;

const HOW = "A plan is read as `terraform show -json <plan file>` prints it";
const HOW_PREVIEW = "Write a preview with `relay preview <environment> --json --out <file>`";
const NAMED = /^([a-z][a-z0-9-]*)=(.+)$/;

/**
 * @param argument a file, `<stack>=<file>`, or `-` for standard input
 * @param warn called with the engine's warnings before the plan
 * @throws CommandError
 */
export function readPlan(argument: string, warn: (text: string) => void): ReviewInput {
  const [, given, path] = NAMED.exec(argument) ?? [];
  const file = path ?? argument;
  const text = read(file, `${HOW}; an environment's name plans it`);
  const split = splitJson(text);
  const warnings = split.before.filter(({ detail }) => /^Warning: /m.test(detail));
  for (const { detail } of warnings) warn(`${named(file)}: ${detail}\n`);
  const json = parse(file, warnings.length > 0 ? split.json : text);
  const parsed = PlanSchema.safeParse(json);
  if (!parsed.success) throw new CommandError(`${named(file)} is not a plan: ${oneLine(parsed.error)}. ${HOW}.`);
  if (!isPlan(json)) throw new CommandError(`${named(file)} ${otherKind(json)}. ${HOW}.`);
  const name = given ?? folderOf(file) ?? stackNameOf(parsed.data) ?? basename(file).replace(/(\.plan)?\.json$/, "");
  return { name: name === "-" ? "plan" : name, plan: parsed.data };
}

/**
 * What `relay preview --json` wrote.
 *
 * @throws CommandError
 */
export function readPreview(file: string): PreviewSummary {
  const parsed = PreviewSummary.safeParse(parse(file, read(file, HOW_PREVIEW), HOW_PREVIEW));
  if (parsed.success) return parsed.data;
  throw new CommandError(`--preview ${file} is not a preview: ${oneLine(parsed.error)}. ${HOW_PREVIEW}.`);
}

/** @param how how to get such a file */
function read(file: string, how: string): string {
  try {
    const descriptor = file === "-" ? 0 : openSync(file, "r");
    const stat = fstatSync(descriptor);
    if (stat.isDirectory()) throw new CommandError(`${file} is a folder. ${how}.`);
    if (stat.size > LARGEST) throw new CommandError(`${file} has ${stat.size} bytes, too many for a plan. ${HOW}.`);
    const content = readFileSync(descriptor);
    if (content.length > LARGEST) throw new CommandError(`${named(file)} is too large for a plan. ${HOW}.`);
    if (content.subarray(0, 2).toString("latin1") === "PK") {
      throw new CommandError(
        `${named(file)} is Terraform's own plan file. Run \`terraform show -json ${file} > plan.json\` where it was ` +
          "made, and review plan.json.",
      );
    }
    return decoded(content);
  } catch (error) {
    if (error instanceof CommandError) throw error;
    throw new CommandError(`${named(file)} cannot be read: ${reasonOf(error)}. ${how}.`);
  }
}

/** PowerShell's `>` writes UTF-16, with a mark at the beginning. */
function decoded(content: Buffer): string {
  const mark = content.subarray(0, 2).toString("hex");
  const even = content.subarray(0, content.length - (content.length % 2));
  if (mark === "fffe") return even.toString("utf16le").slice(1);
  if (mark === "feff") return Buffer.from(even).swap16().toString("utf16le").slice(1);
  return content.toString("utf8").replace(/^\uFEFF/, "");
}

function parse(file: string, text: string, how = HOW): unknown {
  const json = parsedJson(text);
  if (json === undefined) throw new CommandError(`${named(file)} ${notJson(text)}. ${how}.`);
  return json;
}

function notJson(text: string): string {
  if (text.trim() === "") return "is empty";
  if (text.startsWith('{"@level"')) return "is the log of `terraform plan -json`, not the plan";
  if (/^\s*[{[]/.test(text)) return "is JSON that is cut off or damaged";
  return "is not JSON";
}

/** Also of an older Terraform: each prints at least one of these. */
const MARKS = ["resource_changes", "resource_drift", "planned_values", "output_changes", "applyable", "errored"];

function isPlan(json: unknown): boolean {
  const found = z.looseObject({}).safeParse(json).data ?? {};
  return MARKS.some((mark) => mark in found);
}

function otherKind(json: unknown): string {
  const found = z.looseObject({}).safeParse(json).data ?? {};
  return "values" in found ? "is a state, not a plan" : "holds no plan";
}

/** Below which a folder has the stack's name: cdktf's (cdktf.out/stacks), and the one that `relay ci plan` hands over. */
const FOLDERS = ["stacks", "planned"];

function folderOf(file: string): string | undefined {
  const folder = dirname(file);
  return FOLDERS.includes(basename(dirname(folder))) ? basename(folder) : undefined;
}

function named(file: string): string {
  return file === "-" ? "standard input" : file;
}

function oneLine(error: z.ZodError): string {
  const [issue] = error.issues;
  return issue === undefined ? "it has another form" : zodFault(issue);
}
