/** Every operation that Gladly documents is served or answers 501 with its name. `UPDATE_DOCS=1` writes the table of docs/sandbox.md. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { documentedAnswers } from "./contract/description";
import { type Running, run } from "./support";

const DOCS = join(__dirname, "..", "..", "docs", "sandbox.md");
const [START, END] = ["<!-- operations: start -->\n", "<!-- operations: end -->"] as const;

const SERVED = new Set([
  ...[
    "Agents",
    "Conversations",
    "Customers",
    "Events",
    "Inboxes",
    "Organization",
    "Tasks",
    "Teams",
    "Topics",
    "Webhooks",
  ],
]);
/** Recordings and transcripts, which surveys do not need. */
const MEDIA = new Set(["getAgentCallRecording", "updateAgentCallRecording", "getMedia", "getVoiceTranscript"]);

const DESCRIBED = /^\| ([^|]+) \| ([A-Z]+) \| `(\/[^`]+)` \| (?:`(\w+)`)?/gm;

const operations = [
  ...readFileSync(join(__dirname, "..", "..", "docs", "vendors", "gladly-operations.md"), "utf8").matchAll(DESCRIBED),
]
  .map(([, tag = "", method = "", path = "", id = ""]) => {
    const plain = (path.split("?")[0] ?? "").replace(/:(\w+)/g, "{$1}");
    return { tag, method, path: plain, name: id === "" ? `${method} ${plain}` : id };
  })
  // Requests that Gladly sends are not operations that it serves.
  .filter(({ tag }) => tag !== "Payloads");

let running: Running;

beforeAll(async () => {
  running = await run();
});

test.each(operations)("$method $path is served or named", async ({ tag, method, path, name }) => {
  const body = method === "GET" || method === "DELETE" ? undefined : {};
  const answer = await running.gladly.call(method, path.replace(/\{\w+\}/g, "nothing"), body);
  const served = SERVED.has(tag) && !MEDIA.has(name);
  expect([answer.status === 501, answer.headers.get("x-sandbox-not-served")]).toEqual([!served, served ? null : name]);
  if (served) expect([200, 201, 400, 404]).toContain(answer.status);
  else expect(answer.text).toContain(name);
});

test("the description for fuzzing has exactly the served operations", () => {
  const named = (one: { readonly method: string; readonly path: string }) =>
    `${one.method} ${one.path.replace(/\{\w+\}/g, "{}")}`;
  const served = operations.filter(({ tag, name }) => SERVED.has(tag) && !MEDIA.has(name)).map(named);
  expect([...new Set(documentedAnswers().map(named))].sort()).toEqual([...new Set(served)].sort());
});

test("docs/sandbox.md lists every operation and whether it is served", () => {
  const tags = [...new Set(operations.map(({ tag }) => tag))];
  const rows = tags.flatMap((tag) => {
    const [yes, no] = [true, false].map((served) =>
      operations
        .filter((one) => one.tag === tag && (SERVED.has(tag) && !MEDIA.has(one.name)) === served)
        .map(({ name }) => `\`${name}\``)
        .join(", "),
    );
    return [`| ${tag} | ${yes || "–"} | ${no || "–"} |`];
  });
  const count = operations.filter(({ tag, name }) => SERVED.has(tag) && !MEDIA.has(name)).length;
  const table = [
    `The sandbox serves ${count} of the ${operations.length} operations that Gladly describes.`,
    "",
    "| group | served | 501 |",
    "|---|---|---|",
    ...rows,
    "",
  ].join("\n");
  const page = readFileSync(DOCS, "utf8");
  const [before = "", after = ""] = page.split(START);
  const [current, rest = ""] = after.split(END);
  if (process.env.UPDATE_DOCS === "1") writeFileSync(DOCS, `${before}${START}${table}${END}${rest}`);
  else expect(current).toBe(table);
});
