/** The report of the answers that the contract tests exercised. */
import { type Documented, keyOf } from "./description";

/** Returns Markdown. Equal input gives equal bytes. */
export function contractReport(documented: readonly Documented[], exercised: ReadonlySet<string>): string {
  const rows = documented.map((answer) => {
    const state = exercised.has(keyOf(answer)) ? "exercised" : "*not exercised*";
    const checked = [
      ...(answer.schema
        ? [`body as \`${answer.schema.name}${answer.schema.list ? "[]" : ""}\``]
        : ["no body described"]),
      ...(answer.headers.length > 0 ? [`header ${answer.headers.map((name) => `\`${name}\``).join(", ")}`] : []),
      ...(answer.errors ? ["the documented error, word for word"] : []),
    ];
    const status = answer.example === undefined ? `${answer.status}` : `${answer.status}, ${answer.example}`;
    return `| \`${answer.operationId}\` | ${answer.method} \`${answer.path}\` | ${status} | ${state} | ${checked.join("; ")} |`;
  });
  const count = documented.filter((answer) => exercised.has(keyOf(answer))).length;
  return [
    "# The sandbox's Gladly against its description",
    "",
    "Written by `test/sandbox/contract/contract.system.test.ts` from `test/sandbox/gladly-openapi.yaml`; the test fails when this page",
    "is not what it exercised. `UPDATE_DOCS=1 npx jest test/sandbox/contract` writes it again. Besides, every operation is",
    "driven without credentials (401) and over the limit (429), which no operation lists.",
    "",
    `${count} of ${documented.length} documented answers are exercised.`,
    "",
    "| operation | request | status | state | what is compared |",
    "|---|---|---|---|---|",
    ...rows,
    "",
  ].join("\n");
}
