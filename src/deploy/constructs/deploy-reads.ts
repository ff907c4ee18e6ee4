/**
 * What a plan reads on AWS: settings, never data. Amazon's own ReadOnlyAccess would also allow reading the ledger's items and
 * the queue's messages.
 */
import type { AwsNames } from "./aws-names";
import type { Statement } from "./policy";

/** All resources of one environment, by the prefix of their names. */
export function environmentArns(aws: AwsNames) {
  const all = aws.name("*");
  return {
    functions: [aws.arn("lambda", `function:${all}`), aws.arn("lambda", `function:${all}:*`)],
    eventSourceMappings: [aws.arn("lambda", "event-source-mapping:*")],
    queues: [aws.arn("sqs", all)],
    tables: [aws.arn("dynamodb", `table/${all}`)],
    secrets: [aws.arn("secretsmanager", `secret:${aws.secretName("*")}`)],
    logGroups: [
      aws.arn("logs", `log-group:/aws/lambda/${all}`),
      aws.arn("logs", `log-group:/aws/vendedlogs/apigateway/${all}`),
      // The access log's former name; the next apply deletes it.
      aws.arn("logs", `log-group:/aws/apigateway/${all}`),
    ],
    alarms: [aws.arn("cloudwatch", `alarm:${all}`)],
    dashboards: [aws.accountArn("cloudwatch", `dashboard/${all}`)],
    topics: [aws.arn("sns", all)],
    schedules: [aws.arn("scheduler", `schedule/default/${all}`)],
    roles: [aws.accountArn("iam", `role/${all}`)],
    budgets: [aws.accountArn("budgets", `budget/${all}`)],
    // API Gateway has generated ids and no names in its ARNs.
    apis: [
      `arn:aws:apigateway:${aws.region}::/apis`,
      `arn:aws:apigateway:${aws.region}::/apis/*`,
      `arn:aws:apigateway:${aws.region}::/domainnames`,
      `arn:aws:apigateway:${aws.region}::/domainnames/*`,
      `arn:aws:apigateway:${aws.region}::/tags/*`,
    ],
    certificates: [aws.arn("acm", "certificate/*")],
  };
}

/** @param hostedZone of the webhook's own domain, when it has one */
export function readPermissions(aws: AwsNames, hostedZone: string | undefined): readonly Statement[] {
  const arns = environmentArns(aws);
  return [
    {
      sid: "ReadFunctions",
      actions: [
        "lambda:GetAlias",
        "lambda:GetFunction",
        "lambda:GetFunctionCodeSigningConfig",
        "lambda:GetFunctionConfiguration",
        "lambda:GetFunctionEventInvokeConfig",
        "lambda:GetPolicy",
        "lambda:ListTags",
        "lambda:ListVersionsByFunction",
      ],
      resources: arns.functions,
    },
    {
      sid: "ReadFeeds",
      actions: ["lambda:GetEventSourceMapping", "lambda:ListTags"],
      resources: arns.eventSourceMappings,
    },
    {
      sid: "ReadQueues",
      actions: ["sqs:GetQueueAttributes", "sqs:GetQueueUrl", "sqs:ListQueueTags"],
      resources: arns.queues,
    },
    {
      sid: "ReadTables",
      actions: [
        "dynamodb:DescribeContinuousBackups",
        "dynamodb:DescribeTable",
        "dynamodb:DescribeTimeToLive",
        "dynamodb:ListTagsOfResource",
      ],
      resources: arns.tables,
    },
    {
      sid: "ReadSecretContainers",
      actions: [
        "secretsmanager:DescribeSecret",
        "secretsmanager:GetResourcePolicy",
        "secretsmanager:ListSecretVersionIds",
      ],
      resources: arns.secrets,
    },
    {
      sid: "ReadLogGroups",
      actions: ["logs:GetDataProtectionPolicy", "logs:ListTagsForResource"],
      resources: arns.logGroups,
    },
    // AWS accepts no narrower resource for this action.
    { sid: "FindLogGroups", actions: ["logs:DescribeLogGroups"], resources: ["*"] },
    {
      sid: "ReadAlarms",
      actions: ["cloudwatch:DescribeAlarms", "cloudwatch:ListTagsForResource"],
      resources: arns.alarms,
    },
    { sid: "ReadDashboards", actions: ["cloudwatch:GetDashboard"], resources: arns.dashboards },
    {
      sid: "ReadTopics",
      actions: ["sns:GetTopicAttributes", "sns:ListTagsForResource"],
      resources: arns.topics,
    },
    // IAM has no resource type for subscriptions.
    { sid: "ReadSubscriptions", actions: ["sns:GetSubscriptionAttributes"], resources: ["*"] },
    { sid: "ReadSchedules", actions: ["scheduler:GetSchedule"], resources: arns.schedules },
    {
      sid: "ReadRoles",
      actions: [
        "iam:GetRole",
        "iam:GetRolePolicy",
        "iam:ListAttachedRolePolicies",
        "iam:ListInstanceProfilesForRole",
        "iam:ListRolePolicies",
        "iam:ListRoleTags",
      ],
      resources: arns.roles,
    },
    { sid: "ReadBudgets", actions: ["budgets:ListTagsForResource", "budgets:ViewBudget"], resources: arns.budgets },
    { sid: "ReadApis", actions: ["apigateway:GET"], resources: arns.apis },
    ...(hostedZone === undefined
      ? []
      : [
          {
            sid: "ReadCertificates",
            actions: ["acm:DescribeCertificate", "acm:ListTagsForCertificate"],
            resources: arns.certificates,
          },
          {
            sid: "ReadZone",
            actions: ["route53:GetHostedZone", "route53:ListResourceRecordSets", "route53:ListTagsForResource"],
            resources: [`arn:aws:route53:::hostedzone/${hostedZone}`],
          },
        ]),
  ];
}

/** What neither a plan nor an apply may read: values of secrets, and data of customers. */
export function denyContents(): Statement {
  return {
    sid: "NeverContents",
    effect: "Deny",
    actions: [
      "secretsmanager:GetSecretValue",
      "secretsmanager:BatchGetSecretValue",
      "sqs:ReceiveMessage",
      "sqs:PurgeQueue",
      "dynamodb:BatchGetItem",
      "dynamodb:GetItem",
      "dynamodb:Query",
      "dynamodb:Scan",
    ],
    resources: ["*"],
  };
}
