import { type Loopback, loopback } from "../support/loopback";
import { DriftSetup, TOPIC, WEBHOOK } from "./drift/setup";

const setup = new DriftSetup();
let elsewhere: Loopback;
let elsewhereUrl = "";
beforeAll(async () => {
  // Another receiver, which answers Gladly's PING.
  elsewhere = await loopback((_, response) => response.end());
  await setup.start();
  elsewhereUrl = `${elsewhere.url}/hook`;
});
afterAll(async () => {
  await elsewhere.close();
  await setup.remove();
});

interface Kind {
  readonly what: string;
  /** The manual change, over Gladly's API. */
  readonly change: () => Promise<unknown>;
  readonly ids: readonly string[];
  /** Texts of the first finding. */
  readonly says: readonly RegExp[];
  /** The finding's remedy. @default an apply */
  readonly heal?: () => Promise<unknown>;
  /** When the drift began, if Gladly reports it. */
  readonly since?: () => Promise<string | null | undefined>;
}

const patchWebhook = async (change: Parameters<typeof setup.gladly.updateWebhook>[1]) =>
  setup.gladly.updateWebhook((await setup.webhook()).id, change);
const patchTopic = async (change: Parameters<typeof setup.gladly.updateTopic>[1]) =>
  setup.gladly.updateTopic((await setup.topic()).id, change);
const edited = async () => (await setup.gladly.webhooks())[0]?.updatedAt;
const madeAt = async () => (await setup.gladly.webhook(made))?.createdAt;

/** Id of a manually created object, to be removed after the test. */
let made = "";
const deleteMade = async () => {
  await setup.gladly.updateWebhook(made, { enabled: false });
  await setup.gladly.deleteWebhook(made);
};
const disableMade = async () => setup.gladly.updateTopic(made, { name: `${made} is gone`, disabled: true });

const KINDS: readonly Kind[] = [
  {
    what: "the webhook is disabled",
    change: () => patchWebhook({ enabled: false }),
    ids: ["outside-webhook-edited", "outside-webhook-off"],
    heal: () => setup.setPasswordAgain(),
    says: [
      /Someone disabled the webhook/,
      /Gladly did not do it/,
      /fetches them from Gladly's history/,
      /late, not lost/,
    ],
    since: edited,
  },
  {
    what: "the webhook is disabled by Gladly, after the relay was down",
    change: () => setup.letGladlySwitchOff(),
    ids: ["outside-webhook-off-by-gladly"],
    says: [/Gladly disabled the webhook .* after four failed retries/, /find out why deliveries to `127\.0\.0\.1:\d+/],
    since: async () => (await setup.webhook()).disabledAtDueToRetryLimit,
  },
  {
    what: "the webhook is deleted",
    change: async () => {
      await patchWebhook({ enabled: false });
      await setup.gladly.deleteWebhook((await setup.webhook()).id);
    },
    ids: ["outside-webhook-deleted"],
    says: [/was deleted in Gladly/, /Gladly keeps no record of who/],
  },
  {
    what: "the webhook is deleted and created again manually",
    change: async () => {
      const { id, url, events } = await setup.webhook();
      await setup.gladly.updateWebhook(id, { enabled: false });
      await setup.gladly.deleteWebhook(id);
      const credentials = { username: "connect", password: setup.secret("webhook-password") };
      made = await setup.gladly.createWebhook({ name: "By hand", url, events, enabled: true, credentials });
    },
    ids: ["outside-webhook-deleted"],
    says: [/refuses to create ours/, /disable and delete `By hand` .* in Gladly/],
    heal: async () => {
      await deleteMade();
      await setup.apply();
    },
  },
  {
    what: "the webhook has another address",
    change: () => patchWebhook({ url: elsewhereUrl }),
    ids: ["outside-webhook-edited", "outside-webhook-moved"],
    heal: () => setup.setPasswordAgain(),
    says: [/pointed .* to another address/, /now delivers to `127\.0\.0\.1:\d+`/, /were delivered there/],
    since: edited,
  },
  {
    what: "the webhook no longer gets closes",
    change: () => patchWebhook({ events: ["CONVERSATION/CREATED"] }),
    ids: ["outside-webhook-closes-removed", "outside-webhook-edited"],
    heal: () => setup.setPasswordAgain(),
    says: [
      /no longer delivers closed conversations/,
      /`CONVERSATION\/CLOSED` was removed, `CONVERSATION\/CREATED` was added/,
    ],
    since: edited,
  },
  {
    what: "the webhook has another event",
    change: () => patchWebhook({ events: ["CONVERSATION/CREATED", "CONVERSATION/CLOSED"] }),
    ids: ["outside-webhook-edited", "outside-webhook-events"],
    heal: () => setup.setPasswordAgain(),
    says: [/`CONVERSATION\/CREATED` was added/, /Surveys are not affected/],
    since: edited,
  },
  {
    what: "the webhook is renamed",
    change: () => patchWebhook({ name: "Surveys (do not touch)" }),
    ids: ["outside-webhook-edited", "outside-webhook-renamed"],
    heal: () => setup.setPasswordAgain(),
    says: [/Someone renamed the webhook .* in Gladly to `Surveys \(do not touch\)`/],
    since: edited,
  },
  {
    what: "the webhook has no user name and password",
    change: () => patchWebhook({ credentials: null }),
    ids: ["outside-webhook-credentials-removed"],
    says: [/Someone removed the user name and password/, /The relay refuses every delivery without them/],
    since: edited,
  },
  {
    what: "the webhook has another password, which Gladly never shows",
    change: () => patchWebhook({ credentials: { username: "connect", password: "somebody's" } }),
    ids: ["outside-webhook-edited"],
    says: [/Gladly does not show everything/, /password may be another one/, /raise `webhook\.passwordVersion`/],
    heal: () => setup.setPasswordAgain(),
    since: edited,
  },
  {
    what: "the webhook is edited and restored, and the state is refreshed",
    change: async () => {
      await patchWebhook({ name: "For a moment" });
      const [webhook] = await setup.gladly.webhooks();
      await setup.gladly.updateWebhook(webhook?.id ?? "", { name: WEBHOOK });
      await setup.apply("-refresh-only");
    },
    ids: ["outside-webhook-edited"],
    says: [/No apply has set our password since then/, /`--refresh-only` does not/],
    heal: () => setup.setPasswordAgain(),
    since: edited,
  },
  {
    what: "the webhook has another header",
    change: () => patchWebhook({ headers: { "X-Debug": "1" } }),
    ids: ["outside-webhook-edited", "outside-webhook-headers"],
    says: [/`x-debug` was added/, /remove the added header in Gladly/],
    heal: async () => {
      await patchWebhook({ headers: {} });
      await setup.setPasswordAgain();
    },
    since: edited,
  },
  {
    what: "the topic is renamed",
    change: () => patchTopic({ name: "no survey please" }),
    ids: ["outside-topic-renamed"],
    says: [/renamed the topic .* in Gladly to `no survey please`/, /conversations with this topic now get one/],
  },
  {
    what: "the topic is renamed, and another topic has its name",
    change: async () => {
      await patchTopic({ name: "old one" });
      made = await setup.gladly.createTopic({ name: TOPIC });
    },
    ids: ["not-known", "outside-topic-renamed"],
    says: [/refuses two topics of one name/, /rename the other topic/],
    heal: async () => {
      await disableMade();
      await setup.apply();
    },
  },
  {
    what: "the topic is disabled",
    change: () => patchTopic({ name: TOPIC, disabled: true }),
    ids: ["outside-topic-disabled"],
    says: [/Someone disabled the topic/, /Agents can no longer add it to a conversation/],
  },
  {
    what: "the topic is moved below another topic",
    change: async () => {
      const parent = (await setup.gladly.topics()).find(({ name, disabled }) => name !== TOPIC && !disabled);
      await patchTopic({ name: TOPIC, parentId: parent?.id ?? "" });
    },
    ids: ["outside-topic-moved"],
    says: [/moved the topic .* in Gladly under `/, /agents no longer find it/],
  },
  {
    what: "a topic with a similar name is created",
    change: async () => {
      made = await setup.gladly.createTopic({ name: "Do not send Stella" });
    },
    ids: ["topic-look-alike"],
    says: [/`Do not send Stella` looks like `do_not_send_stella`/, /Only the exact name counts/],
    heal: disableMade,
  },
  {
    what: "a second webhook points to Stella Connect",
    change: async () => {
      made = await setup.gladly.createWebhook({
        name: "Stella, directly",
        url: `${setup.addresses.stella}/v1/webhooks/gladly`,
        events: ["CONVERSATION/CLOSED"],
        enabled: true,
        credentials: { username: "connect", password: setup.secret("stella-test-key") },
      });
    },
    ids: ["webhook-second"],
    says: [/customers get two surveys/, /Stella Connect's own endpoint/],
    heal: deleteMade,
    since: madeAt,
  },
  {
    what: "another webhook has the same name",
    change: async () => {
      const events = ["CONVERSATION/CREATED"];
      made = await setup.gladly.createWebhook({ name: WEBHOOK, url: elsewhereUrl, events, enabled: true });
    },
    ids: ["webhook-same-name"],
    says: [/Another webhook has the name `Send Stella Survey`/, /edit the wrong one/],
    heal: deleteMade,
    since: madeAt,
  },
];

describe("each kind of manual drift, one after another", () => {
  it("there is no drift right after an apply, and the webhook in the state is Gladly's", async () => {
    const { code, report, ids } = await setup.drift();
    expect({ code, state: report.state, ids }).toEqual({ code: 0, state: "steady", ids: [] });
    expect(report.stacks).toEqual([
      expect.objectContaining({ name: "sandbox", coverage: { webhooks: 1, underCode: 1, others: [] } }),
    ]);
  });

  it.each(KINDS)("$what: is found with its cause, and gone after the remedy", async (kind) => {
    await kind.change();
    try {
      const since = await kind.since?.();
      const found = await setup.drift("sandbox");
      expect({ code: found.code, state: found.report.state, ids: found.ids }).toEqual({
        code: 2,
        state: "drift",
        ids: kind.ids,
      });
      const [first] = found.report.findings;
      const words = [first?.title, first?.detail, first?.remedy].join("\n");
      for (const say of kind.says) expect(words).toMatch(say);
      expect(first?.since).toBe(since ?? undefined);
    } finally {
      await (kind.heal ?? setup.apply.bind(setup))();
    }
    const clean = await setup.drift("sandbox");
    expect({ code: clean.code, ids: clean.ids }).toEqual({ code: 0, ids: [] });
  });
});

describe("a code change that is not applied yet", () => {
  it("is reported as a pending change, separate from drift", async () => {
    await setup.edit('surveyMode: "test"', 'surveyMode: "production"');
    const merged = await setup.drift();
    expect({ code: merged.code, state: merged.report.state, ids: merged.ids }).toEqual({
      code: 2,
      state: "unapplied",
      ids: ["not-applied"],
    });
    expect(merged.report.findings[0]?.detail).toContain("`input.surveyMode`");

    await patchTopic({ name: "renamed as well" });
    const both = await setup.drift();
    expect({ state: both.report.state, ids: both.ids }).toEqual({
      state: "drift",
      ids: ["not-applied", "outside-topic-renamed"],
    });

    await setup.apply();
    expect(await setup.drift()).toMatchObject({ code: 0, ids: [] });
  });
});
