/**
 * Handles objects that are in the state but not in Gladly: they were deleted there, or the provider points to another
 * organization. Only the organization's id in each object's private state distinguishes the two.
 */
import { goneSummary } from "../../vendors/gladly/webhook-changes";
import { type Diagnostics, OperationError } from "../protocol/diagnostics";
import type { PrivateState } from "../protocol/private-state";
import type { Gladly } from "./gladly";

const ORGANIZATION = "organization";

/** Stores the object's organization. Costs one request per run, or none if it is known. */
export async function rememberOrganization(gladly: Gladly, privateState: PrivateState): Promise<void> {
  if (privateState.get(ORGANIZATION) !== undefined) return;
  const organization = await gladly.organization().catch(() => undefined);
  // Without it, a missing object is reported as deleted or elsewhere, which is less exact but no reason to fail here.
  if (organization) privateState.set(ORGANIZATION, organization.id);
}

/**
 * Checks that a missing object is not in another organization.
 *
 * @param what the object, such as `webhook "Survey relay" (tP4s…)`
 * @throws OperationError if the provider points to another organization than the object's
 */
export async function checkOrganization(gladly: Gladly, what: string, privateState: PrivateState): Promise<void> {
  const remembered = privateState.get(ORGANIZATION);
  if (typeof remembered !== "string") return;
  const present = await gladly.organization();
  if (present.id === remembered) return;
  throw new OperationError(
    "The provider points to another Gladly organization",
    `The state has the ${what} of the organization ${remembered}, and ${gladly.url} is the organization ${present.id}${present.name ? ` ("${present.name}")` : ""}. Nothing was changed.\n\nIf this is a mistake, correct the provider's \`url\` (or GLADLY_URL). To move to the new organization, keep this state for the old one and start with an empty state, for example in a new workspace (terraform workspace new). To give up the old organization's objects without changing them, remove them from the state first (terraform state rm, or \`removed\` blocks with destroy = false).`,
  );
}

/** Warns that an object no longer exists, so that the planned create is no surprise. */
export async function reportAbsence(
  gladly: Gladly,
  what: string,
  privateState: PrivateState,
  report: Diagnostics,
): Promise<undefined> {
  await checkOrganization(gladly, what, privateState);
  const known = privateState.get(ORGANIZATION) !== undefined;
  report.warning(
    goneSummary(what.startsWith("topic") ? "topic" : "webhook"),
    `Gladly at ${gladly.url} no longer has the ${what}. ${
      known
        ? "It is the same organization as before, so it was deleted outside of Terraform."
        : "It was deleted outside of Terraform, or the provider's `url` points to another organization than before."
    } Terraform plans to create it again; to give it up instead, remove the resource from the configuration.`,
  );
  return undefined;
}

/** @throws OperationError that the object no longer exists, or is in another organization */
export async function refuseAbsence(gladly: Gladly, what: string, privateState: PrivateState): Promise<never> {
  await checkOrganization(gladly, what, privateState);
  throw new OperationError(
    goneSummary(what.startsWith("topic") ? "topic" : "webhook"),
    `Gladly at ${gladly.url} no longer has the ${what}: it was deleted after the plan was made. Plan again; Terraform then creates it.`,
  );
}

/** Warns that two resources in one state have the same object: changing or destroying one would affect the other. */
export function warnTwoOwners(what: string, report: Diagnostics): void {
  report.warning(
    `Two resources manage one ${what.split(" ")[0]}`,
    `Two resources in this state have the ${what}. Changing or destroying one of them changes the other. Keep one, and remove the other with a \`removed\` block (destroy = false) or terraform state rm.`,
  );
}
