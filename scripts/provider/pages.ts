/** Generates the provider's pages in the registry's layout from its schemas and from `examples/`. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Attribute, Attributes, Schema } from "../../src/provider/protocol/schema/attribute";
import { type Type, typeName } from "../../src/provider/protocol/values/type";

/** The parts of a provider that the pages describe. */
export interface Described {
  readonly name: string;
  readonly address: string;
  readonly schema: Schema;
  readonly resources: ReadonlyMap<string, Schema>;
  readonly dataSources: ReadonlyMap<string, Schema>;
  readonly listResources: ReadonlyMap<string, Schema>;
}

const GUIDES = join(__dirname, "guides");

/** Every page by its path below the folder of the pages. `examples` is the folder of the examples. */
export function providerPages(provider: Described, examples: string): ReadonlyMap<string, string> {
  const example = (...path: readonly string[]): string | undefined => {
    const file = join(examples, ...path);
    return existsSync(file) ? readFileSync(file, "utf8").trimEnd() : undefined;
  };
  const short = (type: string) => type.replace(`${provider.name}_`, "");
  return new Map([
    ["index.md", page(`${provider.name} provider`, provider.schema, { usage: example("provider", "provider.tf") })],
    ...[...provider.resources].map(([type, schema]): [string, string] => [
      `resources/${short(type)}.md`,
      page(`${type} (resource)`, schema, {
        usage: example("resources", type, "resource.tf"),
        imported: example("resources", type, "import.tf"),
        identified: example("resources", type, "import-by-identity.tf"),
      }),
    ]),
    ...[...provider.dataSources].map(([type, schema]): [string, string] => [
      `data-sources/${short(type)}.md`,
      page(`${type} (data source)`, schema, { usage: example("data-sources", type, "data-source.tf") }),
    ]),
    ...[...provider.listResources].map(([type, schema]): [string, string] => [
      `list-resources/${short(type)}.md`,
      page(`${type} (list resource)`, schema, {
        usage: example("list-resources", type, "list-resource.tfquery.hcl"),
      }),
    ]),
    ...readdirSync(GUIDES).map((name): [string, string] => [
      `guides/${name}`,
      readFileSync(join(GUIDES, name), "utf8"),
    ]),
  ]);
}

interface Examples {
  readonly usage: string | undefined;
  readonly imported?: string | undefined;
  /** An import by identity. */
  readonly identified?: string | undefined;
}

function page(title: string, schema: Schema, { usage, imported, identified }: Examples): string {
  const [summary = ""] = schema.description.split("\n\n");
  const parts = [
    `---\npage_title: ${JSON.stringify(title)}\ndescription: ${JSON.stringify(summary)}\n---`,
    `<!-- Made from the schema and examples/ by \`npm run pages\`; changes here are lost. -->`,
    `# ${title}`,
    schema.description,
    ...(usage === undefined ? [] : ["## Example", hcl(usage)]),
    "## Schema",
    ...groups(schema.attributes, "###"),
    ...nestedParts(schema.attributes, []),
    ...(imported === undefined ? [] : ["## Import", hcl(imported)]),
    ...(identified === undefined ? [] : ["By identity, in Terraform 1.12 and later:", hcl(identified)]),
  ];
  return `${parts.join("\n\n")}\n`;
}

function hcl(code: string): string {
  return `\`\`\`terraform\n${code}\n\`\`\``;
}

/** The attributes of one object: required, optional, read-only. */
function groups(attributes: Attributes, heading: string, path: readonly string[] = []): readonly string[] {
  const of = (title: string, belongs: (attribute: Attribute) => boolean): readonly string[] => {
    const lines = Object.entries(attributes)
      .filter(([, attribute]) => belongs(attribute))
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, attribute]) => line(name, attribute, path));
    return lines.length === 0 ? [] : [`${heading} ${title}`, lines.join("\n")];
  };
  return [
    ...of("Required", ({ required }) => required),
    ...of("Optional", ({ optional }) => optional),
    ...of("Read-only", ({ required, optional }) => !required && !optional),
  ];
}

function line(name: string, attribute: Attribute, path: readonly string[]): string {
  const traits = [
    kind(attribute),
    ...(attribute.sensitive ? ["sensitive"] : []),
    ...(attribute.writeOnly ? ["write-only"] : []),
    ...(attribute.replaces ? ["a change makes a new one"] : []),
    ...(attribute.default === undefined ? [] : [`default \`${String(attribute.default)}\``]),
    ...(attribute.deprecated === undefined ? [] : ["deprecated"]),
  ];
  const allowed = attribute.validators.map(({ description }) => description);
  const more = attribute.nested ? ` See [below](#${anchor([...path, name])}).` : "";
  const expected = allowed.length === 0 ? "" : ` Expected: ${allowed.join("; ")}.`;
  const old = attribute.deprecated === undefined ? "" : ` **Deprecated:** ${attribute.deprecated}`;
  return `- \`${name}\` (${traits.join(", ")}) ${attribute.description}${expected}${more}${old}`;
}

function kind({ type, nested }: Attribute): string {
  const plain = (shown: Type) => typeName(shown).replaceAll("object", "objects");
  if (!nested) return typeName(type);
  return nested.nesting === "single" ? "object" : plain(type);
}

function nestedParts(attributes: Attributes, path: readonly string[]): readonly string[] {
  return Object.entries(attributes).flatMap(([name, { nested }]) => {
    if (!nested) return [];
    const here = [...path, name];
    return [
      `<a id="${anchor(here)}"></a>`,
      `### Inside \`${here.join(".")}\``,
      ...groups(nested.attributes, "####", here),
      ...nestedParts(nested.attributes, here),
    ];
  });
}

function anchor(path: readonly string[]): string {
  return `inside-${path.join("-")}`;
}
