/** An additional safeguard: the relay logs no customer addresses, and CloudWatch masks any that appear anyway. */
import { CloudwatchLogDataProtectionPolicy } from "@cdktf/provider-aws/lib/cloudwatch-log-data-protection-policy";
import { Construct } from "constructs";

export interface LogRedactionProps {
  readonly logGroupName: string;
}

const EMAIL = "arn:aws:dataprotection::aws:data-identifier/EmailAddress";

export class LogRedaction extends Construct {
  constructor(scope: Construct, id: string, props: LogRedactionProps) {
    super(scope, id);
    new CloudwatchLogDataProtectionPolicy(this, "Resource", {
      logGroupName: props.logGroupName,
      policyDocument: JSON.stringify({
        Name: "NoCustomerAddresses",
        Version: "2021-06-01",
        Statement: [
          { Sid: "Find", DataIdentifier: [EMAIL], Operation: { Audit: { FindingsDestination: {} } } },
          { Sid: "Mask", DataIdentifier: [EMAIL], Operation: { Deidentify: { MaskConfig: {} } } },
        ],
      }),
    });
  }
}
