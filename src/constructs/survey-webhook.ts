/** The webhook in Gladly that tells of closed conversations, as the vendor's guide has it, and nothing besides. */
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { Webhook } from "./generated/gladly/webhook";

export interface SurveyWebhookProps {
  readonly name: string;
  /** Where Gladly delivers: the relay, or Stella Connect's own endpoint. */
  readonly url: string;
  /** The password Gladly sends, as an expression that ends in no state and no plan. */
  readonly password: string;
  /** Changes whenever the password does: Gladly never tells what it has. */
  readonly passwordVersion: number;
  /** What must be there before Gladly sends its PING, and must outlive the webhook. */
  readonly after: readonly ITerraformDependable[];
  /** What Terraform proves before it makes or changes the webhook. @default nothing */
  readonly preconditions?: readonly Precondition[];
}

export interface Precondition {
  /** A Terraform expression that must be true. */
  readonly condition: string;
  /** What is wrong, and what to do. */
  readonly errorMessage: string;
}

/** User name that Stella's endpoint expects, and the relay with it (facts/vendor-guide.md, step 3). */
const USERNAME = "connect";

/** The event the guide calls "Conversation/Close". */
const CONVERSATION_CLOSED = "CONVERSATION/CLOSED";

export class SurveyWebhook extends Construct {
  readonly resource: Webhook;

  constructor(scope: Construct, id: string, props: SurveyWebhookProps) {
    super(scope, id);
    this.resource = new Webhook(this, "Resource", {
      name: props.name,
      url: props.url,
      events: [CONVERSATION_CLOSED],
      enabled: true,
      credentials: {
        username: USERNAME,
        passwordWo: props.password,
        passwordWoVersion: props.passwordVersion,
      },
      dependsOn: [...props.after],
      ...(props.preconditions === undefined ? {} : { lifecycle: { precondition: [...props.preconditions] } }),
    });
    this.resource.overrideLogicalId("survey_webhook");
  }
}
