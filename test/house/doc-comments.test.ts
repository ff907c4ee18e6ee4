/** Every public export, and every member of one, has a doc comment. */
import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import ts from "typescript-api";

const project = join(__dirname, "../..");

const sources = (folder: string) =>
  readdirSync(join(project, folder), { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts") && !file.includes("generated"))
    .map((file) => join(folder, file));

/** Files whose exports are all public. */
const WHOLE = [
  "src/index.ts",
  "src/testing.ts",
  ...["src/contract", "src/provider/protocol", "src/vendors/gladly", "src/vendors/stella"].flatMap(sources),
];
/** Folders whose public exports are those of the index. */
const INDEXES = ["src/deploy/constructs/index.ts", "src/environment/index.ts"];

const parse = (file: string, text = readFileSync(join(project, file), "utf8")) =>
  ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);

const documented = (node: ts.Node) => ts.getJSDocCommentsAndTags(node).length > 0;

interface Documented {
  readonly name: string;
  readonly documented: boolean;
}

function membersOf(node: ts.Node): readonly (ts.TypeElement | ts.ClassElement | ts.ParameterDeclaration)[] {
  if (ts.isInterfaceDeclaration(node)) return [...node.members];
  if (ts.isTypeAliasDeclaration(node) && ts.isTypeLiteralNode(node.type)) return [...node.type.members];
  if (!ts.isClassDeclaration(node)) return [];
  const constructors = node.members.filter((member) => ts.isConstructorDeclaration(member));
  const properties = constructors.flatMap(({ parameters }) =>
    parameters.filter((parameter) => ts.isParameterPropertyDeclaration(parameter, parameter.parent)),
  );
  return [...node.members.filter((member) => !ts.isConstructorDeclaration(member)), ...properties];
}

/** An overridden member is documented in its base. The parts of an index signature have no name. */
function needsComment(member: ts.Node): boolean {
  const modifiers = ts.canHaveModifiers(member) ? (ts.getModifiers(member) ?? []) : [];
  const exempt = [ts.SyntaxKind.PrivateKeyword, ts.SyntaxKind.ProtectedKeyword, ts.SyntaxKind.OverrideKeyword];
  return !ts.isIndexSignatureDeclaration(member) && !modifiers.some(({ kind }) => exempt.includes(kind));
}

function namesOf(statement: ts.Statement): readonly string[] {
  if (ts.isVariableStatement(statement)) {
    return statement.declarationList.declarations.map(({ name }) => name.getText());
  }
  return ts.isFunctionDeclaration(statement) ||
    ts.isClassDeclaration(statement) ||
    ts.isInterfaceDeclaration(statement) ||
    ts.isTypeAliasDeclaration(statement)
    ? [statement.name?.text ?? "default"]
    : [];
}

/** The exports of a file and their members. A schema and the type of its name are one thing with one comment. */
function exportsOf(source: ts.SourceFile): readonly Documented[] {
  const exported = source.statements.filter(
    (statement) =>
      ts.canHaveModifiers(statement) &&
      ts.getModifiers(statement)?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword),
  );
  const top = new Map<string, boolean>();
  for (const statement of exported) {
    for (const name of namesOf(statement)) top.set(name, (top.get(name) ?? false) || documented(statement));
  }
  const members = exported.flatMap((statement) =>
    membersOf(statement)
      .filter(needsComment)
      .map((member) => ({
        name: `${namesOf(statement).join()}.${member.name?.getText() ?? ""}`,
        documented: documented(member),
      })),
  );
  return [...[...top].map(([name, has]) => ({ name, documented: has })), ...members];
}

/** The files that an index exports from, each with the names that it passes on. */
function passedOn(index: string): ReadonlyMap<string, ReadonlySet<string>> {
  const passed = parse(index).statements.flatMap((statement) => {
    if (!ts.isExportDeclaration(statement) || !statement.moduleSpecifier || !statement.exportClause) return [];
    if (!ts.isStringLiteral(statement.moduleSpecifier) || !ts.isNamedExports(statement.exportClause)) return [];
    const file = relative(project, join(project, index, "..", `${statement.moduleSpecifier.text}.ts`));
    const names = statement.exportClause.elements.map(({ name }) => name.text);
    return file.includes("generated") ? [] : [[file, new Set(names)] as const];
  });
  return new Map(passed);
}

const missing = (file: string, found: readonly Documented[]) =>
  found.filter((one) => !one.documented).map(({ name }) => `${file}: ${name}`);

describe("doc comments", () => {
  it("exist for every export and member of the module, the contract, the provider's framework and the clients", () => {
    const files = WHOLE.map((file) => ({ file, found: exportsOf(parse(file)) }));
    expect(files.flatMap(({ found }) => found).length).toBeGreaterThan(500);
    expect(files.flatMap(({ file, found }) => missing(file, found))).toEqual([]);
  });

  it.each(INDEXES)("exist for everything that %s exports", (index) => {
    const files = [...passedOn(index)];
    expect(files.length).toBeGreaterThan(4);
    const undocumented = files.flatMap(([file, names]) => {
      const exported = exportsOf(parse(file)).filter(({ name }) => names.has(name.split(".")[0] ?? ""));
      expect(exported.length).toBeGreaterThan(0);
      return missing(file, exported);
    });
    expect(undocumented).toEqual([]);
  });

  it("that are missing are found, on exports, members and constructor parameters", () => {
    const text = `
      export const a = 1;
      /** Told. */ export class B { c(): void {} private d = 1; override e = 1; constructor(readonly f: string) {} }
      export interface G {
        /** Told. */
        h: string;
        i: string;
        [key: string]: string
      }
      /** Told once. */ export const J = 1; export type J = typeof J;
      const hidden = 1;`;
    expect(missing("x.ts", exportsOf(parse("x.ts", text)))).toEqual([
      "x.ts: a",
      "x.ts: G",
      "x.ts: B.c",
      "x.ts: B.f",
      "x.ts: G.i",
    ]);
  });
});
