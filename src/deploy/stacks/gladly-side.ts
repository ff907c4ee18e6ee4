/**
 * The part of an environment in Gladly, on AWS and on one machine: the check of the organization, the do-not-send topic, and the
 * webhook. Everything is directly in the stack, so that both have the same addresses.
 */
import { type ITerraformDependable, TerraformOutput, type TerraformResource, type TerraformStack } from "cdktf";
import { CONTACT_STARTED, CONVERSATION_CLOSED, type SurveyEvent } from "../../contract/event-types";
import { STELLA_WEBHOOK_PATH } from "../../contract/webhook-address";
import { asksForChannels, type Environment } from "../../environment";
import { DataGladlyOrganization } from "../constructs/generated/gladly/data-gladly-organization";
import { GladlyProvider } from "../constructs/generated/gladly/provider";
import { Topic } from "../constructs/generated/gladly/topic";
import { ImportBlock } from "../constructs/import-block";
import { type Precondition, SurveyWebhook } from "../constructs/survey-webhook";

export interface RelayDelivery {
  /** Where Gladly delivers. */
  readonly endpoint: string;
  /** The relay's own password, as an expression whose value no state and no plan contains. */
  readonly password: string;
  /** Resources that must exist before the relay can answer Gladly's PING. */
  readonly ready: readonly ITerraformDependable[];
  /** Conditions that Terraform checks before it creates or changes the webhook. @default none */
  readonly preconditions?: readonly Precondition[];
}

/** The events for a relay. With the start of contacts, it need not read a conversation to know its channel. */
export function relayEvents(environment: Environment): readonly SurveyEvent[] {
  return asksForChannels(environment) ? [CONTACT_STARTED, CONVERSATION_CLOSED] : [CONVERSATION_CLOSED];
}

export class GladlySide {
  private readonly topic: Topic;

  /** @param token an expression that Terraform evaluates. @default GLADLY_TOKEN of Terraform's own environment */
  constructor(
    private readonly stack: TerraformStack,
    private readonly environment: Environment,
    token?: string,
  ) {
    const { gladly, surveyMode, topic, adopted } = environment;
    new GladlyProvider(stack, "gladly", {
      url: gladly.url,
      user: gladly.user,
      ...(token === undefined ? {} : { token }),
    });
    const organization = new DataGladlyOrganization(stack, "organization");
    this.topic = new Topic(stack, "do_not_send_topic", { name: topic.name });
    if (adopted?.topic) new ImportBlock(this.topic, adopted.topic.id);
    new TerraformOutput(stack, "gladly_organization", { value: organization.name });
    new TerraformOutput(stack, "surveys_go_to", { value: surveyMode === "test" ? "the test address" : "customers" });
  }

  /**
   * The topic changes before everything that refers to its name. If Gladly refuses the name, the relay keeps using the existing
   * topic, and no conversation with it gets a survey.
   */
  changeTopicBefore(...users: readonly TerraformResource[]): void {
    for (const user of users)
      user.dependsOn = [
        ...(user.dependsOn ?? []),
        `${this.topic.terraformResourceType}.${this.topic.friendlyUniqueId}`,
      ];
  }

  /** Id of the do-not-send topic; known once it is created. */
  get doNotSendTopicId(): string {
    return this.topic.id;
  }

  /** Delivery `direct`: Gladly posts to Stella's own endpoint, and the password is Stella's key of the survey mode. */
  deliverToStella(password: string): SurveyWebhook {
    const { stella, surveyMode, webhook, adopted } = this.environment;
    return new SurveyWebhook(this.stack, "survey_webhook", {
      name: webhook.name,
      url: `${stella.url}${STELLA_WEBHOOK_PATH}`,
      password,
      passwordOf: surveyMode,
      passwordVersion: webhook.passwordVersion,
      after: [this.topic],
      adopted: adopted?.webhook,
    });
  }

  /** Delivery `forward` and `enrich`: Gladly posts to the relay, with the relay's own password. */
  deliverToRelay({ endpoint, password, ready, preconditions }: RelayDelivery): SurveyWebhook {
    const { webhook, adopted } = this.environment;
    return new SurveyWebhook(this.stack, "survey_webhook", {
      name: webhook.name,
      url: endpoint,
      password,
      passwordOf: "relay",
      passwordVersion: webhook.passwordVersion,
      after: [this.topic, ...ready],
      events: relayEvents(this.environment),
      adopted: adopted?.webhook,
      ...(preconditions === undefined ? {} : { preconditions }),
    });
  }
}
