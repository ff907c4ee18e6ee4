/** The webhook in Gladly that tells of closed conversations, as the vendor's guide has it, and of contacts where asked. */
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { CONVERSATION_CLOSED, type SurveyEvent } from "../../contract/event-types";
import { WEBHOOK_USERNAME } from "../../contract/webhook-address";
import { Webhook } from "./generated/gladly/webhook";
import { ImportBlock } from "./import-block";

/** Settings of {@link SurveyWebhook}. */
export interface SurveyWebhookProps {
  /** The webhook's name as Gladly shows it. The vendor's guide uses `Send Stella Survey`. */
  readonly name: string;
  /** Where Gladly delivers: the relay, or Stella Connect's own endpoint. */
  readonly url: string;
  /** The password Gladly sends, as an expression that ends in no state and no plan. */
  readonly password: string;
  /** Whose password it is: the relay's own, or Stella's key of a survey mode. */
  readonly passwordOf: PasswordOwner;
  /** From 1; raised when that password is another one. */
  readonly passwordVersion: number;
  /** What Gladly tells of. @default closed conversations alone, as in the vendor's guide */
  readonly events?: readonly SurveyEvent[];
  /** What must be there before Gladly sends its PING, and must outlive the webhook. */
  readonly after: readonly ITerraformDependable[];
  /** What Terraform proves before it makes or changes the webhook. @default nothing */
  readonly preconditions?: readonly Precondition[];
  /** A webhook that was made by hand and is taken over. @default a new one is made */
  readonly adopted?: AdoptedWebhook | undefined;
}

export interface AdoptedWebhook {
  /** Gladly's id of it. */
  readonly id: string;
  /** Which of Stella's keys somebody typed as its password. */
  readonly key: Exclude<PasswordOwner, "relay">;
}

export interface Precondition {
  /** A Terraform expression that must be true. */
  readonly condition: string;
  /** What is wrong, and what to do. */
  readonly errorMessage: string;
}

export type PasswordOwner = "relay" | "test" | "production";

/**
 * A number for each password that Gladly was ever given. It never tells which it has, so the number must change whenever
 * the password does: with its version, with the survey mode, and with a change between a relay and Stella's own endpoint.
 */
function passwordNumber(owner: PasswordOwner, version: number): number {
  return 3 * version - { relay: 2, test: 1, production: 0 }[owner];
}

const OF_THE_GUIDE: readonly SurveyEvent[] = [CONVERSATION_CLOSED];

/**
 * Says which password Gladly has, so that nothing is left to change. It depends on what was adopted and on nothing that may
 * be edited later: an apply that comes late must not claim that Gladly has a password which nobody gave it.
 */
function importId({ id, key }: AdoptedWebhook): string {
  return `${id},${WEBHOOK_USERNAME},${passwordNumber(key, 1)}`;
}

/**
 * The webhook in Gladly, switched on. Gladly sends its URL a PING on apply, so the receiver must answer by then.
 *
 * @example
 * ```ts
 * new SurveyWebhook(this, "webhook", {
 *   name: "Send Stella Survey",
 *   url: relay.endpoint,
 *   password: passwordExpression,
 *   passwordOf: "relay",
 *   passwordVersion: 1,
 *   after: relay.ready,
 * });
 * ```
 */
export class SurveyWebhook extends Construct {
  /** The `gladly_webhook` resource itself. */
  readonly resource: Webhook;

  constructor(scope: Construct, id: string, props: SurveyWebhookProps) {
    super(scope, id);
    this.resource = new Webhook(this, "Resource", {
      name: props.name,
      url: props.url,
      events: [...(props.events ?? OF_THE_GUIDE)],
      enabled: true,
      credentials: {
        username: WEBHOOK_USERNAME,
        passwordWo: props.password,
        passwordWoVersion: passwordNumber(props.passwordOf, props.passwordVersion),
      },
      dependsOn: [...props.after],
      ...(props.preconditions === undefined ? {} : { lifecycle: { precondition: [...props.preconditions] } }),
    });
    this.resource.overrideLogicalId("survey_webhook");
    if (props.adopted) new ImportBlock(this.resource, importId(props.adopted));
  }
}
