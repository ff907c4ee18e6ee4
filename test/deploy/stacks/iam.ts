/**
 * Evaluates whether policies allow a call, for the statements that this project uses: actions and resources with `*` and `?`,
 * and the condition operators in `Operator`. Throws for any other statement instead of guessing.
 */
import { z } from "zod";
import type { Json } from "./samples";
import { isAllowedByPbac } from "./second-iam";

const list = z
  .union([z.string(), z.array(z.string())])
  .transform((value) => (typeof value === "string" ? [value] : value));
const Operator = z.enum([
  "StringEquals",
  "StringNotEquals",
  "Null",
  "ArnEquals",
  "ArnLike",
  "ArnNotEquals",
  "Bool",
  "ForAllValues:StringEquals",
  "ForAnyValue:StringEquals",
]);
const Statement = z.strictObject({
  Sid: z.string(),
  Effect: z.enum(["Allow", "Deny"]),
  Principal: z.unknown().optional(),
  Action: list,
  Resource: list.optional(),
  Condition: z.partialRecord(Operator, z.record(z.string(), list)).optional(),
});
type Statement = z.infer<typeof Statement>;
const Policy = z.strictObject({ Version: z.literal("2012-10-17"), Statement: z.array(Statement) });

export interface Call {
  readonly action: string;
  readonly resource: string;
  /** Context keys of the call, such as `iam:PassedToService`. */
  readonly context?: Readonly<Record<string, string>>;
}

export function readPolicy(document: unknown): readonly Statement[] {
  return Policy.parse(JSON.parse(z.string().parse(document))).Statement;
}

/** The statements of the managed policies that are attached to a role, by the role's name in the stack. */
export function attachedTo({ resource }: Json, role: string): readonly Statement[] {
  const policies = Object.entries(resource.aws_iam_policy ?? {});
  return Object.values(resource.aws_iam_role_policy_attachment ?? {})
    .filter((attachment) => String(attachment.role).includes(`aws_iam_role.${role}.`))
    .flatMap((attachment) =>
      policies.filter(([name]) => String(attachment.policy_arn).includes(`aws_iam_policy.${name}.`)),
    )
    .flatMap(([, { policy }]) => readPolicy(policy));
}

/**
 * Decides as AWS does: a statement must allow the call, and none may deny it.
 *
 * @throws Error when the second evaluator gives another result
 */
export function isAllowed(call: Call, statements: readonly Statement[]): boolean {
  const matching = statements.filter((statement) => applies(statement, call));
  const allowed =
    matching.some(({ Effect }) => Effect === "Allow") && !matching.some(({ Effect }) => Effect === "Deny");
  if (isAllowedByPbac(call, statements) !== allowed) {
    const words = allowed ? ["allowed", "refused"] : ["refused", "allowed"];
    throw new Error(`${JSON.stringify(call)} is ${words[0]} by iam.ts and ${words[1]} by node-pbac`);
  }
  return allowed;
}

function applies(statement: Statement, { action, resource, context = {} }: Call): boolean {
  const conditions = Object.entries(statement.Condition ?? {}).flatMap(([operator, keys]) =>
    Object.entries(keys ?? {}).map(([key, allowed]) => ({ operator, key, allowed })),
  );
  return (
    // The comparison of actions is case-insensitive, of resources case-sensitive.
    statement.Action.some((pattern) => matches(pattern.toLowerCase(), action.toLowerCase())) &&
    (statement.Resource ?? ["*"]).some((pattern) => matches(pattern, resource)) &&
    conditions.every(({ operator, key, allowed }) => {
      const actual = context[key];
      // Whether the key is missing.
      if (operator === "Null") return allowed.includes(String(actual === undefined));
      // As in AWS: ForAllValues is true for no values, and a missing key is not equal.
      if (actual === undefined) return operator.startsWith("ForAllValues:") || operator.includes("Not");
      return allowed.some((pattern) => matches(pattern, actual)) !== operator.includes("Not");
    })
  );
}

function matches(pattern: string, text: string): boolean {
  const expression = pattern
    .replace(/[.+^${}()|[\]\\]/g, "\\$&")
    .replaceAll("*", ".*")
    .replaceAll("?", ".");
  return new RegExp(`^${expression}$`).test(text);
}
