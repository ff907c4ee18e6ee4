/** IAM policies as values, so that a reader, a check and a test see the same statements. */

export interface Statement {
  /** Says what the statement is for; letters and digits only. */
  readonly sid: string;
  /** @default "Allow" */
  readonly effect?: "Allow" | "Deny";
  readonly actions: readonly string[];
  /** Left out only in trust policies. */
  readonly resources?: readonly string[];
  /** In resource and trust policies: who. */
  readonly principals?: Principals;
  /** Operator, key, values: `{ StringEquals: { "aws:SourceAccount": ["…"] } }`. */
  readonly conditions?: Conditions;
}

export type Principals = "*" | { readonly Service?: string; readonly Federated?: string; readonly AWS?: string };
export type Conditions = Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;

/** A policy document as AWS reads it, always in the same order. */
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

/** Lets one AWS service take a role, for things of this account only. */
export function serviceTrust(service: string, account: string): string {
  return policyDocument([
    {
      sid: "OnlyThisAccount",
      actions: ["sts:AssumeRole"],
      principals: { Service: `${service}.amazonaws.com` },
      // Against the confused deputy: another account's resource must not borrow this role. Lambda takes a function's
      // role without naming a source, so the condition would lock it out.
      ...(service === "lambda" ? {} : { conditions: { StringEquals: { "aws:SourceAccount": [account] } } }),
    },
  ]);
}

/** Refuses everything that does not come over TLS. */
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

/** Characters that AWS takes in one managed policy. */
export const MANAGED_POLICY_LIMIT = 6144;

/** Statements as so many documents as fit into managed policies, in their order. */
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
