/**
 * GitHub's own parser of workflows and evaluator of expressions. They are ES modules that import JSON in a way that Node.js 20
 * does not support, so they are first bundled in memory.
 */
import { createRequire } from "node:module";
import { resolve } from "node:path";
import vm from "node:vm";
import { buildSync } from "esbuild";

type Parser = typeof import("@actions/workflow-parser", { with: { "resolution-mode": "import" }});
type Expressions = typeof import("@actions/expressions", { with: { "resolution-mode": "import" }});

const ENTRY = `
  export * as parser from "@actions/workflow-parser";
  export { parseAction } from "@actions/workflow-parser/actions/action-parser";
  export * as expressions from "@actions/expressions";
`;

export interface ActionsLibrary {
  readonly parser: Parser;
  /** The parser of an action's file, with the same signature. */
  readonly parseAction: Parser["parseWorkflow"];
  readonly expressions: Expressions;
}

let loaded: ActionsLibrary | undefined;

export function actionsLibrary(): ActionsLibrary {
  loaded ??= load();
  return loaded;
}

function load(): ActionsLibrary {
  const { outputFiles } = buildSync({
    stdin: { contents: ENTRY, resolveDir: resolve(__dirname) },
    bundle: true,
    write: false,
    platform: "node",
    format: "cjs",
    logLevel: "error",
  });
  const module: { exports: Partial<ActionsLibrary> } = { exports: {} };
  const wrapped = vm.runInThisContext(`(function (module, exports, require) {${outputFiles[0]?.text}\n})`);
  wrapped(module, module.exports, createRequire(__filename));
  const { parser, parseAction, expressions } = module.exports;
  if (parser && parseAction && expressions) return { parser, parseAction, expressions };
  throw new Error("GitHub's parser has other exports now");
}
