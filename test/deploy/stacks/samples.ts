/** The sample environments, and stacks of them with changes. */
import { Aspects, type TerraformStack } from "cdktf";
import { z } from "zod";
import { AwsIntegrationStack } from "../../../src/deploy/stacks/aws-integration-stack";
import { FoundationStack } from "../../../src/deploy/stacks/foundation-stack";
import {
  type Account,
  type AwsEnvironment,
  accountsOf,
  type EnvironmentInput,
  isOnAws,
} from "../../../src/environment";
import { EnvironmentSchema } from "../../../src/environment/schema";
import production from "../../../stacks/environments/production";
import staging from "../../../stacks/environments/staging";
import { unwrittenApp } from "../../support/unwritten-app";

export const samples = { staging, production };
export type Sample = keyof typeof samples;

/** The sample with changes of its file. */
export function environment(sample: Sample, change: Partial<EnvironmentInput> = {}): AwsEnvironment {
  const parsed = EnvironmentSchema.parse({ ...samples[sample], ...change });
  if (!isOnAws(parsed)) throw new Error(`the sample ${sample} is meant to be on AWS`);
  return parsed;
}

/** The one-word change that goes live, with the manual step that it needs. */
export const live = {
  surveyMode: "production",
  manualSteps: { integratedChannel: { by: "a person", on: "2026-11-22" } },
} as const;

const Attributes = z.record(z.string(), z.unknown());
const Json = z.looseObject({
  resource: z.record(z.string(), z.record(z.string(), Attributes)),
  terraform: Attributes,
});
export type Json = z.infer<typeof Json>;

export function integration(of: AwsEnvironment): TerraformStack {
  return new AwsIntegrationStack(unwrittenApp(), of);
}

export function foundation(account: Account, bootstrap?: string): TerraformStack {
  return new FoundationStack(unwrittenApp(), account, bootstrap);
}

/** The sample's account. */
export function accountOf(sample: Sample): Account {
  const [account] = accountsOf([environment(sample)]);
  if (account === undefined) throw new Error(`the sample ${sample} has no account`);
  return account;
}

/**
 * As Terraform reads it.
 *
 * @throws Error where a synth would stop: at a check of the stack
 */
export function json(stack: TerraformStack): Json {
  stack.prepareStack();
  for (const aspect of Aspects.of(stack).all) for (const node of stack.node.findAll()) aspect.visit(node);
  const errors = stack.node
    .findAll()
    .flatMap(({ node }) => node.metadata.filter(({ type }) => type === "@cdktf/error"));
  if (errors.length > 0) throw new Error(errors.map(({ data }) => String(data)).join("\n"));
  return Json.parse(stack.toTerraform());
}

/** The attributes of a resource. */
export function attributes(of: Json, type: string, name: string): Record<string, unknown> {
  const found = of.resource[type]?.[name];
  if (found === undefined) throw new Error(`there is no ${type}.${name}`);
  return found;
}

/** `type.name` of every resource, sorted. */
export function addresses(of: Json): readonly string[] {
  return Object.entries(of.resource)
    .flatMap(([type, byName]) => Object.keys(byName).map((name) => `${type}.${name}`))
    .sort();
}
