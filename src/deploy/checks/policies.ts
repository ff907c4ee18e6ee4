/** Policies name every action and resource that they allow. */
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

/** AWS accepts no narrower resource for these actions. */
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
  "xray:PutTelemetryRecords",
  "xray:PutTraceSegments",
]);

/** An action with a star also allows actions that AWS adds later. */
export const noWildcardAction: Check = (resources) =>
  allowed(resources).flatMap(({ path, statement }) =>
    statement.Action.filter((action) => action.includes("*")).map((action) => ({
      path,
      message: `statement ${statement.Sid} allows ${action}. List the actions that are needed.`,
    })),
  );

/** A bare star, or a whole service, includes the data of every other project. */
export const noWildcardResource: Check = (resources) =>
  allowed(resources).flatMap(({ path, statement }) => {
    if (!statement.Resource.some(isEverything)) return [];
    const narrow = statement.Action.filter((action) => !WITHOUT_RESOURCE.has(action));
    if (narrow.length === 0) return [];
    return [
      {
        path,
        message: `statement ${statement.Sid} allows ${narrow.join(", ")} on every resource. Name the resources.`,
      },
    ];
  });

/** `*`, or an ARN whose resource part is nothing but a star. */
function isEverything(resource: string): boolean {
  return resource === "*" || /^arn:aws:[a-z0-9-]+:[^:]*:[^:]*:\*$/.test(resource);
}

/** The boundary limits a role regardless of its policies. */
export const permissionsBoundary: Check = (resources) =>
  ofType(resources, "aws_iam_role")
    // The pipeline's roles enforce the boundary on the other roles. They have their own path.
    .filter(({ attributes }) => attributes.permissions_boundary === undefined && attributes.path === undefined)
    .map(({ path }) => ({ path, message: "a role needs the permissions boundary. Set permissionsBoundary." }));

/** AWS's limits in characters, by resource type and attribute. A role's inline policies count together. */
const MOST_CHARACTERS = {
  /** The default quota. AWS raises it on request. */
  trust: 2048,
  managed: MANAGED_POLICY_LIMIT,
  inline: 10_240,
} as const;

/** Without this check, AWS would refuse a long policy in the middle of an apply. */
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
  return [{ path, message: `the ${attribute} has ${length} characters. AWS allows ${most}. Split it.` }];
}

function inlineTooLong(role: Resource, resources: readonly Resource[]): readonly Finding[] {
  const own = ofType(resources, "aws_iam_role_policy").filter(({ attributes }) => refersTo(attributes.role, role));
  const length = own.reduce((sum, { attributes }) => sum + String(attributes.policy).length, 0);
  if (length <= MOST_CHARACTERS.inline) return [];
  const message = `the policies of the role have ${length} characters together. AWS allows ${MOST_CHARACTERS.inline}.`;
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
