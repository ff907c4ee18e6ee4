/**
 * The pipeline's two roles of an environment, by name: what the foundation makes and what a workflow asks for are the same
 * words, so that nobody copies an ARN into a setting.
 */

/** `plan` reads; `apply` changes. */
export type PipelineRole = "plan" | "apply";

/** Apart from the relay's own roles, which the pipeline may change: it must never change these. */
export const PIPELINE_PATH = "/relay-pipeline/";

/** The branch whose merges are applied and whose code is looked at for drift. */
export const MAIN_BRANCH = "main";

export function pipelineRoleName(role: PipelineRole, environment: string): string {
  return `relay-${role}-${environment}`;
}

/** @param account 12 digits */
export function pipelineRoleArn(role: PipelineRole, environment: string, account: string): string {
  return `arn:aws:iam::${account}:role${PIPELINE_PATH}${pipelineRoleName(role, environment)}`;
}

/**
 * Who may take a role, as the last parts of GitHub's subject claim. Pull requests plan, and so do merges and the daily look
 * for drift on the main branch; only a job in the environment of that name, which people approve, applies.
 */
export function pipelineSubjects(role: PipelineRole, environment: string): readonly string[] {
  return role === "plan" ? ["pull_request", `ref:refs/heads/${MAIN_BRANCH}`] : [`environment:${environment}`];
}
