/** Policies: what is allowed is written out. */
import { z } from "zod";
import { MANAGED_POLICY_LIMIT } from "../constructs/policy";
import { type Check, type Finding, ofType, type Resource, refersTo } from "./synthesized";

const list = z
  .union([z.string(), z.array(z.string())])
  .transform((value) => (typeof value === "string" ? [value] : value));
const Policy = z.object({
  Statement: z.array(
    z.looseObject({
      Sid: z.string().default("without a name"),
      Effect: z.enum(["Allow", "Deny"]),
      Action: list,
      Resource: list.default([]),
    }),
  ),
});

/** Resource type -> its attributes that hold a policy. */
const POLICIES: Readonly<Record<string, readonly string[]>> = {
  aws_iam_role_policy: ["policy"],
  aws_iam_policy: ["policy"],
  aws_iam_role: ["assume_role_policy"],
  aws_sqs_queue_policy: ["policy"],
  aws_sns_topic_policy: ["policy"],
  aws_s3_bucket_policy: ["policy"],
};

/** AWS takes no narrower resource for these. */
const WITHOUT_RESOURCE = new Set([
  "acm:RequestCertificate",
  "lambda:CreateEventSourceMapping",
  "logs:CreateLogDelivery",
  "logs:DeleteLogDelivery",
  "logs:DescribeLogGroups",
  "logs:DescribeResourcePolicies",
  "logs:GetLogDelivery",
  "logs:ListLogDeliveries",
  "logs:PutResourcePolicy",
  "logs:UpdateLogDelivery",
  "sns:GetSubscriptionAttributes",
  "sns:Unsubscribe",
]);

/** An action with a star allows what AWS adds next year. */
export const noWildcardAction: Check = (resources) =>
  allowed(resources).flatMap(({ path, statement }) =>
    statement.Action.filter((action) => action.includes("*")).map((action) => ({
      path,
      message: `statement ${statement.Sid} allows ${action}: write out the actions that are needed.`,
    })),
  );

/** A bare star, or a whole service, is everybody's data. */
export const noWildcardResource: Check = (resources) =>
  allowed(resources).flatMap(({ path, statement }) => {
    if (!statement.Resource.some(isEverything)) return [];
    const narrow = statement.Action.filter((action) => !WITHOUT_RESOURCE.has(action));
    if (narrow.length === 0) return [];
    return [
      { path, message: `statement ${statement.Sid} allows ${narrow.join(", ")} on everything: name what is meant.` },
    ];
  });

/** `*`, or an ARN whose resource part is nothing but a star. */
function isEverything(resource: string): boolean {
  return resource === "*" || /^arn:aws:[a-z0-9-]+:[^:]*:[^:]*:\*$/.test(resource);
}

/** Whatever its policy says, a role of the relay may never do more than the boundary. */
export const permissionsBoundary: Check = (resources) =>
  ofType(resources, "aws_iam_role")
    // The pipeline's roles are what keeps the others below the boundary; they have a path of their own.
    .filter(({ attributes }) => attributes.permissions_boundary === undefined && attributes.path === undefined)
    .map(({ path }) => ({ path, message: "a role needs the permissions boundary. Set permissionsBoundary." }));

/** Characters that AWS takes, by resource type and attribute; a role's own policies count together. */
const MOST_CHARACTERS = {
  /** A quota that AWS raises on request; every account has this. */
  trust: 2048,
  managed: MANAGED_POLICY_LIMIT,
  inline: 10_240,
} as const;

/** AWS refuses a policy that is too long, in the middle of an apply. */
export const policySizes: Check = (resources) => [
  ...ofType(resources, "aws_iam_policy").flatMap((policy) => tooLong(policy, "policy", MOST_CHARACTERS.managed)),
  ...ofType(resources, "aws_iam_role").flatMap((role) => [
    ...tooLong(role, "assume_role_policy", MOST_CHARACTERS.trust),
    ...inlineTooLong(role, resources),
  ]),
];

function tooLong({ path, attributes }: Resource, attribute: string, most: number): readonly Finding[] {
  const { length } = String(attributes[attribute]);
  if (length <= most) return [];
  return [{ path, message: `the ${attribute} has ${length} characters, and AWS takes ${most}. Split it.` }];
}

function inlineTooLong(role: Resource, resources: readonly Resource[]): readonly Finding[] {
  const own = ofType(resources, "aws_iam_role_policy").filter(({ attributes }) => refersTo(attributes.role, role));
  const length = own.reduce((sum, { attributes }) => sum + String(attributes.policy).length, 0);
  if (length <= MOST_CHARACTERS.inline) return [];
  const message = `the policies of the role have ${length} characters together, and AWS takes ${MOST_CHARACTERS.inline}.`;
  return [{ path: role.path, message: `${message} Use managed policies.` }];
}

function allowed(resources: readonly Resource[]) {
  return Object.entries(POLICIES).flatMap(([type, attributes]) =>
    ofType(resources, type).flatMap((resource) =>
      attributes
        .flatMap((attribute) => Policy.parse(JSON.parse(String(resource.attributes[attribute]))).Statement)
        .filter(({ Effect }) => Effect === "Allow")
        .map((statement) => ({ path: resource.path, statement })),
    ),
  );
}
