/**
 * The names of the pipeline's two roles of an environment. The foundation and the workflows derive the same names, so that no
 * one needs to copy an ARN into a setting.
 */

import { PLAN_ENVIRONMENT_END } from "../../contract/pipeline";

/** `plan` reads; `apply` changes. */
export type PipelineRole = "plan" | "apply";

/** A separate path from the relay's own roles, which the pipeline may change. It must never change these. */
export const PIPELINE_PATH = "/relay-pipeline/";

export function pipelineRoleName(role: PipelineRole, environment: string): string {
  return `relay-${role}-${environment}`;
}

/** @param account 12 digits */
export function pipelineRoleArn(role: PipelineRole, environment: string, account: string): string {
  return `arn:aws:iam::${account}:role${PIPELINE_PATH}${pipelineRoleName(role, environment)}`;
}

/**
 * The GitHub environment of jobs that plan and check for drift. It has the secret GLADLY_TOKEN. The GitHub environment with the
 * plain name is for jobs that apply, so no environment may have a name with this suffix.
 */
export function planEnvironment(environment: string): string {
  return `${environment}${PLAN_ENVIRONMENT_END}`;
}

/**
 * Who may assume a role, as the last parts of GitHub's subject claim: for each role only a job in its own GitHub environment.
 * People approve jobs in the environment that applies.
 */
export function pipelineSubjects(role: PipelineRole, environment: string): readonly string[] {
  return [`environment:${role === "plan" ? planEnvironment(environment) : environment}`];
}
