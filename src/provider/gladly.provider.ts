/** The provider itself: the settings of its block, and how it reaches Gladly. */

import { messageOf } from "../contract/error-message";
import { proxyFor } from "../contract/proxy";
import { GladlyClient } from "../vendors/gladly/client";
import { PROVIDER_ADDRESS } from "./address";
import { createFetch } from "./https-fetch";
import type { Diagnostics } from "./protocol/diagnostics";
import type { Logger } from "./protocol/log";
import { defineProvider } from "./protocol/provider";
import { number, string } from "./protocol/schema/attributes";
import { between, httpsAddress, nonEmpty } from "./protocol/schema/validator";
import { attributePath } from "./protocol/values/path";
import { dataSources, listResources, resources } from "./resources";
import { Gladly } from "./resources/gladly";

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
      "An API token of that user. Gladly's tokens have no scopes, so a token can call everything. Best given as `GLADLY_TOKEN`, or through an ephemeral value.",
    validators: [nonEmpty()],
  }),
  requests_per_second: number({
    optional: true,
    description:
      "How many requests this provider may start in any one second, from 1 to 100. Default 10, which is Gladly's limit for all clients of an organization together; lower it to leave more for other clients. The provider also keeps to a lower limit that Gladly names in its answers.",
    validators: [between(1, 100)],
  }),
};

type Environment = Readonly<Record<string, string | undefined>>;

export interface GladlyProviderOptions {
  readonly version: string;
  readonly environment: Environment;
  readonly log: Logger;
}

export function gladlyProvider({ version, environment, log }: GladlyProviderOptions) {
  return defineProvider<typeof attributes, Gladly>({
    name: "gladly",
    version,
    address: PROVIDER_ADDRESS,
    description: "Manages webhooks and topics in Gladly.",
    attributes,
    resources,
    dataSources,
    listResources,
    async configure(config, { report, signal, secret, defer }) {
      if (defer && [config.url, config.user, config.token].includes(undefined)) {
        defer();
        return undefined;
      }
      const setting = (name: "url" | "user" | "token") => resolve(name, config[name], environment, report);
      const url = setting("url");
      const user = setting("user");
      const token = setting("token");
      if (url === undefined || user === undefined || token === undefined) return undefined;
      secret(token);
      secret(Buffer.from(`${user}:${token}`).toString("base64"));
      const problem = httpsAddress().check(url);
      if (problem) {
        report.error("Wrong address of Gladly", `${problem} It is ${JSON.stringify(url)}.`, attributePath("url"));
        return undefined;
      }
      const fetch = createFetch({ environment, log });
      const proxy = proxyOf(url, environment, report);
      if (proxy === "wrong") return undefined;
      if (proxy) secret(decodeURIComponent(proxy.password));
      const requestsPerSecond = Number(config.requests_per_second ?? 10);
      return Gladly.of(new GladlyClient({ baseUrl: url, user, token, signal, fetch, requestsPerSecond }), url);
    },
  });
}

/** The proxy for Gladly from the environment. `wrong`, with an error, if its address is invalid. */
function proxyOf(url: string, environment: Environment, report: Diagnostics): URL | undefined | "wrong" {
  try {
    return proxyFor(new URL(url), environment);
  } catch (error) {
    report.error("Wrong address of a proxy", `${messageOf(error)}.`);
    return "wrong";
  }
}

/** A setting from the block or from its variable. Undefined, with an error, if neither has it. */
function resolve(
  name: string,
  configured: string | null | undefined,
  environment: Environment,
  report: Diagnostics,
): string | undefined {
  const variable = `GLADLY_${name.toUpperCase()}`;
  if (configured === undefined) {
    report.error(
      `The provider's ${name} is not known yet`,
      `It depends on something that is not applied yet, but the provider has to read Gladly before that. Set ${variable}, or apply the dependency first (-target).`,
      attributePath(name),
    );
    return undefined;
  }
  // Values often come from files, and the last line break of a file is not part of the value.
  const value = (configured ?? environment[variable])?.trim();
  if (value !== undefined && /[\s\p{Cc}]/u.test(value)) {
    report.error(
      `The provider's ${name} contains a space or a line break`,
      `Gladly would refuse it. Check where \`${name}\` or ${variable} comes from: it may have two lines, or a label beside the value.`,
      attributePath(name),
    );
    return undefined;
  }
  if (value !== undefined && value !== "") return value;
  report.error(
    `The provider's ${name} is missing`,
    `Set \`${name}\` in the provider block, or the environment variable ${variable}.`,
    attributePath(name),
  );
  return undefined;
}
