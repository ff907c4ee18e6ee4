/** Every group of rules, in the order in which a reader wants the findings. */

import type { Finding } from "../../report/finding";
import { isOurs } from "./attribute-rows";
import type { ChangeSet } from "./change-set";
import { alarmFindings } from "./judge-alarms";
import { dataFindings } from "./judge-data";
import { deliveryFindings } from "./judge-delivery";
import { endpointFindings } from "./judge-endpoint";
import { foundationFindings } from "./judge-foundation";
import { functionFindings } from "./judge-functions";
import { keyAccessFindings } from "./judge-key-access";
import { lifecycleFindings } from "./judge-lifecycle";
import { logFindings } from "./judge-logs";
import { otherFindings } from "./judge-other";
import { outsideFindings } from "./judge-outside";
import { permissionFindings } from "./judge-permissions";
import { planFindings } from "./judge-plan-state";
import { policyFindings } from "./judge-policy";
import { secretFindings } from "./judge-secrets";
import { surveyModeFindings } from "./judge-survey-mode";
import { topicFindings } from "./judge-topic";
import { webhookFindings } from "./judge-webhook";
import { passwordFindings } from "./judge-webhook-password";

type Family = (set: ChangeSet) => readonly Finding[];

const FAMILIES: readonly Family[] = [
  planFindings,
  surveyModeFindings,
  lifecycleFindings,
  deliveryFindings,
  webhookFindings,
  passwordFindings,
  topicFindings,
  policyFindings,
  keyAccessFindings,
  secretFindings,
  dataFindings,
  functionFindings,
  endpointFindings,
  permissionFindings,
  alarmFindings,
  logFindings,
  foundationFindings,
];

/** These are true of any resource. What the others say is true of the project's own ones. */
const OF_ANY_STACK: ReadonlySet<Family> = new Set([
  planFindings,
  surveyModeFindings,
  lifecycleFindings,
  keyAccessFindings,
  permissionFindings,
]);

/** What the plan means. `outsideFindings` has what was changed outside. */
export function planFindingsOf(set: ChangeSet): readonly Finding[] {
  // A change that only reverts something is judged with what was changed outside.
  const planned = { ...set, changes: set.changes.filter(({ address }) => !set.restored.has(address)) };
  const own = { ...planned, changes: planned.changes.filter(isOurs) };
  const judged = FAMILIES.flatMap((family) => family(OF_ANY_STACK.has(family) ? planned : own));
  const addresses = new Set(judged.flatMap(({ resource }) => resource ?? []));
  return [...judged, ...otherFindings(planned, addresses)];
}

export { outsideFindings };
