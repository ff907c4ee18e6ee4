/**
 * The address that Gladly delivers to: an HTTP API with one route. Everything else gets 404 from API Gateway, with a small
 * separate throttle, so that a scanner cannot use up Gladly's share (docs/vendors/aws-relay.md section 16).
 */
import { Apigatewayv2Api } from "@cdktf/provider-aws/lib/apigatewayv2-api";
import { Apigatewayv2Integration } from "@cdktf/provider-aws/lib/apigatewayv2-integration";
import { Apigatewayv2Route } from "@cdktf/provider-aws/lib/apigatewayv2-route";
import { Apigatewayv2Stage } from "@cdktf/provider-aws/lib/apigatewayv2-stage";
import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { LambdaPermission } from "@cdktf/provider-aws/lib/lambda-permission";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { RELAY_WEBHOOK_PATH } from "../../contract/webhook-address";
import type { AwsNames } from "./aws-names";
import { CustomDomain } from "./custom-domain";
import { LIVE, type RelayFunction } from "./relay-function";

/** Settings of {@link WebhookEndpoint}. */
export interface WebhookEndpointProps {
  /** Names of the API and its access log. */
  readonly aws: AwsNames;
  /** The function that answers deliveries. */
  readonly ingest: RelayFunction;
  /** Deliveries per second before the answer is 429, which Gladly counts as a failure. */
  readonly throttleRate: number;
  /** Concurrent deliveries. */
  readonly throttleBurst: number;
  /** Days. */
  readonly logRetention: number;
  /** ARN of a KMS key for the access log. @default a key that CloudWatch owns */
  readonly kmsKey?: string | undefined;
  /** @default AWS's own address, which changes when the API is created again */
  readonly domain?: { readonly name: string; readonly hostedZone: string };
}

const ROUTE = `POST ${RELAY_WEBHOOK_PATH}`;

/** Milliseconds. More than the function's own timeout, so that the function's answer counts. Gladly waits 15 s. */
const INTEGRATION_TIMEOUT = 12_000;

/** No personal data: no sender's address, no headers, no body. */
const ACCESS_LOG = {
  requestId: "$context.requestId",
  requestTime: "$context.requestTime",
  routeKey: "$context.routeKey",
  status: "$context.status",
  responseLatency: "$context.responseLatency",
  integrationLatency: "$context.integrationLatency",
  integrationError: "$context.integrationErrorMessage",
};

/** Creates the HTTP API with its route, throttle, access log and optional domain. */
export class WebhookEndpoint extends Construct {
  /** The HTTP API itself. */
  readonly api: Apigatewayv2Api;
  /** Where Gladly delivers. */
  readonly url: string;
  /** Everything that must exist before the address answers. */
  readonly ready: readonly ITerraformDependable[];

  constructor(scope: Construct, id: string, props: WebhookEndpointProps) {
    super(scope, id);
    const { aws, ingest, domain } = props;
    this.api = new Apigatewayv2Api(this, "api", {
      name: aws.name("webhook"),
      description: "Where Gladly tells of closed conversations.",
      protocolType: "HTTP",
      // With a domain, disables AWS's own address, so that there is only one to monitor.
      disableExecuteApiEndpoint: domain !== undefined,
    });
    const integration = new Apigatewayv2Integration(this, "integration", {
      apiId: this.api.id,
      integrationType: "AWS_PROXY",
      integrationMethod: "POST",
      integrationUri: ingest.alias.invokeArn,
      payloadFormatVersion: "2.0",
      timeoutMilliseconds: INTEGRATION_TIMEOUT,
    });
    const route = new Apigatewayv2Route(this, "route", {
      apiId: this.api.id,
      routeKey: ROUTE,
      target: `integrations/${integration.id}`,
    });
    const log = new CloudwatchLogGroup(this, "access_log", {
      // Log groups with this prefix share one statement of CloudWatch's resource policy. Any other adds its own statement until
      // the policy is full, at 5,120 bytes, and AWS refuses the account's next access log.
      name: `/aws/vendedlogs/apigateway/${aws.name("webhook")}`,
      retentionInDays: props.logRetention,
      ...(props.kmsKey === undefined ? {} : { kmsKeyId: props.kmsKey }),
    });
    const stage = new Apigatewayv2Stage(this, "stage", {
      apiId: this.api.id,
      name: "$default",
      autoDeploy: true,
      accessLogSettings: { destinationArn: log.arn, format: JSON.stringify(ACCESS_LOG) },
      defaultRouteSettings: { throttlingRateLimit: 10, throttlingBurstLimit: 20, detailedMetricsEnabled: false },
      routeSettings: [
        {
          routeKey: ROUTE,
          throttlingRateLimit: props.throttleRate,
          throttlingBurstLimit: props.throttleBurst,
          detailedMetricsEnabled: false,
        },
      ],
      // AWS refuses a route's settings before the route exists.
      dependsOn: [route],
    });
    const permission = new LambdaPermission(this, "permission", {
      statementId: "OnlyTheWebhookRoute",
      action: "lambda:InvokeFunction",
      functionName: ingest.name,
      qualifier: LIVE,
      principal: "apigateway.amazonaws.com",
      sourceArn: `${this.api.executionArn}/*/POST${RELAY_WEBHOOK_PATH}`,
      dependsOn: [ingest.alias],
    });
    const ready: ITerraformDependable[] = [route, stage, permission, ingest.policy];
    if (domain === undefined) {
      this.url = `${this.api.apiEndpoint}${RELAY_WEBHOOK_PATH}`;
    } else {
      const custom = new CustomDomain(this, "domain", { ...domain, apiId: this.api.id, stage: stage.id });
      ready.push(custom.mapping, custom.record);
      this.url = `https://${domain.name}${RELAY_WEBHOOK_PATH}`;
    }
    this.ready = ready;
  }
}
