/** The steps of a sequence: changes of the configuration, edits in Gladly, and faults during an apply. */
import type { GladlyView } from "./gladly-view";
import { LABELS, mainLabel, NAMES, PATHS, type Wanted, type WantedTopic, type WantedWebhook } from "./wanted";

/** What a step does before the next apply, and how that apply runs. */
export interface Step {
  readonly kind: string;
  /** Undefined if the step is not possible now. */
  take(wanted: Wanted, gladly: GladlyView, pick: Pick): Promise<StepResult | undefined>;
}

export interface StepResult {
  readonly wanted: Wanted;
  /** @default an ordinary apply */
  readonly apply?: "killed" | "parallelism=1";
  /** An object to remove from the state first. */
  readonly forget?: string;
}

/** Picks one of several by the sequence's seed. */
export type Pick = <T>(from: readonly T[]) => T | undefined;

const webhook = (wanted: Wanted, label: string, value: WantedWebhook | undefined): Wanted => {
  const webhooks = new Map(wanted.webhooks);
  if (value) webhooks.set(label, value);
  else webhooks.delete(label);
  return { ...wanted, webhooks };
};
const topic = (wanted: Wanted, label: string, value: WantedTopic | undefined): Wanted => {
  const topics = new Map(wanted.topics);
  if (value) topics.set(label, value);
  else topics.delete(label);
  return { ...wanted, topics };
};
const freeLabel = (taken: ReadonlyMap<string, unknown>, pick: Pick) =>
  pick(LABELS.filter((label) => !taken.has(label)));
const freePath = ({ webhooks }: Wanted, pick: Pick) =>
  pick(PATHS.filter((path) => ![...webhooks.values()].some((other) => other.path === path)));
const freeName = ({ topics }: Wanted, pick: Pick) =>
  pick(NAMES.filter((name) => ![...topics.values()].some((other) => other.name === name)));
const main = (wanted: Wanted): WantedWebhook => {
  const found = wanted.webhooks.get(mainLabel(wanted));
  if (!found) throw new Error("no main webhook");
  return found;
};

function configured(kind: string, change: (wanted: Wanted, pick: Pick) => Wanted | undefined): Step {
  return {
    kind,
    take: async (wanted, _gladly, pick) => {
      const changed = change(wanted, pick);
      return changed && { wanted: changed };
    },
  };
}

/** An edit of the main webhook in Gladly, if it exists. */
function edited(kind: string, edit: (gladly: GladlyView, id: string, wanted: Wanted) => Promise<void>): Step {
  return {
    kind,
    take: async (wanted, gladly) => {
      const found = await gladly.at(main(wanted).path);
      if (!found) return undefined;
      await edit(gladly, found.id, wanted);
      return { wanted };
    },
  };
}

function renamedLabel(wanted: Wanted, pick: Pick, moved: boolean): Wanted | undefined {
  const from = mainLabel(wanted);
  const to = freeLabel(wanted.webhooks, pick);
  if (to === undefined) return undefined;
  const next = webhook(webhook(wanted, from, undefined), to, main(wanted));
  const block = `moved {\n  from = gladly_webhook.${from}\n  to = gladly_webhook.${to}\n}`;
  return moved ? { ...next, once: [...next.once, block] } : next;
}

export const STEPS: readonly Step[] = [
  { kind: "apply again", take: async (wanted) => ({ wanted }) },
  configured("rename the webhook's address without moved", (wanted, pick) => renamedLabel(wanted, pick, false)),
  configured("rename the webhook's address with moved", (wanted, pick) => renamedLabel(wanted, pick, true)),
  configured("change the webhook's url", (wanted, pick) => {
    const path = freePath(wanted, pick);
    return path && webhook(wanted, mainLabel(wanted), { ...main(wanted), path });
  }),
  configured("raise the password's version", (wanted) => {
    return webhook(wanted, mainLabel(wanted), { ...main(wanted), version: main(wanted).version + 1 });
  }),
  configured("add a webhook", (wanted, pick) => {
    const [label, path] = [freeLabel(wanted.webhooks, pick), freePath(wanted, pick)];
    return label && path ? webhook(wanted, label, { name: "second", path, enabled: true, version: 1 }) : undefined;
  }),
  configured("remove a webhook", (wanted, pick) => {
    const label = pick([...wanted.webhooks.keys()].filter((other) => other !== mainLabel(wanted)));
    return label === undefined ? undefined : webhook(wanted, label, undefined);
  }),
  configured("exchange two urls", (wanted, pick) => {
    const label = pick([...wanted.webhooks.keys()].filter((other) => other !== mainLabel(wanted)));
    const other = label === undefined ? undefined : wanted.webhooks.get(label);
    if (label === undefined || !other) return undefined;
    const moved = webhook(wanted, label, { ...other, path: main(wanted).path });
    return webhook(moved, mainLabel(wanted), { ...main(wanted), path: other.path });
  }),
  configured("add a topic", (wanted, pick) => {
    const [label, name] = [freeLabel(wanted.topics, pick), freeName(wanted, pick)];
    return label && name ? topic(wanted, label, { name, disabled: false }) : undefined;
  }),
  configured("remove a topic", (wanted, pick) => {
    const label = pick([...wanted.topics.keys()]);
    return label === undefined ? undefined : topic(wanted, label, undefined);
  }),
  configured("rename a topic's address without moved", (wanted, pick) => {
    const [from, to] = [pick([...wanted.topics.keys()]), freeLabel(wanted.topics, pick)];
    const value = from === undefined ? undefined : wanted.topics.get(from);
    return from && to && value ? topic(topic(wanted, from, undefined), to, value) : undefined;
  }),
  configured("rename a topic", (wanted, pick) => {
    const [label, name] = [pick([...wanted.topics.keys()]), freeName(wanted, pick)];
    const value = label === undefined ? undefined : wanted.topics.get(label);
    return label && name && value ? topic(wanted, label, { ...value, name }) : undefined;
  }),
  edited("disable the webhook in Gladly", (gladly, id) => gladly.edit(id, { enabled: false })),
  edited("replace the credentials in Gladly", (gladly, id) =>
    gladly.edit(id, { credentials: { username: "x", password: "y" } }),
  ),
  edited("add a header in Gladly", (gladly, id) => gladly.edit(id, { headers: { "X-By-Hand": "z" } })),
  edited("delete the webhook in Gladly", async (gladly, id) => {
    const found = (await gladly.webhooks()).find((candidate) => candidate.id === id);
    if (found) await gladly.delete(found);
  }),
  {
    kind: "rename or disable a topic in Gladly",
    take: async (wanted, gladly, pick) => {
      const found = pick(await gladly.topics());
      if (!found) return undefined;
      await gladly.editTopic(found.id, { name: pick([found.name, `${found.name} by hand`]), disabled: true });
      return { wanted };
    },
  },
  {
    kind: "create a topic in Gladly whose name the configuration uses next",
    take: async (wanted, gladly, pick) => {
      const [label, name] = [freeLabel(wanted.topics, pick), freeName(wanted, pick)];
      if (label === undefined || name === undefined) return undefined;
      if ((await gladly.topics()).some((other) => other.name === name)) return undefined;
      await gladly.makeTopic(name);
      return { wanted: topic(wanted, label, { name, disabled: false }) };
    },
  },
  {
    kind: "import a webhook that was created in Gladly",
    take: async (wanted, gladly, pick) => {
      const [label, path] = [freeLabel(wanted.webhooks, pick), freePath(wanted, pick)];
      if (label === undefined || path === undefined || (await gladly.at(path))) return undefined;
      const id = await gladly.makeWebhook(path);
      const block = `import {\n  to = gladly_webhook.${label}\n  id = "${id}"\n}`;
      const next = webhook(wanted, label, { name: "second", path, enabled: true, version: 1 });
      return { wanted: { ...next, once: [...next.once, block] } };
    },
  },
  {
    kind: "lose the state of the webhook",
    take: async (wanted) => ({ wanted, forget: `gladly_webhook.${mainLabel(wanted)}` }),
  },
  ...(["POST", "PATCH", "DELETE"] as const).map((method) => ({
    kind: `lose the answer to a ${method}`,
    take: async (wanted: Wanted, gladly: GladlyView, pick: Pick) => {
      await gladly.fault(
        pick([
          { kind: "cut", when: "after" },
          { kind: "status", status: 502, when: "after" },
        ]),
        method,
      );
      const [label, name] = [freeLabel(wanted.topics, pick), freeName(wanted, pick)];
      if (method !== "POST") return { wanted: renamedLabel(wanted, pick, false) ?? wanted };
      return { wanted: label && name ? topic(wanted, label, { name, disabled: false }) : wanted };
    },
  })),
  {
    kind: "kill terraform in the middle of an apply",
    take: async (wanted, gladly, pick) => {
      await gladly.fault({ kind: "latency", milliseconds: 1500 }, "POST");
      const [label, name] = [freeLabel(wanted.topics, pick), freeName(wanted, pick)];
      if (label === undefined || name === undefined) return undefined;
      return { wanted: topic(wanted, label, { name, disabled: false }), apply: "killed" };
    },
  },
  {
    kind: "rename the webhook's address with -parallelism=1",
    take: async (wanted, _gladly, pick) => {
      const renamed = renamedLabel(wanted, pick, false);
      return renamed && { wanted: renamed, apply: "parallelism=1" };
    },
  },
];
