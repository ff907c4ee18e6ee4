/**
 * Generates the state after an apply of a plan: keeps the plan's known values, and makes up the values of AWS and Gladly by the
 * provider's schema. With it the real provider plans real changes without an account. The state is correct if the next plan
 * of the same configuration has no changes.
 */
import { z } from "zod";

const Record = z.record(z.string(), z.unknown());

const Planned = z.object({
  resource_changes: z.array(
    z.object({
      mode: z.enum(["managed", "data"]),
      type: z.string(),
      name: z.string(),
      provider_name: z.string(),
      change: z.object({ after: Record.nullable(), after_unknown: z.unknown(), after_sensitive: z.unknown() }),
    }),
  ),
  planned_values: z.object({
    outputs: z
      .record(z.string(), z.object({ type: z.unknown().optional(), value: z.unknown().optional() }))
      .default({}),
  }),
});

interface BlockSchema {
  readonly attributes: { [name: string]: { type?: unknown } };
  readonly block_types: { [name: string]: { nesting_mode: string; block: BlockSchema } };
}
const BlockSchema: z.ZodType<BlockSchema> = z.lazy(() =>
  z.object({
    attributes: z.record(z.string(), z.object({ type: z.unknown().optional() })).default({}),
    block_types: z.record(z.string(), z.object({ nesting_mode: z.string(), block: BlockSchema })).default({}),
  }),
);
const Schemas = z.object({
  provider_schemas: z.record(
    z.string(),
    z.object({
      resource_schemas: z.record(z.string(), z.object({ version: z.number(), block: BlockSchema })).default({}),
    }),
  ),
});
export type Schemas = z.infer<typeof Schemas>;

/** Parses the output of `terraform providers schema -json`. */
export function parseSchemas(text: string): Schemas {
  return Schemas.parse(JSON.parse(text));
}

/** @param plan the output of `terraform show -json` */
export function stateOfPlan(plan: string, schemas: Schemas): string {
  const { resource_changes: changes, planned_values: values } = Planned.parse(JSON.parse(plan));
  const resources = changes.flatMap(({ mode, type, name, provider_name: provider, change }) => {
    if (mode === "data" || change.after === null) return [];
    const schema = schemas.provider_schemas[provider]?.resource_schemas[type];
    if (schema === undefined) throw new Error(`the provider ${provider} tells no schema of ${type}`);
    const attributes = filled(schema.block, change.after, change.after_unknown, new Made(type, name, change.after));
    // Without these, Terraform plans an update without changes.
    const sensitive_attributes = sensitivePaths(change.after_sensitive);
    const instance = { schema_version: schema.version, attributes, sensitive_attributes };
    return [{ mode, type, name, provider: `provider["${provider}"]`, instances: [instance] }];
  });
  const outputs = Object.entries(values.outputs).flatMap(([name, { value }]) =>
    value === undefined ? [] : [[name, { value, type: "string" }] as const],
  );
  return JSON.stringify({
    version: 4,
    terraform_version: "1.11.4",
    serial: 1,
    lineage: "00000000-0000-4000-8000-000000000000",
    outputs: Object.fromEntries(outputs),
    resources,
  });
}

/** The sensitive paths in a state's format. */
function sensitivePaths(marks: unknown, path: readonly object[] = []): readonly (readonly object[])[] {
  if (marks === true) return [path];
  if (Array.isArray(marks)) {
    return marks.flatMap((mark: unknown, index) =>
      sensitivePaths(mark, [...path, { type: "index", value: { value: index, type: "number" } }]),
    );
  }
  return Object.entries(Record.safeParse(marks).data ?? {}).flatMap(([name, mark]) =>
    sensitivePaths(mark, [...path, { type: "get_attr", value: name }]),
  );
}

/** A block with generated values for unknown ones. */
function filled(schema: BlockSchema, known: unknown, unknown: unknown, made: Made): unknown {
  if (typeof known !== "object" || known === null) return known;
  const marks = Record.safeParse(unknown).data ?? {};
  const result: { [name: string]: unknown } = { ...known };
  for (const [name, mark] of Object.entries(marks)) {
    const nested = schema.block_types[name]?.block;
    if (nested !== undefined) result[name] = mark === true ? [] : inner(nested, result[name], mark, made);
    else if (mark === true) result[name] = made.value(name, schema.attributes[name]?.type);
    else if (JSON.stringify(mark).includes("true")) result[name] = made.part(name, result[name], mark);
  }
  return result;
}

function inner(schema: BlockSchema, known: unknown, marks: unknown, made: Made): unknown {
  if (!Array.isArray(known)) return filled(schema, known, marks, made);
  return known.map((item: unknown, index) => filled(schema, item, Array.isArray(marks) ? marks[index] : {}, made));
}

/** Generates values that a service would return. */
class Made {
  private readonly own: string;

  constructor(
    private readonly type: string,
    name: string,
    known: { readonly [name: string]: unknown },
  ) {
    const named = [known.name, known.function_name, known.domain_name, name].find((one) => typeof one === "string");
    this.own = String(named).replaceAll("_", "-");
  }

  value(attribute: string, type: unknown): unknown {
    if (attribute === "domain_validation_options") return this.validation();
    if (Array.isArray(type)) return type[0] === "map" ? {} : [];
    if (type === "number") return 0;
    if (type === "bool") return attribute === "has_credentials";
    return this.text(attribute);
  }

  /** A list or map with generated values for its unknown elements. */
  part(attribute: string, known: unknown, marks: unknown): unknown {
    if (attribute === "domain_validation_options") return this.validation();
    if (Array.isArray(marks) && Array.isArray(known)) {
      return known.map((item: unknown, index) => (marks[index] === true ? this.text(attribute) : item));
    }
    return known;
  }

  private text(attribute: string): string | null {
    if (NEVER.has(attribute)) return null;
    if (attribute === "api_endpoint") return `https://${this.own}.example.com`;
    if (attribute.endsWith("arn") || attribute === "id" || attribute === "certificate_arn")
      return this.arnOrId(attribute);
    if (attribute === "status") return "active";
    if (attribute === "version" || attribute === "function_version") return "1";
    if (attribute.endsWith("_at")) return "2026-11-22T09:00:00Z";
    if (attribute === "url") return `https://sqs.us-east-1.amazonaws.com/444455556666/${this.own}`;
    return `${this.own}-${attribute.replaceAll("_", "-")}`;
  }

  private arnOrId(attribute: string): string {
    if (attribute === "id") return this.type.includes("sqs_queue") ? String(this.text("url")) : this.own;
    return `arn:aws:${this.type.split("_")[1]}:us-east-1:444455556666:${this.own}`;
  }

  private validation(): unknown {
    const name = "surveys.example.com";
    return [
      {
        domain_name: name,
        resource_record_name: `_proof.${name}`,
        resource_record_type: "CNAME",
        resource_record_value: "_proof.example.com",
      },
    ];
  }
}

/** Attributes that services return only after errors, or without another name. */
const NEVER = new Set([
  "disabled_at_due_to_retry_limit",
  "name_prefix",
  "statement_id_prefix",
  "signing_job_arn",
  "fifo_throughput_scope",
]);
