/** The webhook in Gladly that delivers closed conversations, as in the vendor's guide, and optionally contacts. */
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { CONVERSATION_CLOSED, type SurveyEvent } from "../../contract/event-types";
import { WEBHOOK_USERNAME } from "../../contract/webhook-address";
import { Webhook } from "./generated/gladly/webhook";
import { ImportBlock } from "./import-block";

/** Settings of {@link SurveyWebhook}. */
export interface SurveyWebhookProps {
  /** The webhook's name in Gladly. The vendor's guide uses `Send Stella Survey`. */
  readonly name: string;
  /** Where Gladly delivers: the relay, or Stella Connect's own endpoint. */
  readonly url: string;
  /** The password that Gladly sends, as an expression whose value no state and no plan contains. */
  readonly password: string;
  /** Whose password it is: the relay's own, or Stella's key of a survey mode. */
  readonly passwordOf: PasswordOwner;
  /** From 1. Raise it when the password changes. */
  readonly passwordVersion: number;
  /** Events that Gladly delivers. @default only closed conversations, as in the vendor's guide */
  readonly events?: readonly SurveyEvent[];
  /** Resources that must exist before Gladly sends its PING, and until the webhook is deleted. */
  readonly after: readonly ITerraformDependable[];
  /** Conditions that Terraform checks before it creates or changes the webhook. @default none */
  readonly preconditions?: readonly Precondition[];
  /** An existing webhook to import. @default creates a new one */
  readonly adopted?: AdoptedWebhook | undefined;
}

export interface AdoptedWebhook {
  /** Its id in Gladly. */
  readonly id: string;
  /** Which of Stella's keys was entered as its password. */
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
 * A number for each password that Gladly ever got. Gladly never shows which one it has, so the number must change with the
 * password: with its version, with the survey mode, and with a change between a relay and Stella's own endpoint.
 */
function passwordNumber(owner: PasswordOwner, version: number): number {
  return 3 * version - { relay: 2, test: 1, production: 0 }[owner];
}

const OF_THE_GUIDE: readonly SurveyEvent[] = [CONVERSATION_CLOSED];

/**
 * Says which password Gladly has, so that an import changes nothing. It depends only on what was adopted, not on later edits: a
 * late apply must not claim that Gladly has a password that it never got.
 */
function importId({ id, key }: AdoptedWebhook): string {
  return `${id},${WEBHOOK_USERNAME},${passwordNumber(key, 1)}`;
}

/**
 * The enabled webhook in Gladly. Gladly sends a PING to its URL on apply, so the receiver must already answer.
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
