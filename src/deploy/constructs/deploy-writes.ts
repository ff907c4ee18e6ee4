/** What an apply may make, change and take away: things of its own environment, by their names, and nothing else. */
import type { AwsNames } from "./aws-names";
import { environmentArns } from "./deploy-reads";
import type { Statement } from "./policy";

/** @param hostedZone of the webhook's own domain, when it has one */
export function writePermissions(aws: AwsNames, hostedZone: string | undefined): readonly Statement[] {
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
    {
      sid: "ManageFeeds",
      actions: [
        "lambda:CreateEventSourceMapping",
        "lambda:DeleteEventSourceMapping",
        "lambda:UpdateEventSourceMapping",
      ],
      resources: arns.eventSourceMappings,
      // A feed has a made-up id and no name: the function that it feeds tells whose it is.
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
      // An API's access log is set up by these; AWS takes no narrower resource.
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
        "sns:Unsubscribe",
        "sns:UntagResource",
      ],
      resources: [...arns.topics, ...arns.topics.map((arn) => `${arn}:*`)],
    },
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
      actions: ["apigateway:DELETE", "apigateway:PATCH", "apigateway:POST", "apigateway:PUT", "apigateway:TagResource"],
      resources: arns.apis,
    },
    ...roles(aws, arns.roles),
    ...(hostedZone === undefined ? [] : domain(arns.certificates, hostedZone)),
  ];
}

/** Roles only under the boundary, and the boundary stays. */
function roles(aws: AwsNames, resources: readonly string[]): readonly Statement[] {
  const boundary = { StringEquals: { "iam:PermissionsBoundary": [aws.permissionsBoundary] } };
  return [
    {
      sid: "MakeRolesUnderTheBoundary",
      actions: ["iam:CreateRole", "iam:DeleteRolePolicy", "iam:PutRolePolicy"],
      resources,
      conditions: boundary,
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
        "iam:PutRolePermissionsBoundary",
        "iam:SetDefaultPolicyVersion",
      ],
      resources: ["*"],
    },
  ];
}

function domain(certificates: readonly string[], hostedZone: string): readonly Statement[] {
  return [
    // A certificate has no name before it is made, so no narrower resource can be given.
    { sid: "RequestCertificates", actions: ["acm:RequestCertificate"], resources: ["*"] },
    {
      sid: "ManageCertificates",
      actions: ["acm:AddTagsToCertificate", "acm:DeleteCertificate"],
      resources: certificates,
    },
    {
      sid: "ManageRecords",
      actions: ["route53:ChangeResourceRecordSets"],
      resources: [`arn:aws:route53:::hostedzone/${hostedZone}`],
    },
    { sid: "WaitForRecords", actions: ["route53:GetChange"], resources: ["arn:aws:route53:::change/*"] },
  ];
}
