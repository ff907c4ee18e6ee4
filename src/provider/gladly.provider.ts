/** The provider itself: what its block takes, and how it reaches Gladly. */
import { GladlyClient } from "../gladly/client";
import { createFetch } from "./https-fetch";
import type { Report } from "./protocol/diagnostics";
import { defineProvider } from "./protocol/provider";
import { string } from "./protocol/schema/attributes";
import { httpsAddress, nonEmpty } from "./protocol/schema/validator";
import { attributePath } from "./protocol/values/path";
import { Gladly } from "./resources/gladly";
import { organizationDataSource } from "./resources/organization.data-source";
import { topicResource } from "./resources/topic.resource";
import { webhookResource } from "./resources/webhook.resource";

/** Where Terraform finds the provider: a host name of our own, so that nobody can register it before us. */
export const PROVIDER_ADDRESS = "terraform.local/relay/gladly";

const attributes = {
  url: string({
    optional: true,
    description:
      "The full address of the organization, such as `https://example.gladly.com`. Can also be given as `GLADLY_URL`. `http` is allowed for a loopback address only.",
    validators: [httpsAddress()],
  }),
  user: string({
    optional: true,
    description:
      "The e-mail address of the Gladly user that owns the token; it needs the API User permission. Can also be given as `GLADLY_USER`.",
    validators: [nonEmpty()],
  }),
  token: string({
    optional: true,
    sensitive: true,
    description:
      "An API token of that user. Gladly's tokens have no scopes: whoever has one can call everything. Best given as `GLADLY_TOKEN`, or through an ephemeral value.",
    validators: [nonEmpty()],
  }),
};

type Environment = Readonly<Record<string, string | undefined>>;

export interface GladlyProviderOptions {
  readonly version: string;
  readonly environment: Environment;
}

export function gladlyProvider({ version, environment }: GladlyProviderOptions) {
  return defineProvider<typeof attributes, Gladly>({
    name: "gladly",
    version,
    address: PROVIDER_ADDRESS,
    description: "Manages what Gladly's API lets one manage: webhooks and topics.",
    attributes,
    resources: [webhookResource, topicResource],
    dataSources: [organizationDataSource],
    async configure(config, { report, signal }) {
      const setting = (name: keyof typeof attributes) => resolve(name, config[name], environment, report);
      const url = setting("url");
      const user = setting("user");
      const token = setting("token");
      if (url === undefined || user === undefined || token === undefined) return undefined;
      const problem = httpsAddress().check(url);
      if (problem) {
        report.error("Wrong address of Gladly", `${problem} It is ${JSON.stringify(url)}.`, attributePath("url"));
        return undefined;
      }
      const extraAuthorities = environment.GLADLY_EXTRA_CA_CERTS || environment.NODE_EXTRA_CA_CERTS;
      const fetch = createFetch(extraAuthorities ? { extraAuthorities } : {});
      return new Gladly(new GladlyClient({ baseUrl: url, user, token, signal, fetch }), url);
    },
  });
}

/** A setting from the block or from its variable; undefined, with an error, when neither has it. */
function resolve(
  name: string,
  configured: string | null | undefined,
  environment: Environment,
  report: Report,
): string | undefined {
  const variable = `GLADLY_${name.toUpperCase()}`;
  if (configured === undefined) {
    report.error(
      `The provider's ${name} is not known yet`,
      `It depends on something that is not applied yet, and Gladly has to be read before. Give it as ${variable}, or apply what it depends on first (-target).`,
      attributePath(name),
    );
    return undefined;
  }
  const value = configured ?? environment[variable];
  if (value !== undefined && value !== "") return value;
  report.error(
    `The provider's ${name} is missing`,
    `Set \`${name}\` in the provider block, or the environment variable ${variable}.`,
    attributePath(name),
  );
  return undefined;
}
