/** For tests that need a copy of the real AWS provider on this machine. */
import { awsProviderMirror, VERSION } from "../../support/aws-mirror";
import { describeIf } from "../../support/optional";

export { awsProviderMirror, VERSION };

/** `describe` if there is a copy. */
export const describeWithAws = describeIf(
  awsProviderMirror(),
  `the AWS provider ${VERSION}`,
  "set RELAY_AWS_PROVIDER to a filesystem mirror, made by `terraform providers mirror <folder>`",
);
