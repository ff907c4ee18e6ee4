/** The schema of a workflow's file, with only the keys that these workflows use. Tests cannot run unknown keys. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { z } from "zod";
import { project } from "../../support/scratch";

const Texts = z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]).transform(String));

const Step = z.strictObject({
  id: z.string().optional(),
  name: z.string().optional(),
  if: z.string().optional(),
  uses: z.string().optional(),
  with: Texts.default({}),
  run: z.string().optional(),
  shell: z.string().optional(),
  env: Texts.default({}),
  "continue-on-error": z.boolean().default(false),
});
export type Step = z.infer<typeof Step>;

const Concurrency = z.strictObject({ group: z.string(), "cancel-in-progress": z.boolean() });
const Permissions = z.record(z.string(), z.enum(["read", "write"]));

const Job = z.strictObject({
  name: z.string(),
  needs: z.union([z.string().transform((one) => [one]), z.array(z.string())]).default([]),
  if: z.string().optional(),
  "runs-on": z.string(),
  "timeout-minutes": z.number(),
  permissions: Permissions,
  outputs: Texts.default({}),
  environment: z.string().optional(),
  concurrency: Concurrency.optional(),
  strategy: z
    .strictObject({
      "fail-fast": z.boolean(),
      matrix: z.union([
        z.string(),
        z.record(z.string(), z.array(z.union([z.string(), z.record(z.string(), z.string())]))),
      ]),
    })
    .optional(),
  steps: z.array(Step),
});
export type Job = z.infer<typeof Job>;

const Workflow = z.strictObject({
  name: z.string(),
  on: z.record(z.string(), z.unknown()),
  permissions: Permissions,
  concurrency: Concurrency.optional(),
  defaults: z.strictObject({ run: z.strictObject({ shell: z.string() }) }).optional(),
  jobs: z.record(z.string(), Job),
});
export type Workflow = z.infer<typeof Workflow>;

const Action = z.strictObject({
  name: z.string(),
  description: z.string(),
  runs: z.strictObject({ using: z.literal("composite"), steps: z.array(Step) }),
});
export type Action = z.infer<typeof Action>;

export const WORKFLOWS = ["plan", "apply", "drift", "test"] as const;
export type WorkflowName = (typeof WORKFLOWS)[number];

export const workflowPath = (name: WorkflowName) => `.github/workflows/${name}.yml`;
export const ACTION_PATH = ".github/actions/setup/action.yml";

export function textOf(path: string): string {
  return readFileSync(join(project, path), "utf8");
}

export function workflow(name: WorkflowName): Workflow {
  return Workflow.parse(parse(textOf(workflowPath(name))));
}

export function setupAction(): Action {
  return Action.parse(parse(textOf(ACTION_PATH)));
}
