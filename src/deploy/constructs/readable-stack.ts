/**
 * A stack whose resources have the names of their constructs: `aws_sqs_queue.relay_queue_main`. cdktf would add a hash to each
 * name, which does not help the reviewer of a plan.
 *
 * The names are addresses in the state. Renaming or moving a construct would create a new resource and destroy the old one: use
 * `moveFromId` on the resource, and update the list of addresses in test/deploy/stacks.
 */
import { TerraformElement, TerraformStack } from "cdktf";
import type { Node } from "constructs";

/** The main resource of a construct adds nothing to its construct's name. */
const SILENT = "Resource";

/**
 * A `TerraformStack` that names a resource by its construct path, without cdktf's hash.
 *
 * @throws Error at synth if two constructs would get the same name
 */
export class ReadableStack extends TerraformStack {
  private readonly taken = new Map<string, string>();

  protected override allocateLogicalId(element: TerraformElement | Node): string {
    const node = TerraformElement.isTerraformElement(element) ? element.node : element;
    const inside = node.scopes.slice(this.node.scopes.length).map((scope) => scope.node.id);
    const id = inside.filter((part) => part !== SILENT).join("_");
    const other = this.taken.get(id);
    if (other !== undefined && other !== node.path) {
      throw new Error(`${node.path} and ${other} would both be called "${id}" in Terraform: rename one of them.`);
    }
    this.taken.set(id, node.path);
    return id;
  }
}
