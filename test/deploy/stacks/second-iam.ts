/**
 * A second evaluator of IAM policies from outside this project: node-pbac. It checks every call of the first evaluator
 * (iam.ts). It supports less, so this module translates five things, by AWS's documentation of condition operators.
 */
import PBAC from "pbac";

export interface Evaluated {
  readonly Effect: "Allow" | "Deny";
  readonly Action: readonly string[];
  readonly Resource?: readonly string[] | undefined;
  readonly Condition?: Readonly<Partial<Record<string, Readonly<Record<string, readonly string[]>>>>> | undefined;
}

interface Call {
  readonly action: string;
  readonly resource: string;
  readonly context?: Readonly<Record<string, string>>;
}

/** ArnEquals and ArnLike are identical in AWS. node-pbac's ArnNotEquals throws an exception. */
const SAME_OPERATOR: Readonly<Record<string, string>> = { ArnEquals: "ArnLike", ArnNotEquals: "ArnNotLike" };

type Translated = readonly [operator: string, key: Readonly<Record<string, readonly string[]>>];
const NEVER: Translated = ["StringEquals", { "aws:NoSuchKey": ["never"] }];

/** node-pbac reads a key only up to its second colon, but tag keys can have more. */
const oneColon = (key: string) => key.split(":").reduce((all, part, at) => `${all}${at === 1 ? ":" : "/"}${part}`);

/** node-pbac's result for a call, without the caller. */
export function isAllowedByPbac({ action, resource, context = {} }: Call, statements: readonly Evaluated[]): boolean {
  const translated = statements.map((statement) => ({
    Effect: statement.Effect,
    Action: statement.Action.map((name) => name.toLowerCase()),
    ...(statement.Resource === undefined ? {} : { Resource: statement.Resource }),
    Condition: condition(statement.Condition ?? {}, context),
  }));
  const pbac = new PBAC([{ Statement: translated }], { validateSchema: false, validatePolicies: false });
  return pbac.evaluate({ action: action.toLowerCase(), resource, context: nested(context) });
}

function condition(all: NonNullable<Evaluated["Condition"]>, context: Readonly<Record<string, string>>) {
  return Object.fromEntries(
    Object.entries(all).flatMap(([operator, keys = {}]): readonly Translated[] => {
      const [only, ...more] = Object.entries(keys);
      if (only === undefined) return [];
      if (more.length > 0) throw new Error(`node-pbac reads one key of ${operator}, and there are more`);
      // In AWS ForAllValues is true for a missing key. node-pbac uses the key's name as its value.
      if (operator.startsWith("ForAllValues:") && !(only[0] in context)) return [];
      // In AWS Null tests whether a key is missing. node-pbac accepts no text for it.
      if (operator === "Null") return only[1].includes(String(!(only[0] in context))) ? [] : [NEVER];
      return [[SAME_OPERATOR[operator] ?? operator, { [oneColon(only[0])]: only[1] }]];
    }),
  );
}

/** `iam:PassedToService` is `PassedToService` of `iam` to node-pbac. */
function nested(context: Readonly<Record<string, string>>): Record<string, Record<string, string>> {
  const found: Record<string, Record<string, string>> = {};
  for (const [key, value] of Object.entries(context)) {
    const [service = "", name = ""] = oneColon(key).split(":");
    found[service] = { ...found[service], [name]: value };
  }
  return found;
}
