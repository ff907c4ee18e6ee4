/**
 * Only `src/contract` may define what several rooms share. This searches the code, without comments, for literals with one
 * meaning, and for lists or unions that would be a second definition.
 */
import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import ts from "typescript-api";
import { GLADLY_CHANNELS } from "../../src/contract/channels";
import { DELIVERIES, RELAY_DELIVERIES } from "../../src/contract/delivery";
import * as eventTypes from "../../src/contract/event-types";
import { LEDGER_TABLE } from "../../src/contract/ledger-table";
import { METRIC_NAMESPACE, METRICS } from "../../src/contract/metrics";
import { APPLIED_CONFIGURATION } from "../../src/contract/relay-configuration";
import { SECRET_FILES, SECRETS } from "../../src/contract/secrets";
import { SURVEY_MODES } from "../../src/contract/survey-mode";
import { DO_NOT_SEND_TOPIC } from "../../src/contract/topic";
import { VARIABLES } from "../../src/contract/variables";
import { RELAY_WEBHOOK_PATH, STELLA_WEBHOOK_PATH, WEBHOOK_USERNAME } from "../../src/contract/webhook-address";

const project = join(__dirname, "../..");

/** Searched in any text, even as a part. */
const ANYWHERE = [RELAY_WEBHOOK_PATH, STELLA_WEBHOOK_PATH];

/** Searched as a whole text. Common words are left to the type checker. */
const WHOLE = new Set<string>([
  WEBHOOK_USERNAME,
  METRIC_NAMESPACE,
  DO_NOT_SEND_TOPIC,
  APPLIED_CONFIGURATION.name,
  LEDGER_TABLE.partitionKey.name,
  LEDGER_TABLE.timeToLive,
  LEDGER_TABLE.recentIndex.sortKey.name,
  ...Object.values(eventTypes),
  ...[...Object.values(SECRETS), ...Object.values(SECRET_FILES)].filter((name) => name.includes("-")),
]);

/** Two of a short one of these, or three of a long one, in an array or a union: a second definition. */
const LISTS: readonly (readonly string[])[] = [
  SURVEY_MODES,
  DELIVERIES,
  RELAY_DELIVERIES,
  GLADLY_CHANNELS,
  Object.keys(METRICS),
  Object.keys(VARIABLES),
  Object.values(SECRETS),
  Object.values(SECRET_FILES),
  ["record", "skip"],
  ["retry", "park"],
];

/** Allowed exceptions by file, with the reason next to each. */
const ALLOWED: Readonly<Record<string, readonly string[]>> = {
  // A kind of resource, by the type of the contract's permissions.
  "src/deploy/constructs/permissions.ts": [SECRETS.stellaApiSecret],
  // An environment file names its own topic.
  "stacks/environments/sandbox.ts": [DO_NOT_SEND_TOPIC],
};

function literalsOf(file: string, text: string): readonly string[] {
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isStringLiteralLike(node) || ts.isTemplateHead(node) || ts.isTemplateMiddleOrTemplateTail(node)) {
      const path = ANYWHERE.find((known) => new RegExp(`(?<!/api)${known}`).test(node.text));
      if (path !== undefined) found.push(path);
      else if (WHOLE.has(node.text) && !isAnotherConnect(node)) found.push(node.text);
    }
    const words = wordsOf(node);
    if (LISTS.some((list) => words.length > (list.length > 4 ? 2 : 1) && words.every((word) => list.includes(word)))) {
      found.push(words.join(", "));
    }
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true));
  return found.filter((literal) => !ALLOWED[file]?.includes(literal));
}

/** The texts of a list or union that has only texts. */
function wordsOf(node: ts.Node): readonly string[] {
  if (ts.isArrayLiteralExpression(node)) {
    const words = node.elements.filter(ts.isStringLiteral);
    return words.length === node.elements.length ? words.map(({ text }) => text) : [];
  }
  if (!ts.isUnionTypeNode(node)) return [];
  return node.types.flatMap((type) =>
    ts.isLiteralTypeNode(type) && ts.isStringLiteral(type.literal) ? [type.literal.text] : [],
  );
}

/** `socket.once("connect", …)` and `case "connect":` are about something else. */
function isAnotherConnect(node: ts.Node & { readonly text: string }): boolean {
  const { parent } = node;
  const firstArgument: ts.Node | undefined = ts.isCallExpression(parent) ? parent.arguments[0] : undefined;
  return node.text === WEBHOOK_USERNAME && (ts.isCaseClause(parent) || firstArgument === node);
}

function filesBelow(folder: string): readonly string[] {
  return readdirSync(join(project, folder), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(".ts"))
    .map((entry) => relative(project, join(entry.parentPath, entry.name)))
    .filter((file) => !file.startsWith("src/contract/") && !file.includes("/generated/"));
}

const breaches = (files: readonly string[]) =>
  files.flatMap((file) =>
    literalsOf(file, readFileSync(join(project, file), "utf8")).map((literal) => `${file}: ${literal}`),
  );

describe("the contract between rooms", () => {
  it("is defined only in src/contract", () => {
    expect(breaches(["src", "scripts", "stacks"].flatMap(filesBelow))).toEqual([]);
  });

  it.each([
    'const path = "/v1/webhooks/gladly";',
    `const url = \`\${base}/v1/webhooks/gladly\`;`,
    'const user = { username: "connect" };',
    'if (type === "CONVERSATION/CLOSED") return;',
    'const mode = z.enum(["test", "production"]);',
    'type Mode = "test" | "production" | undefined;',
    'type Delivery = "direct" | "forward" | "enrich";',
    'const names = ["CHAT", "EMAIL", "SMS"];',
    'type Metric = "Sent" | "Skipped" | "Parked";',
    'const secret = "stella-api-secret";',
    'const table = { hashKey: "pk" };',
  ])("is found a second time in %s", (code) => {
    expect(literalsOf("src/example.ts", code)).toHaveLength(1);
  });

  it.each([
    'client.call("PATCH", "/api/v1/webhooks/gladly-id");',
    'socket.once("connect", done);',
    "// Gladly posts to /v1/webhooks/gladly",
    'const passwords: Record<SurveyMode, string> = { test: "a", production: "b" };',
  ])("is not found in %s", (code) => {
    expect(literalsOf("src/example.ts", code)).toEqual([]);
  });
});
