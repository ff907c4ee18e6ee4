/**
 * Rules for every stack on AWS. They run at synth, before a plan and without an account. The list follows AWS's
 * Serverless Lens and docs/vendors/aws-relay.md sections 5, 7 and 11.
 */
import { Annotations, Aspects, type IAspect, TerraformStack } from "cdktf";
import type { IConstruct } from "constructs";
import { alarmActions, bucketProtection, preventDestroy, tableRecovery } from "./data";
import { logRetention, noSecretInVariables, ownLogGroup, supportedRuntime } from "./functions";
import { noWildcardAction, noWildcardResource, permissionsBoundary, policySizes } from "./policies";
import { deadLetterQueues, failureDestinations, queueEncryption, queueTransport, visibility } from "./queues";
import { type Check, type Finding, resourcesOf } from "./synthesized";

export const CHECKS = {
  deadLetterQueues,
  failureDestinations,
  visibility,
  queueEncryption,
  queueTransport,
  noSecretInVariables,
  logRetention,
  ownLogGroup,
  supportedRuntime,
  noWildcardAction,
  noWildcardResource,
  permissionsBoundary,
  policySizes,
  preventDestroy,
  tableRecovery,
  bucketProtection,
  alarmActions,
} as const satisfies Readonly<Record<string, Check>>;
export type CheckName = keyof typeof CHECKS;

/** Runs every check on a stack, except those that are left out. */
export function findingsOf(stack: TerraformStack, except: readonly CheckName[] = []): readonly Finding[] {
  const resources = resourcesOf(stack);
  const left: ReadonlySet<string> = new Set(except);
  return Object.entries(CHECKS).flatMap(([name, check]) => (left.has(name) ? [] : check(resources)));
}

/** Makes synth of a stack fail with every finding, each with the path of its construct. */
export function checkAwsStack(stack: TerraformStack, except: readonly CheckName[] = []): void {
  Aspects.of(stack).add(new Checks(except));
}

class Checks implements IAspect {
  constructor(private readonly except: readonly CheckName[]) {}

  visit(node: IConstruct): void {
    if (!TerraformStack.isStack(node)) return;
    for (const { path, message } of findingsOf(node, this.except)) Annotations.of(node).addError(`${path}: ${message}`);
  }
}
