/** A stack as Terraform will read it, including overrides, for the checks. */
import type { TerraformStack } from "cdktf";
import { z } from "zod";

/** One synthesized resource. */
export interface Resource {
  /** `aws_sqs_queue` */
  readonly type: string;
  /** `${aws_sqs_queue.relay_queue_main` without the brace: how others refer to it. */
  readonly address: string;
  /** The construct that made it. */
  readonly path: string;
  readonly attributes: Readonly<Record<string, unknown>>;
}

const Attributes = z.record(z.string(), z.unknown());
const Synthesized = z.looseObject({ resource: z.record(z.string(), z.record(z.string(), Attributes)).default({}) });
const Metadata = z.looseObject({ "//": z.looseObject({ metadata: z.looseObject({ path: z.string() }) }) });

export function resourcesOf(stack: TerraformStack): readonly Resource[] {
  const { resource } = Synthesized.parse(stack.toTerraform());
  return Object.entries(resource).flatMap(([type, byName]) =>
    Object.entries(byName).map(([name, attributes]) => ({
      type,
      address: `${type}.${name}`,
      path: Metadata.safeParse(attributes).data?.["//"].metadata.path ?? name,
      attributes,
    })),
  );
}

export function ofType(resources: readonly Resource[], type: string): readonly Resource[] {
  return resources.filter((resource) => resource.type === type);
}

/** Whether any text in an attribute refers to the resource. */
export function refersTo(attribute: unknown, target: Resource): boolean {
  return JSON.stringify(attribute ?? null).includes(`\${${target.address}.`);
}

/** What a check found wrong. */
export interface Finding {
  /** Path of the construct. */
  readonly path: string;
  /** What is wrong, why it matters, what to do. */
  readonly message: string;
}

/** Returns what is wrong in a stack; empty if nothing is. */
export type Check = (resources: readonly Resource[]) => readonly Finding[];
