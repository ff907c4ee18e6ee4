/**
 * A stack whose resources are called what the code calls them: `aws_sqs_queue.relay_queue_main`. cdktf would add a hash
 * to each name, which tells nothing to the reviewer of a plan.
 *
 * The names are addresses in the state. Renaming a construct, or moving it, would make a new resource and destroy the
 * old one: use `moveFromId` on the resource, and change the list of addresses in test/deploy/stacks with it.
 */
import { TerraformElement, TerraformStack } from "cdktf";
import type { Node } from "constructs";

/** The main thing of a construct says nothing that its construct does not. */
const SILENT = "Resource";

/**
 * A `TerraformStack` that names a resource by its path of constructs, without cdktf's hash.
 *
 * @throws Error at synth when two constructs would get the same name
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
