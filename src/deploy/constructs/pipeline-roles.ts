/**
 * The pipeline's two roles of an environment, by name: what the foundation makes and what a workflow asks for are the same
 * words, so that nobody copies an ARN into a setting.
 */

import { PLAN_ENVIRONMENT_END } from "../../contract/pipeline";

/** `plan` reads; `apply` changes. */
export type PipelineRole = "plan" | "apply";

/** Apart from the relay's own roles, which the pipeline may change: it must never change these. */
export const PIPELINE_PATH = "/relay-pipeline/";

export function pipelineRoleName(role: PipelineRole, environment: string): string {
  return `relay-${role}-${environment}`;
}

/** @param account 12 digits */
export function pipelineRoleArn(role: PipelineRole, environment: string, account: string): string {
  return `arn:aws:iam::${account}:role${PIPELINE_PATH}${pipelineRoleName(role, environment)}`;
}

/**
 * The GitHub environment of jobs that plan and check for drift. It holds GLADLY_TOKEN. The environment's own name belongs to
 * the jobs that apply, so no environment may have a name that ends like this.
 */
export function planEnvironment(environment: string): string {
  return `${environment}${PLAN_ENVIRONMENT_END}`;
}

/**
 * Who may take a role, as the last parts of GitHub's subject claim: for each role only a job of its own GitHub environment.
 * People approve jobs of the environment that applies.
 */
export function pipelineSubjects(role: PipelineRole, environment: string): readonly string[] {
  return [`environment:${role === "plan" ? planEnvironment(environment) : environment}`];
}
