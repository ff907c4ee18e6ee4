/** Reads Gladly's OpenAPI description, from which the contract tests are generated. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import Ajv2019 from "ajv/dist/2019";
import { parse } from "yaml";
import * as z from "zod";

const ErrorExample = z.looseObject({
  errors: z.array(
    z.looseObject({
      attr: z.string().optional(),
      code: z.string(),
      detail: z.string(),
      meta: z.record(z.string(), z.string()).optional(),
    }),
  ),
});
export type ErrorExample = z.infer<typeof ErrorExample>;

const Content = z.looseObject({
  schema: z.looseObject({ $ref: z.string().optional(), items: z.looseObject({ $ref: z.string() }).optional() }),
  example: ErrorExample.optional(),
  examples: z.record(z.string(), z.looseObject({ value: ErrorExample })).optional(),
});

const Operation = z.looseObject({
  operationId: z.string(),
  responses: z.record(
    z.string(),
    z.looseObject({
      headers: z.record(z.string(), z.unknown()).optional(),
      content: z.record(z.string(), Content).optional(),
    }),
  ),
});

const Description = z.looseObject({
  paths: z.record(z.string(), z.record(z.string(), z.unknown())),
  components: z.looseObject({ schemas: z.record(z.string(), z.unknown()) }),
});

const description = Description.parse(parse(readFileSync(join(__dirname, "..", "gladly-openapi.yaml"), "utf8")));

/** One documented answer of one operation. Each documented error example counts as an answer. */
export interface Documented {
  readonly operationId: string;
  readonly method: string;
  readonly path: string;
  readonly status: number;
  /** Name of the error example, when the description gives several for this status. */
  readonly example?: string;
  readonly errors?: ErrorExample["errors"];
  /** The documented response headers. */
  readonly headers: readonly string[];
  /** Component schema of the body, and whether the body is a list of it. Absent without a documented body. */
  readonly schema?: { readonly name: string; readonly list: boolean };
}

const METHODS = new Set(["get", "post", "put", "patch", "delete"]);

export function keyOf({ operationId, status, example }: Documented): string {
  return [operationId, status, example].filter((part) => part !== undefined).join(" ");
}

/** Every documented answer, in the description's order. */
export function documentedAnswers(): readonly Documented[] {
  return Object.entries(description.paths).flatMap(([path, item]) =>
    Object.entries(item)
      .filter(([method]) => METHODS.has(method))
      .flatMap(([method, value]) => answersOf(method.toUpperCase(), path, Operation.parse(value))),
  );
}

function answersOf(method: string, path: string, operation: z.infer<typeof Operation>): Documented[] {
  return Object.entries(operation.responses).flatMap(([status, response]) => {
    const content = response.content?.["application/json"];
    const name = (content?.schema.$ref ?? content?.schema.items?.$ref)?.split("/").pop();
    const documented: Documented = {
      operationId: operation.operationId,
      method,
      path,
      status: Number(status),
      headers: Object.keys(response.headers ?? {}),
      ...(name === undefined ? {} : { schema: { name, list: content?.schema.items !== undefined } }),
    };
    const examples = Object.entries(content?.examples ?? {});
    if (examples.length > 0) {
      return examples.map(([example, { value }]) => ({ ...documented, example, errors: value.errors }));
    }
    return [{ ...documented, ...(content?.example ? { errors: content.example.errors } : {}) }];
  });
}

const RFC3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]\d\d:\d\d)$/;

function validator(): Ajv2019 {
  const ajv = new Ajv2019({ strict: false, allErrors: true });
  for (const name of ["RFC3339", "RFC3339 with millis", "ISO 8601"]) ajv.addFormat(name, RFC3339);
  ajv.addFormat("E.164", /^\+[1-9]\d{1,14}$/);
  // Fields that are write-only must not be in an answer.
  ajv.removeKeyword("writeOnly").addKeyword({ keyword: "writeOnly", validate: (flag: boolean) => !flag });
  ajv.addSchema({ $id: "description", components: description.components });
  return ajv;
}

const ajv = validator();

/**
 * The faults of a body: differences from its schema, and fields that the description does not have, because the sandbox
 * must not invent any.
 */
export function faultsOf(schema: { readonly name: string; readonly list: boolean }, body: unknown): readonly string[] {
  const one = {
    allOf: [{ $ref: `description#/components/schemas/${schema.name}` }],
    unevaluatedProperties: schema.name.includes("Error"),
  };
  const validate = ajv.compile(schema.list ? { type: "array", items: one } : one);
  if (validate(body)) return [];
  return (validate.errors ?? []).map(
    (error) => `${error.instancePath} ${error.message} ${JSON.stringify(error.params)}`,
  );
}

/** The faults of an event, compared with the schema of a delivery. */
export function eventFaults(event: unknown): readonly string[] {
  return faultsOf({ name: "WebhookEvent", list: false }, event);
}
