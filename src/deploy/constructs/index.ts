/**
 * The building blocks of the stacks, for your own cdktf app. Each comes with the interface of its settings.
 *
 * @example A webhook and a topic in your own stack
 * ```ts
 * import { placeProviderFiles, SurveyWebhook } from "gladly-stella-relay/constructs";
 * ```
 */
export { placeProviderFiles } from "../build/provider-files";
export { AlarmTopics, type AlarmTopicsProps } from "./alarm-topics";
export { AwsNames, type AwsNamesProps } from "./aws-names";
export { AwsRelay, type AwsRelayProps } from "./aws-relay";
export { Budget, type BudgetProps } from "./budget";
export { CheckBlock, type CheckBlockProps } from "./check-block";
export { CustomDomain, type CustomDomainProps } from "./custom-domain";
export { Dashboard, type DashboardProps } from "./dashboard";
export { DeployRoles, type DeployRolesProps } from "./deploy-roles";
export { EventQueue, type EventQueueProps } from "./event-queue";
export { GladlyProvider, type GladlyProviderConfig } from "./generated/gladly/provider";
export { Topic, type TopicConfig } from "./generated/gladly/topic";
export { GitHubTrust, type GitHubTrustProps } from "./github-trust";
export { LedgerTable, type LedgerTableProps } from "./ledger-table";
export { LocalRelay, type LocalRelayProps } from "./local-relay";
export { OperatorPolicy, type OperatorPolicyProps } from "./operator-policy";
export { PermissionsBoundary, type PermissionsBoundaryProps } from "./permissions-boundary";
export { ReadableStack } from "./readable-stack";
export { RelayAlarms, type RelayAlarmsProps } from "./relay-alarms";
export { RelayFunction, type RelayFunctionProps } from "./relay-function";
export { SecretContainer, type SecretContainerProps } from "./secret-container";
export { SecretsAdminPolicy, type SecretsAdminPolicyProps } from "./secrets-admin-policy";
export { StateBucket, type StateBucketProps } from "./state-bucket";
export { SurveyWebhook, type SurveyWebhookProps } from "./survey-webhook";
export { WatchdogSchedule, type WatchdogScheduleProps } from "./watchdog-schedule";
export { WebhookEndpoint, type WebhookEndpointProps } from "./webhook-endpoint";
