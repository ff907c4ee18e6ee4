/** Every family of findings, in the order in which a reader wants them. */

import type { Found } from "../../report/catalogue";
import type { ChangeSet } from "../change-set";
import { alarmFindings } from "./alarms";
import { dataFindings } from "./data";
import { deliveryFindings } from "./delivery";
import { endpointFindings } from "./endpoint";
import { foundationFindings } from "./foundation";
import { functionFindings } from "./functions";
import { keyAccessFindings } from "./key-access";
import { lifecycleFindings } from "./lifecycle";
import { logFindings } from "./logs";
import { otherFindings } from "./other";
import { outsideFindings } from "./outside";
import { permissionFindings } from "./permissions";
import { planFindings } from "./plan-state";
import { policyFindings } from "./policy";
import { secretFindings } from "./secrets";
import { surveyModeFindings } from "./survey-mode";
import { topicFindings } from "./topic";
import { webhookFindings } from "./webhook";
import { passwordFindings } from "./webhook-password";

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
