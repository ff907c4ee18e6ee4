/** Everything that the provider offers, in the order of its pages. */
import { agentDataSource, agentsDataSource } from "./agent.data-source";
import { inboxDataSource, inboxesDataSource } from "./inbox.data-source";
import { organizationDataSource } from "./organization.data-source";
import { teamDataSource, teamsDataSource } from "./team.data-source";
import { topicDataSource, topicsDataSource } from "./topic.data-source";
import { topicList } from "./topic.list";
import { topicResource } from "./topic.resource";
import { webhookDataSource, webhooksDataSource } from "./webhook.data-source";
import { webhookList } from "./webhook.list";
import { webhookResource } from "./webhook.resource";

export const resources = [webhookResource, topicResource] as const;

/** What `terraform query` can find. */
export const listResources = [webhookList, topicList] as const;

export const dataSources = [
  organizationDataSource,
  webhookDataSource,
  webhooksDataSource,
  topicDataSource,
  topicsDataSource,
  inboxDataSource,
  inboxesDataSource,
  agentDataSource,
  agentsDataSource,
  teamDataSource,
  teamsDataSource,
] as const;
