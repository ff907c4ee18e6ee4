/** What an apply may create, change and delete: only resources of its own environment, by their names. */
import type { AwsNames } from "./aws-names";
import { environmentArns } from "./deploy-reads";
import type { Statement } from "./policy";

export interface WriteScope {
  /** Id of the Route 53 zone of the webhook's own domain. @default no domain */
  readonly hostedZone?: string | undefined;
  /** Whether resources with data may be deleted. @default false */
  readonly removable?: boolean;
}

export function writePermissions(aws: AwsNames, { hostedZone, removable = false }: WriteScope): readonly Statement[] {
  const arns = environmentArns(aws);
  return [
    {
      sid: "ManageFunctions",
      actions: [
        "lambda:AddPermission",
        "lambda:CreateAlias",
        "lambda:CreateFunction",
        "lambda:DeleteAlias",
        "lambda:DeleteFunction",
        "lambda:DeleteFunctionEventInvokeConfig",
        "lambda:PublishVersion",
        "lambda:PutFunctionEventInvokeConfig",
        "lambda:RemovePermission",
        "lambda:TagResource",
        "lambda:UntagResource",
        "lambda:UpdateAlias",
        "lambda:UpdateFunctionCode",
        "lambda:UpdateFunctionConfiguration",
      ],
      resources: arns.functions,
    },
    // An event source mapping has a generated id and no name. Its function shows which environment it belongs to.
    {
      sid: "CreateFeeds",
      actions: ["lambda:CreateEventSourceMapping"],
      // AWS accepts no narrower resource for this action.
      resources: ["*"],
      conditions: { ArnLike: { "lambda:FunctionArn": arns.functions } },
    },
    {
      sid: "ManageFeeds",
      actions: ["lambda:DeleteEventSourceMapping", "lambda:UpdateEventSourceMapping"],
      resources: arns.eventSourceMappings,
      conditions: { ArnLike: { "lambda:FunctionArn": arns.functions } },
    },
    { sid: "TagFeeds", actions: ["lambda:TagResource", "lambda:UntagResource"], resources: arns.eventSourceMappings },
    {
      sid: "ManageQueues",
      actions: ["sqs:CreateQueue", "sqs:DeleteQueue", "sqs:SetQueueAttributes", "sqs:TagQueue", "sqs:UntagQueue"],
      resources: arns.queues,
    },
    {
      sid: "ManageTables",
      actions: [
        "dynamodb:CreateTable",
        "dynamodb:TagResource",
        "dynamodb:UntagResource",
        "dynamodb:UpdateContinuousBackups",
        "dynamodb:UpdateTable",
        "dynamodb:UpdateTimeToLive",
      ],
      resources: arns.tables,
    },
    {
      sid: "ManageSecretContainers",
      actions: [
        "secretsmanager:CreateSecret",
        "secretsmanager:TagResource",
        "secretsmanager:UntagResource",
        "secretsmanager:UpdateSecret",
      ],
      resources: arns.secrets,
    },
    {
      sid: "ManageLogGroups",
      actions: [
        ...(aws.kmsKey === undefined ? [] : ["logs:AssociateKmsKey", "logs:DisassociateKmsKey"]),
        "logs:CreateLogGroup",
        "logs:DeleteDataProtectionPolicy",
        "logs:DeleteLogGroup",
        "logs:PutDataProtectionPolicy",
        "logs:PutRetentionPolicy",
        "logs:TagResource",
        "logs:UntagResource",
      ],
      resources: arns.logGroups,
    },
    {
      // These set up an API's access log. AWS accepts no narrower resource.
      sid: "DeliverAccessLogs",
      actions: [
        "logs:CreateLogDelivery",
        "logs:DeleteLogDelivery",
        "logs:DescribeResourcePolicies",
        "logs:GetLogDelivery",
        "logs:ListLogDeliveries",
        "logs:PutResourcePolicy",
        "logs:UpdateLogDelivery",
      ],
      resources: ["*"],
    },
    {
      sid: "ManageAlarms",
      actions: [
        "cloudwatch:DeleteAlarms",
        "cloudwatch:PutMetricAlarm",
        "cloudwatch:TagResource",
        "cloudwatch:UntagResource",
      ],
      resources: arns.alarms,
    },
    {
      sid: "ManageDashboards",
      actions: ["cloudwatch:DeleteDashboards", "cloudwatch:PutDashboard"],
      resources: arns.dashboards,
    },
    {
      sid: "ManageTopics",
      actions: [
        "sns:CreateTopic",
        "sns:DeleteTopic",
        "sns:SetTopicAttributes",
        "sns:Subscribe",
        "sns:TagResource",
        "sns:UntagResource",
      ],
      resources: arns.topics,
    },
    // IAM has no resource type for subscriptions.
    { sid: "EndSubscriptions", actions: ["sns:Unsubscribe"], resources: ["*"] },
    {
      sid: "ManageSchedules",
      actions: ["scheduler:CreateSchedule", "scheduler:DeleteSchedule", "scheduler:UpdateSchedule"],
      resources: arns.schedules,
    },
    {
      sid: "ManageBudgets",
      actions: ["budgets:ModifyBudget", "budgets:TagResource", "budgets:UntagResource"],
      resources: arns.budgets,
    },
    {
      sid: "ManageApis",
      actions: ["apigateway:DELETE", "apigateway:PATCH", "apigateway:POST", "apigateway:PUT"],
      resources: arns.apis,
    },
    neverAnotherEnvironment(aws),
    ...roles(aws, arns.roles),
    ...(hostedZone === undefined ? [] : domain(aws, arns.certificates, hostedZone)),
    ...(removable ? removals(arns) : []),
  ];
}

/**
 * Refuses to change what carries another environment's tag, for the services whose ARNs hold generated ids and no names. It
 * denies instead of allowing by tag, because parts of an API, such as its routes, have no tags, and neither has anything before
 * it is created.
 */
function neverAnotherEnvironment({ environment }: AwsNames): Statement {
  return {
    sid: "NeverAnotherEnvironment",
    effect: "Deny",
    actions: ["acm:*", "apigateway:*", "lambda:TagResource", "lambda:UntagResource"],
    resources: ["*"],
    conditions: {
      Null: { "aws:ResourceTag/relay:environment": ["false"] },
      StringNotEquals: { "aws:ResourceTag/relay:environment": [environment] },
    },
  };
}

/**
 * Allows deleting resources with data: only for an environment whose file says that it is retired or has no relay. Secrets can
 * be restored for 30 days.
 */
function removals(arns: ReturnType<typeof environmentArns>): readonly Statement[] {
  return [
    { sid: "DeleteTables", actions: ["dynamodb:DeleteTable"], resources: arns.tables },
    { sid: "DeleteSecrets", actions: ["secretsmanager:DeleteSecret"], resources: arns.secrets },
  ];
}

/** Allows roles only with the boundary, and no removal of the boundary. */
function roles(aws: AwsNames, resources: readonly string[]): readonly Statement[] {
  const boundary = [aws.permissionsBoundary];
  return [
    {
      sid: "MakeRolesUnderTheBoundary",
      actions: [
        "iam:CreateRole",
        "iam:DeleteRolePolicy",
        // A manually attached policy is drift, which an apply removes.
        "iam:DetachRolePolicy",
        // Only this environment's own boundary: see below.
        "iam:PutRolePermissionsBoundary",
        "iam:PutRolePolicy",
      ],
      resources,
      conditions: { ArnEquals: { "iam:PermissionsBoundary": boundary } },
    },
    {
      sid: "ManageRoles",
      actions: [
        "iam:DeleteRole",
        "iam:TagRole",
        "iam:UntagRole",
        "iam:UpdateAssumeRolePolicy",
        "iam:UpdateRole",
        "iam:UpdateRoleDescription",
      ],
      resources,
    },
    {
      sid: "HandRolesToTheirServices",
      actions: ["iam:PassRole"],
      resources,
      conditions: {
        StringEquals: { "iam:PassedToService": ["lambda.amazonaws.com", "scheduler.amazonaws.com"] },
      },
    },
    {
      sid: "NeverLiftTheBoundary",
      effect: "Deny",
      actions: [
        "iam:CreatePolicyVersion",
        "iam:DeletePolicy",
        "iam:DeletePolicyVersion",
        "iam:DeleteRolePermissionsBoundary",
        "iam:SetDefaultPolicyVersion",
      ],
      resources: ["*"],
    },
    {
      sid: "NeverAnotherBoundary",
      effect: "Deny",
      actions: ["iam:PutRolePermissionsBoundary"],
      resources: ["*"],
      conditions: { ArnNotEquals: { "iam:PermissionsBoundary": boundary } },
    },
  ];
}

function domain(aws: AwsNames, certificates: readonly string[], hostedZone: string): readonly Statement[] {
  return [
    // A certificate has no ARN before it is created, so there is no narrower resource.
    { sid: "RequestCertificates", actions: ["acm:RequestCertificate"], resources: ["*"] },
    {
      sid: "ManageCertificates",
      actions: ["acm:AddTagsToCertificate", "acm:DeleteCertificate", "acm:RemoveTagsFromCertificate"],
      resources: certificates,
    },
    {
      sid: "ManageRecords",
      actions: ["route53:ChangeResourceRecordSets"],
      resources: [`arn:aws:route53:::hostedzone/${hostedZone}`],
    },
    {
      // API Gateway creates it with the first custom domain of an account, with the caller's permissions.
      // It cannot be created in advance: in an account that already has it, that would be an error.
      sid: "FirstDomainOfTheAccount",
      actions: ["iam:CreateServiceLinkedRole"],
      resources: [
        aws.accountArn("iam", "role/aws-service-role/ops.apigateway.amazonaws.com/AWSServiceRoleForAPIGateway"),
      ],
      conditions: { StringEquals: { "iam:AWSServiceName": ["ops.apigateway.amazonaws.com"] } },
    },
    { sid: "WaitForRecords", actions: ["route53:GetChange"], resources: ["arn:aws:route53:::change/*"] },
  ];
}
