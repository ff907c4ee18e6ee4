/**
 * Changes single settings of an environment file as a person would: the text is edited where the setting stands, and
 * comments and layout stay. What a setting *is* must be plain to see in the file; where it is computed, it is left to its author.
 */
import type * as TypeScript from "typescript-api";
import { CommandError } from "../../cli/command";

/** A setting and its value: `["webhook", "name"]`. */
export interface Setting {
  readonly path: readonly [string] | readonly [string, string];
  /** As it is written in the file: `"direct"`, `1`, or an object over several lines, indented from column 0. */
  readonly code: string;
  /** The whole outer object, for a file that has none: what else it must hold. @default the setting alone */
  readonly whole?: string;
  /** Lines above a setting that is added, without slashes. @default none */
  readonly comment?: string;
}

interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/**
 * The source with the settings in it.
 *
 * @param file its name, for messages
 * @throws CommandError when the file is not of the shape that is described in docs/adopt.md
 */
export function withSettings(source: string, settings: readonly Setting[], file: string): string {
  // Heavy, and needed by this command alone.
  const ts: typeof TypeScript = require("typescript-api");
  const edited = settings.reduce((text, setting) => {
    const edit = new EnvironmentSource(ts, text, file).edit(setting);
    return text.slice(0, edit.start) + edit.text + text.slice(edit.end);
  }, source);
  return source.includes("\r\n") ? edited.replace(/\r?\n/g, "\r\n") : edited;
}

class EnvironmentSource {
  private readonly tree: TypeScript.SourceFile;

  constructor(
    private readonly ts: typeof TypeScript,
    private readonly text: string,
    private readonly file: string,
  ) {
    this.tree = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  }

  edit({ path, code, comment, whole }: Setting): Edit {
    const [first, second] = path;
    const environment = this.exported();
    const outer = this.property(environment, first);
    if (second === undefined) {
      return outer ? this.replace(outer, code) : this.add(environment, first, code, comment);
    }
    if (outer === undefined) return this.add(environment, first, whole ?? `{ ${second}: ${code} }`, comment);
    const inner = unwrapped(this.ts, outer.initializer);
    if (!this.ts.isObjectLiteralExpression(inner)) throw this.unlike(`${first} is not written as an object`);
    const property = this.property(inner, second);
    return property ? this.replace(property, code) : this.add(inner, second, code, undefined);
  }

  /** The object that the file exports as its default, by itself or by the name of a constant. */
  private exported(): TypeScript.ObjectLiteralExpression {
    const { ts } = this;
    const assignment = this.tree.statements.find(
      (statement): statement is TypeScript.ExportAssignment =>
        ts.isExportAssignment(statement) && !statement.isExportEquals,
    );
    if (assignment === undefined) throw this.unlike("it has no `export default`");
    const expression = unwrapped(ts, assignment.expression);
    const value = ts.isIdentifier(expression) ? this.constant(expression.text) : expression;
    if (value !== undefined && ts.isObjectLiteralExpression(value)) return value;
    throw this.unlike("what it exports is not an object that is written there");
  }

  private constant(name: string): TypeScript.Expression | undefined {
    const { ts } = this;
    const declaration = this.tree.statements
      .filter((statement) => ts.isVariableStatement(statement))
      .flatMap(({ declarationList }) => [...declarationList.declarations])
      .find((candidate) => ts.isIdentifier(candidate.name) && candidate.name.text === name);
    return declaration?.initializer && unwrapped(ts, declaration.initializer);
  }

  private property(
    object: TypeScript.ObjectLiteralExpression,
    name: string,
  ): TypeScript.PropertyAssignment | undefined {
    const { ts } = this;
    const spread = object.properties.find((property) => ts.isSpreadAssignment(property));
    if (spread) throw this.unlike(`\`${spread.getText()}\` may hold settings too`, spread);
    const found = object.properties.filter((property) => property.name && nameOf(ts, property.name) === name);
    const [property, another] = found;
    if (another) throw this.unlike(`${name} is there twice`, another);
    if (property === undefined) return undefined;
    if (ts.isPropertyAssignment(property)) return property;
    throw this.unlike(`${name} is not written as \`${name}: <value>\``, property);
  }

  private replace(property: TypeScript.PropertyAssignment, code: string): Edit {
    const { ts } = this;
    const value = unwrapped(ts, property.initializer);
    const plain = ts.isStringLiteralLike(value) || ts.isNumericLiteral(value) || ts.isObjectLiteralExpression(value);
    if (!plain) throw this.unlike(`${property.name.getText()} is computed: \`${value.getText()}\``, value);
    const indented = code.replaceAll("\n", `\n${this.indentation(property)}`);
    return { start: value.getStart(), end: value.getEnd(), text: indented };
  }

  /** Adds it below the last setting, in the layout that the object has. */
  private add(
    object: TypeScript.ObjectLiteralExpression,
    name: string,
    code: string,
    comment: string | undefined,
  ): Edit {
    const last = object.properties.at(-1);
    if (last === undefined) {
      return { start: object.getStart(), end: object.getEnd(), text: `{ ${name}: ${code} }` };
    }
    const onOneLine = !this.text.slice(object.getStart(), last.getStart()).includes("\n");
    if (onOneLine) return { start: last.getEnd(), end: last.getEnd(), text: `, ${name}: ${code}` };
    // The list of settings ends behind its last comma.
    const comma = object.properties.hasTrailingComma ? object.properties.end : last.getEnd();
    const indent = `\n${this.indentation(last)}`;
    const lines = [...(comment?.split("\n").map((line) => `// ${line}`) ?? []), ...`${name}: ${code},`.split("\n")];
    const text = `${comment === undefined ? "" : "\n"}${lines.map((line) => indent + line).join("")}`;
    if (!object.properties.hasTrailingComma) return { start: comma, end: comma, text: `,${text}` };
    // Behind a remark on the last setting's own line.
    const rest = /^[ \t]*(\/\/[^\n]*|\/\*[^\n]*\*\/)?(?=\r?\n)/.exec(this.text.slice(comma))?.[0] ?? "";
    return { start: comma + rest.length, end: comma + rest.length, text };
  }

  /** The white space that a node's line begins with. */
  private indentation(node: TypeScript.Node): string {
    const line = this.text.lastIndexOf("\n", node.getStart()) + 1;
    return /^[ \t]*/.exec(this.text.slice(line))?.[0] ?? "";
  }

  private unlike(why: string, at?: TypeScript.Node): CommandError {
    const line = at && this.tree.getLineAndCharacterOfPosition(at.getStart()).line + 1;
    return new CommandError(
      `${this.file}${line === undefined ? "" : `:${line}`} cannot be edited: ${why}. Nothing was written. ` +
        "Write the settings plainly (docs/adopt.md shows them), or put in by hand what `--dry-run` shows.",
    );
  }
}

/** Without `satisfies`, `as` and parentheses. */
function unwrapped(ts: typeof TypeScript, expression: TypeScript.Expression): TypeScript.Expression {
  return ts.isSatisfiesExpression(expression) ||
    ts.isAsExpression(expression) ||
    ts.isParenthesizedExpression(expression)
    ? unwrapped(ts, expression.expression)
    : expression;
}

function nameOf(ts: typeof TypeScript, name: TypeScript.PropertyName): string | undefined {
  return ts.isIdentifier(name) || ts.isStringLiteralLike(name) ? name.text : undefined;
}
