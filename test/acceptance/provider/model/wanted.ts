/** The configuration of one sequence: a few webhooks and topics with a small set of URLs, names and labels. */

export interface WantedWebhook {
  readonly name: string;
  readonly path: string;
  readonly enabled: boolean;
  readonly version: number;
}

export interface WantedTopic {
  readonly name: string;
  readonly disabled: boolean;
}

export interface Wanted {
  /** By label. The webhook named `main` must always exist. */
  readonly webhooks: ReadonlyMap<string, WantedWebhook>;
  readonly topics: ReadonlyMap<string, WantedTopic>;
  /** Blocks for one apply: imports and moves. */
  readonly once: readonly string[];
}

export const PATHS = ["/u0", "/u1", "/u2", "/u3"] as const;
export const NAMES = ["n0", "n1", "n2", "n3"] as const;
export const LABELS = ["a", "b", "c", "d"] as const;

export const START: Wanted = {
  webhooks: new Map([["a", { name: "main", path: "/u0", enabled: true, version: 1 }]]),
  topics: new Map([["a", { name: "n0", disabled: false }]]),
  once: [],
};

/** The label of the main webhook. */
export function mainLabel({ webhooks }: Wanted): string {
  const [label] = [...webhooks].find(([, { name }]) => name === "main") ?? [];
  if (label === undefined) throw new Error("the configuration has no main webhook");
  return label;
}

export function configuration(wanted: Wanted, url: (path: string) => string): string {
  const webhooks = [...wanted.webhooks].map(
    ([label, { name, path, enabled, version }]) => `resource "gladly_webhook" "${label}" {
  name    = "${name}"
  url     = "${url(path)}"
  events  = ["CONVERSATION/CLOSED"]
  enabled = ${enabled}
  credentials = { username = "gladly", password_wo = "canary-model", password_wo_version = ${version} }
}`,
  );
  const topics = [...wanted.topics].map(
    ([label, { name, disabled }]) => `resource "gladly_topic" "${label}" {
  name     = "${name}"
  disabled = ${disabled}
}`,
  );
  return [...webhooks, ...topics, ...wanted.once].join("\n");
}
