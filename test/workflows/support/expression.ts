/** Evaluates expressions of a workflow with GitHub's own evaluator. */
import { actionsLibrary } from "./actions-library";

/** `github`, `matrix`, `needs` and so on. */
export type Contexts = Readonly<Record<string, unknown>>;

export interface Status {
  readonly failed: boolean;
}

const WHOLE = /^\s*\$\{\{((?:(?!\}\}).)*)\}\}\s*$/s;
const EACH = /\$\{\{((?:(?!\}\}).)*)\}\}/gs;

/** The value of a text: data if the whole text is one expression, otherwise text. */
export function evaluated(text: string, contexts: Contexts, status: Status = { failed: false }): unknown {
  const whole = WHOLE.exec(text)?.[1];
  if (whole !== undefined) return evaluate(whole, contexts, status);
  return text.replace(EACH, (_, inner: string) => textOf(evaluate(inner, contexts, status)));
}

export function interpolated(text: string, contexts: Contexts): string {
  return textOf(evaluated(text, contexts));
}

/** Evaluates an `if`. Without a status function it also requires that nothing failed before. */
export function holds(condition: string | undefined, contexts: Contexts, status: Status): boolean {
  const inner = condition === undefined ? "success()" : (WHOLE.exec(condition)?.[1] ?? condition);
  const asks = /\b(success|failure|cancelled|always)\s*\(/.test(inner);
  return Boolean(evaluate(asks ? inner : `success() && (${inner})`, contexts, status));
}

function evaluate(text: string, contexts: Contexts, { failed }: Status): unknown {
  const { Lexer, Parser, Evaluator, data } = actionsLibrary().expressions;
  const answers = { success: !failed, failure: failed, cancelled: false, always: true };
  const functions = Object.entries(answers).map(([name, answer]) => ({
    name,
    minArgs: 0,
    maxArgs: 0,
    call: () => new data.BooleanData(answer),
  }));
  const { tokens } = new Lexer(text).lex();
  const parsed = new Parser(tokens, Object.keys(contexts), functions).parse();
  const dictionary = new data.Dictionary(
    ...Object.entries(contexts).map(([key, value]) => ({
      key,
      value: JSON.parse(JSON.stringify(value), data.reviver),
    })),
  );
  const result = new Evaluator(parsed, dictionary, new Map(functions.map((each) => [each.name, each]))).evaluate();
  return JSON.parse(JSON.stringify(result, data.replacer) ?? "null");
}

function textOf(value: unknown): string {
  return value === null || value === undefined ? "" : typeof value === "string" ? value : JSON.stringify(value);
}
