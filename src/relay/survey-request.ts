/** The body of a survey request (docs/vendors/stella-connect-api.md section 4): the five required items of the guides, and extras. */
import type { RelayPolicy } from "../contract/policy";
import type { SurveyRequest } from "../vendors/stella/wire";

/** Stella takes at most 20 tags and cuts each at 2,000 characters. */
const MOST_TAGS = 20;
const LONGEST_TAG = 2000;

export interface SurveyFacts {
  readonly conversationId: string;
  readonly customer: { readonly id: string; readonly name: string | undefined; readonly email: string };
  readonly agentEmail: string;
  /** Stella's name of the channel. */
  readonly channel: string;
  readonly topics: readonly string[];
  readonly inbox: string | undefined;
}

export function surveyRequest(facts: SurveyFacts, policy: RelayPolicy): SurveyRequest {
  const tags = [
    ...(policy.tags.includes("topics") ? facts.topics : []),
    ...(policy.tags.includes("inbox") && facts.inbox ? [facts.inbox] : []),
  ];
  return {
    channel: facts.channel,
    customer: { ...(facts.customer.name ? { name: facts.customer.name } : {}), email: facts.customer.email },
    employee: { email: facts.agentEmail },
    ext_interaction_id: facts.conversationId,
    ...(policy.externalUrl === undefined ? {} : { external_url: link(policy.externalUrl, facts) }),
    ...(tags.length === 0 ? {} : { tags: tags.slice(0, MOST_TAGS).map((tag) => tag.slice(0, LONGEST_TAG)) }),
    ...(policy.brand === undefined ? {} : { brand: policy.brand }),
    ...(policy.language === undefined ? {} : { language: policy.language }),
  };
}

function link(template: string, facts: SurveyFacts): string {
  return template
    .replaceAll("{conversationId}", encodeURIComponent(facts.conversationId))
    .replaceAll("{customerId}", encodeURIComponent(facts.customer.id));
}
