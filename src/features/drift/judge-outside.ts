/** Every rule about what was changed outside of Terraform, by type of resource. `relay drift` and a review share them. */

import type { DriftContext } from "./context";
import type { Difference } from "./differences";
import { awsFindings } from "./judge-aws";
import { topicFindings } from "./judge-topic";
import { webhookFindings } from "./judge-webhook";
import type { StackFinding } from "./observation";

export function outsideFindingsOf(difference: Difference, context: DriftContext): readonly StackFinding[] {
  switch (difference.type) {
    case "gladly_webhook":
      return webhookFindings(difference, context);
    case "gladly_topic":
      return topicFindings(difference, context);
    default:
      return awsFindings(difference, context);
  }
}
