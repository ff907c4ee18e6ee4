/** Every family of findings, in the order in which a reader wants them. */

import type { Found } from "../../report/catalogue";
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

const FAMILIES: readonly ((set: ChangeSet) => readonly Found[])[] = [
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

/** What the plan means. What was changed outside is told apart: `outsideFindings`. */
export function planFindingsOf(set: ChangeSet): readonly Found[] {
  // What is only put back is told with what was changed outside.
  const planned = { ...set, changes: set.changes.filter(({ address }) => !set.restored.has(address)) };
  const told = FAMILIES.flatMap((family) => family(planned));
  const addresses = new Set(told.flatMap(({ resource }) => resource ?? []));
  return [...told, ...otherFindings(planned, addresses)];
}

export { outsideFindings };
