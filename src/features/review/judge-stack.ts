/** Every group of rules, in the order in which a reader wants the findings. */

import type { Finding } from "../../report/finding";
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

const FAMILIES: readonly ((set: ChangeSet) => readonly Finding[])[] = [
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

/** What the plan means. `outsideFindings` has what was changed outside. */
export function planFindingsOf(set: ChangeSet): readonly Finding[] {
  // A change that only reverts something is judged with what was changed outside.
  const planned = { ...set, changes: set.changes.filter(({ address }) => !set.restored.has(address)) };
  const judged = FAMILIES.flatMap((family) => family(planned));
  const addresses = new Set(judged.flatMap(({ resource }) => resource ?? []));
  return [...judged, ...otherFindings(planned, addresses)];
}

export { outsideFindings };
