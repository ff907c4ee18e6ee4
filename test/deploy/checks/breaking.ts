/** A valid stack of the sample environment, to break in one way at a time. */
import { TerraformResource, type TerraformStack } from "cdktf";
import { CHECKS, type CheckName } from "../../../src/deploy/checks";
import { resourcesOf } from "../../../src/deploy/checks/synthesized";
import { accountOf, environment, foundation, integration } from "../stacks/samples";

export type Kind = "integration" | "foundation";

/** The findings of the checks after a change of the stack, as `path: message`. */
export function findings(
  kind: Kind,
  change: (stack: TerraformStack) => void,
  checks: readonly CheckName[],
): readonly string[] {
  const stack = kind === "integration" ? integration(environment("staging")) : foundation(accountOf("staging"));
  change(stack);
  stack.prepareStack();
  const resources = resourcesOf(stack);
  return checks.flatMap((check) => CHECKS[check](resources)).map(({ path, message }) => `${path}: ${message}`);
}

/** The resource at a path in the stack. */
export function resource(stack: TerraformStack, path: string): TerraformResource {
  const found = path.split("/").reduce((node, id) => node.node.findChild(id), stack as TerraformStack["node"]["root"]);
  if (!TerraformResource.isTerraformResource(found)) throw new Error(`${path} is no resource`);
  return found;
}

/** Sets one attribute with an untyped override. */
export const set = (path: string, attribute: string, value: unknown) => (stack: TerraformStack) =>
  resource(stack, path).addOverride(attribute, value);

/** Removes a construct. */
export const remove = (path: string) => (stack: TerraformStack) => {
  const node = resource(stack, path).node;
  node.scope?.node.tryRemoveChild(node.id);
};
