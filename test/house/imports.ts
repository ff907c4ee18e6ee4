/** Reads what each source file imports, for the rules of the house. */
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import ts from "typescript-api";

const project = resolve(__dirname, "../..");

export interface Import {
  /** The importing file, relative to the project. */
  readonly file: string;
  /** As written. */
  readonly specifier: string;
  /** The imported file or folder, relative to the project, without an extension. Undefined for a package. */
  readonly target?: string;
  /** `import type`: gone at run time. */
  readonly typeOnly: boolean;
}

/** Every import, export-from, dynamic import and require of the TypeScript files below the given folders. */
export function importsBelow(...folders: readonly string[]): readonly Import[] {
  return folders.flatMap((folder) => sourceFiles(join(project, folder)).flatMap(importsOf));
}

function sourceFiles(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(".ts"))
    .map((entry) => join(entry.parentPath, entry.name));
}

function importsOf(path: string): readonly Import[] {
  const source = ts.createSourceFile(path, readFileSync(path, "utf8"), ts.ScriptTarget.Latest, true);
  const found: Import[] = [];
  const add = (specifier: string, typeOnly: boolean) => {
    const file = relative(project, path);
    const local = specifier.startsWith(".") ? relative(project, resolve(dirname(path), specifier)) : undefined;
    found.push({
      file,
      specifier,
      typeOnly,
      ...(local === undefined ? {} : { target: local.replace(/\.[cm]?[jt]s$/, "") }),
    });
  };
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node) && ts.isStringLiteral(node.moduleSpecifier)) {
      add(node.moduleSpecifier.text, node.importClause?.isTypeOnly ?? false);
    } else if (ts.isExportDeclaration(node) && node.moduleSpecifier && ts.isStringLiteral(node.moduleSpecifier)) {
      add(node.moduleSpecifier.text, node.isTypeOnly);
    } else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) {
      const { literal } = node.argument;
      if (ts.isStringLiteral(literal)) add(literal.text, true);
    } else if (ts.isCallExpression(node)) {
      const [argument] = node.arguments;
      const loads = node.expression.kind === ts.SyntaxKind.ImportKeyword || node.expression.getText() === "require";
      if (loads && argument && ts.isStringLiteral(argument)) add(argument.text, false);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}
