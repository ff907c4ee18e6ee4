/** Separates the JSON of `terraform show -json` from OpenTofu's warnings before it. */
import type { Diagnostic } from "./diagnostic";

/** OpenTofu writes warnings, such as one about its CLI configuration, to standard output before the JSON. */
export function splitJson(output: string): { readonly json: string; readonly before: readonly Diagnostic[] } {
  const start = output.startsWith("{") ? 0 : output.indexOf("\n{") + 1;
  const said = start === 0 ? "" : output.slice(0, start).trim();
  const lines = said.split("\n").map((line) => line.replace(/^[\s│╷╵]+/, "").trim());
  const detail = lines.filter((line) => line !== "").join("\n");
  const warning = {
    severity: "warning",
    summary: /^Warning: (.*)$/m.exec(detail)?.[1] ?? "A warning of the engine",
    detail,
  };
  return { json: output.slice(start), before: said === "" ? [] : [warning] };
}
