/** IAM policies as values, so that readers, checks and tests see the same statements. */

export interface Statement {
  /** The purpose of the statement; only letters and digits. */
  readonly sid: string;
  /** @default "Allow" */
  readonly effect?: "Allow" | "Deny";
  readonly actions: readonly string[];
  /** Missing only in trust policies. */
  readonly resources?: readonly string[];
  /** Only in resource and trust policies. */
  readonly principals?: Principals;
  /** Operator, key, values: `{ StringEquals: { "aws:SourceAccount": ["…"] } }`. */
  readonly conditions?: Conditions;
}

export type Principals = "*" | { readonly Service?: string; readonly Federated?: string; readonly AWS?: string };
export type Conditions = Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;

/** A policy document for AWS, always in the same order. */
export function policyDocument(statements: readonly Statement[]): string {
  return JSON.stringify({
    Version: "2012-10-17",
    Statement: statements.map(({ sid, effect = "Allow", actions, resources, principals, conditions }) => ({
      Sid: sid,
      Effect: effect,
      ...(principals === undefined ? {} : { Principal: principals }),
      Action: actions,
      ...(resources === undefined ? {} : { Resource: resources }),
      ...(conditions === undefined ? {} : { Condition: conditions }),
    })),
  });
}

/** Lets one AWS service assume a role, only for resources of this account. */
export function serviceTrust(service: string, account: string): string {
  return policyDocument([
    {
      sid: "OnlyThisAccount",
      actions: ["sts:AssumeRole"],
      principals: { Service: `${service}.amazonaws.com` },
      // Against the confused deputy problem: another account's resource must not use this role. Lambda assumes a function's
      // role without a source, so the condition would exclude it.
      ...(service === "lambda" ? {} : { conditions: { StringEquals: { "aws:SourceAccount": [account] } } }),
    },
  ]);
}

/** Refuses requests without TLS. */
export function denyWithoutTls(actions: string, resources: readonly string[]): Statement {
  return {
    sid: "TlsOnly",
    effect: "Deny",
    actions: [actions],
    resources,
    principals: "*",
    conditions: { Bool: { "aws:SecureTransport": ["false"] } },
  };
}

/** Maximum number of characters in a managed policy. */
export const MANAGED_POLICY_LIMIT = 6144;

/** Splits statements into documents that fit into managed policies, in their order. */
export function managedPolicies(statements: readonly Statement[]): readonly string[] {
  const groups: Statement[][] = [];
  for (const statement of statements) {
    const group = groups.at(-1);
    const fits = group !== undefined && policyDocument([...group, statement]).length <= MANAGED_POLICY_LIMIT;
    if (fits) group.push(statement);
    else groups.push([statement]);
  }
  return groups.map(policyDocument);
}
