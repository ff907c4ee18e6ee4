import { resolve } from "node:path";
import { GLADLY_CHANNELS } from "../../../src/contract/channels";
import { type Environment, type EnvironmentInput, loadEnvironments } from "../../../src/environment";
import { EnvironmentSchema } from "../../../src/environment/schema";
import type { Known, ReadinessFacts } from "../../../src/features/readiness/facts";
import { judgeReadiness } from "../../../src/features/readiness/judge";
import { FORMATS, render } from "../../../src/report/reporters";
import { ActiveProfiles } from "../../../src/vendors/stella/employees";

const NOW = Date.parse("2026-11-22T10:00:00Z");
const step = { by: "Robin Roe", on: "2026-11-20" };
const STEPS = { testAddress: step, integratedChannel: step, suppressionPeriod: step };

const LOCAL: EnvironmentInput = {
  name: "rehearsal",
  surveyMode: "test",
  delivery: "enrich",
  gladly: { url: "https://example.gladly.qa", user: "api@example.com" },
  relay: { on: "local", url: "https://relay.example.com" },
  manualSteps: STEPS,
};
const AWS: EnvironmentInput = {
  ...LOCAL,
  relay: {
    ...{ on: "aws", account: "111122223333", region: "us-east-1", alarms: { email: "team@example.com" } },
    pipeline: { repository: "example/surveys" },
  },
};

const known = <T>(value: T): Known<T> => ({ known: true, value });
const unknown = { known: false, why: "it did not answer.", remedy: "see that it answers" } as const;
const ENDPOINT = "https://relay.example.com/v1/webhooks/gladly";
const WEBHOOK = {
  ...{
    id: "webhook-1",
    name: "Send Stella Survey",
    url: ENDPOINT,
    enabled: true,
    hasCredentials: true,
    headerKeys: [],
  },
  events: ["CONVERSATION/CLOSED"],
};
const TOPIC = { id: "topic-1", name: "do_not_send_stella", disabled: false };
const agent = (name: string, emailAddress?: string) => ({ id: `id-of-${name}`, name, emailAddress });
const SECRET = { name: "gladly", state: "present", remedy: "put it" } as const;
const RELAY: NonNullable<ReadinessFacts["relay"]> = {
  paused: known(false),
  working: known({ ok: true, seen: "The relay runs." }),
};

/** Facts of a ready environment. Each test changes one thing. */
function facts(input: Partial<EnvironmentInput> = {}, changed: Partial<ReadinessFacts> = {}): ReadinessFacts {
  const environment: Environment = EnvironmentSchema.parse({ ...LOCAL, ...input });
  return {
    environment,
    now: NOW,
    agents: known([agent("Robin", "robin@example.com")]),
    profiles: known(new ActiveProfiles(["robin@example.com"])),
    webhooks: known([WEBHOOK]),
    endpoint: ENDPOINT,
    topics: known([TOPIC]),
    secrets: known([SECRET]),
    keysAreOne: false,
    relay: RELAY,
    ...changed,
  };
}

function judged(given: ReadinessFacts) {
  const { verdict, report } = judgeReadiness(given);
  const blocking = report.findings.filter(({ severity }) => severity !== "info").map(({ id }) => id);
  return { verdict, blocking, report, text: render(report, "terminal", { colour: false, width: 2000 }) };
}

describe("readiness", () => {
  it("is ready when everything is there, although no API shows channels and the key's mode", () => {
    const { verdict, blocking, report } = judged(facts());
    expect({ verdict, blocking }).toEqual({ verdict: "ready", blocking: [] });
    expect(report.findings.map(({ id, severity }) => [id, severity])).toEqual([
      ["key-mode-not-checked", "info"],
      ["channels-not-checked", "info"],
    ]);
  });

  it("is not ready when one thing is missing, whatever is not known", () => {
    const { verdict, report } = judged(facts({}, { webhooks: unknown, topics: known([]) }));
    expect(verdict).toBe("not ready");
    expect(report.title).toBe("rehearsal: not ready for production, 1 thing is missing, 1 more not known");
  });

  it.each([
    ["agents-not-known", { agents: unknown }],
    ["profiles-not-known", { profiles: unknown }],
    ["webhook-not-known", { webhooks: unknown }],
    ["topic-not-known", { topics: unknown }],
    ["secrets-not-known", { secrets: unknown }],
    ["relay-not-known", { relay: { ...RELAY, working: unknown } }],
    ["relay-pause-not-known", { relay: { ...RELAY, paused: unknown } }],
    ["relay-ping-not-known", { relay: { ...RELAY, ping: unknown } }],
    ["alarm-addresses-not-known", { alarms: unknown }],
  ] satisfies [string, Partial<ReadinessFacts>][])("is never ready when something is not known: %s", (id, changed) => {
    const { verdict, blocking, text, report } = judged(facts({}, changed));
    expect({ verdict, blocking }).toEqual({ verdict: "not known", blocking: ["readiness-not-known"] });
    expect(report.data.items).toContainEqual(expect.objectContaining({ id, state: "not known" }));
    expect(text).toContain("It did not answer");
    expect(text).toContain("Next: ");
  });

  it("reports a cause once, with everything that could not be read", () => {
    const { report } = judged(facts({}, { agents: unknown, webhooks: unknown, topics: unknown, profiles: unknown }));
    const causes = report.findings.filter(({ id }) => id === "readiness-not-known");
    expect(causes.map(({ title }) => title)).toEqual([
      expect.stringMatching(/^Could not read: webhook, topic, agents\. .*did not answer/),
    ]);
  });

  it("gives equal bytes for equal facts in every form, and a remedy with every finding", () => {
    const given = facts({}, { topics: known([]), webhooks: known([]) });
    for (const format of FORMATS) {
      const text = () => render(judgeReadiness(given).report, format, { colour: false });
      expect(text()).toBe(text());
    }
    for (const { remedy } of judgeReadiness(given).report.findings) expect(remedy).toMatch(/\S/);
  });
});

describe("readiness of agents", () => {
  const withAgents = (agents: readonly ReturnType<typeof agent>[], input: Partial<EnvironmentInput> = {}) =>
    judged(
      facts(input, {
        agents: known(agents),
        profiles: known(new ActiveProfiles(["robin@example.com", "Kim.Case@example.com"])),
      }),
    );
  const robin = agent("Robin", "robin@example.com");

  it("lists those without a profile by e-mail address, and notes a difference only in case", () => {
    const { verdict, blocking, text, report } = withAgents([
      robin,
      agent("Kim", "kim.case@example.com"),
      agent("Ada", "ada@example.com"),
    ]);
    expect({ verdict, blocking }).toEqual({ verdict: "not ready", blocking: ["agents-without-profile"] });
    expect(text).toMatch(
      /Ada +ada@example\.com\n +Kim +kim\.case@example\.com +Stella has Kim\.Case@example\.com: only upper and lower case differ/,
    );
    expect(report.data.agents).toMatchObject({ all: 3, active: 1, withoutProfile: 2, withoutEmail: 0 });
  });

  it("lists those without an e-mail address separately, by id", () => {
    const { blocking, text } = withAgents([robin, agent("Nobody"), agent("Blank", " ")]);
    expect(blocking).toEqual(["agents-without-email"]);
    expect(text).toMatch(/2 agents have no e-mail address/);
    expect(text).toContain("id-of-Nobody");
  });

  it("ignores bots, the token's owner, and agents that are listed as needing no profile", () => {
    const { verdict, text } = withAgents(
      [
        robin,
        agent("Bot", "bot@example.com"),
        agent("Api", "api@example.com"),
        agent("Boss", "boss@example.com"),
        agent("Desk"),
      ],
      {
        policy: { bots: ["bot@example.com"] },
        manualSteps: { ...STEPS, agentsWithoutProfile: { ...step, agents: ["boss@example.com", "id-of-Desk"] } },
      },
    );
    expect(verdict).toBe("ready");
    expect(text).toContain(
      "1 of 5 agents has an active Stella profile; 2 are bots or API users; 2 listed as needing none.",
    );
  });

  it("says which exceptions are no longer needed", () => {
    const agents = ["robin@example.com", "gone@example.com"];
    const { verdict, text } = withAgents([robin], {
      manualSteps: { ...STEPS, agentsWithoutProfile: { ...step, agents } },
    });
    expect(verdict).toBe("ready");
    expect(text).toContain("or do not exist: `robin@example.com`, `gone@example.com`.");
  });

  it("is not ready if no one has a profile, even if everyone is listed as an exception", () => {
    const { verdict, blocking } = withAgents([agent("Boss", "boss@example.com")], {
      manualSteps: { ...STEPS, agentsWithoutProfile: { ...step, agents: ["boss@example.com"] } },
    });
    expect({ verdict, blocking }).toEqual({ verdict: "not ready", blocking: ["no-active-profile"] });
  });
});

describe("readiness of the webhook", () => {
  const withWebhooks = (...webhooks: readonly Partial<typeof WEBHOOK & { disabledAtDueToRetryLimit: string }>[]) =>
    judged(facts({}, { webhooks: known(webhooks.map((webhook) => ({ ...WEBHOOK, ...webhook }))) }));

  it.each([
    ["outside-webhook-off", { enabled: false }],
    ["webhook-elsewhere", { url: "https://elsewhere.example.com/" }],
    ["webhook-without-closes", { events: ["CONVERSATION/CREATED"] }],
    ["webhook-without-credentials", { hasCredentials: false }],
  ])("reports what is wrong with it: %s", (id, changed) => {
    expect(withWebhooks(changed).blocking).toEqual([id]);
  });

  it("reports since when Gladly has disabled it", () => {
    const { report, text } = withWebhooks({ enabled: false, disabledAtDueToRetryLimit: "2026-11-22T03:12:00Z" });
    expect(report.findings[0]?.since).toBe("2026-11-22T03:12:00Z");
    expect(text).toContain("Gladly disabled the webhook `Send Stella Survey` after four failed retries.");
  });

  it("reports another webhook that would cause second surveys, but no others", () => {
    const other = { id: "other", name: "by hand", url: "https://api.stellaconnect.net/v1/webhooks/gladly" };
    expect(withWebhooks({}, other).blocking).toEqual(["webhook-second"]);
    expect(withWebhooks({}, { ...other, enabled: false }).blocking).toEqual([]);
    expect(withWebhooks({}, { ...other, url: "https://data.example.com/closes" }).blocking).toEqual([]);
    expect(withWebhooks({}, { ...other, events: ["CUSTOMER/MERGED"] }).blocking).toEqual([]);
  });

  it("is found by name if only AWS knows the address", () => {
    const webhook = { ...WEBHOOK, url: "https://a1b2c3.execute-api.us-east-1.amazonaws.com/v1/webhooks/gladly" };
    const changed = { endpoint: undefined, webhooks: known([webhook]), alarms: known([]) };
    expect(judged(facts(AWS, changed)).blocking).toEqual(["alarm-addresses-missing"]);
    expect(judged(facts(AWS, { ...changed, webhooks: known([]) })).blocking).toContain("webhook-missing");
  });
});

describe("readiness of the topic", () => {
  it("reports a topic with a similar name", () => {
    const { blocking, text } = judged(facts({}, { topics: known([{ ...TOPIC, name: "Do Not Send Stella" }]) }));
    expect(blocking).toEqual(["topic-missing"]);
    expect(text).toContain("The topic `Do Not Send Stella` looks like `do_not_send_stella`");
  });

  it.each([
    ["other capitals", { name: "Do_Not_Send_Stella" }, "topic-look-alike", "upper and lower case differ"],
    ["spaces around it", { name: " do_not_send_stella " }, "topic-look-alike", "has blanks around it"],
    ["a topic under it", { name: "VIP", parentId: TOPIC.id }, "topic-below", "policy.exclude.topics"],
    ["a topic two levels under it", { name: "VIP", parentId: "between" }, "topic-below", "is under"],
  ])("is ready, and reports a topic that agents may pick by mistake: %s", (_, other, id, words) => {
    const between = { id: "between", name: "Refunds", disabled: true, parentId: TOPIC.id };
    const given = facts({}, { topics: known([TOPIC, between, { id: "t2", disabled: false, ...other }]) });
    const { verdict, report, text } = judged(given);
    expect(verdict).toBe("ready");
    expect(report.findings.map((finding) => finding.id)).toContain(id);
    expect(text).toContain(words);
    const disabled = facts({}, { topics: known([TOPIC, { id: "t2", ...other, disabled: true }]) });
    expect(judged(disabled).report.findings.map((finding) => finding.id)).not.toContain(id);
  });
});

describe("readiness of the relay", () => {
  it.each([
    ["relay-not-working", { working: known({ ok: false, seen: "It does not run.", remedy: "start it" } as const) }],
    ["relay-paused", { paused: known(true) }],
    ["relay-ping", { ping: known(401) }],
    ["relay-ping", { ping: known("nothing") }],
  ] satisfies [string, Partial<typeof RELAY>][])("reports what is wrong with it: %s", (id, changed) => {
    expect(judged(facts({}, { relay: { ...RELAY, ...changed } })).blocking).toEqual([id]);
  });

  it("warns about parked events, which send surveys to customers after a replay in production", () => {
    const { verdict, report } = judged(facts({}, { relay: { ...RELAY, ping: known(200), parked: 3 } }));
    expect(verdict).toBe("ready");
    expect(report.findings.find(({ id }) => id === "events-parked")?.title).toContain("3 events are parked");
  });
});

describe("readiness of secrets and keys", () => {
  it.each(["missing", "empty", "open-to-others"] as const)(
    "reports a secret that is %s, and how to write it",
    (state) => {
      const { blocking, report } = judged(facts({}, { secrets: known([SECRET, { ...SECRET, name: "probe", state }]) }));
      expect(blocking).toEqual([`secret-${state}`]);
      expect(report.findings[0]?.remedy).toBe("put it.");
    },
  );

  it("reports a production key that is the test key", () => {
    expect(judged(facts({}, { keysAreOne: true })).blocking).toEqual(["keys-are-one"]);
  });
});

describe("readiness of channels", () => {
  it("lists channels other than Stella's usual three", () => {
    const { verdict, text } = judged(facts({ policy: { channels: { SMS: "text", VOICEMAIL: null } } }));
    expect(verdict).toBe("ready");
    expect(text).toContain("Not one of Stella's three default channels: `text`.");
    expect(text).toMatch(/VOICEMAIL +excluded/);
  });

  it("reports that every channel is excluded", () => {
    const channels = Object.fromEntries(GLADLY_CHANNELS.map((name) => [name, null]));
    expect(judged(facts({ policy: { channels, otherChannel: null } })).blocking).toEqual(["every-channel-left-out"]);
  });
});

describe("readiness of manual steps", () => {
  it.each([
    ["testAddress", "test-address-not-confirmed"],
    ["integratedChannel", "integrated-channel-not-confirmed"],
    ["suppressionPeriod", "suppression-period-not-confirmed"],
  ])("reports %s, and what to write", (name, id) => {
    const { blocking, report } = judged(facts({ manualSteps: { ...STEPS, [name]: undefined } }));
    expect(blocking).toEqual([id]);
    expect(report.findings[0]?.remedy).toContain(`${name}: { by: "<who>", on: "<date>" }`);
    expect(report.findings[0]?.file).toBe("stacks/environments/rehearsal.ts");
  });

  it.each(["direct", "forward"] as const)(
    "requires Gladly's token in Stella if Stella reads Gladly: %s",
    (delivery) => {
      expect(judged(facts({ delivery })).blocking).toEqual(["token-handed-over-not-confirmed"]);
      expect(judged(facts({ delivery, manualSteps: { ...STEPS, tokenHandedOver: step } })).verdict).toBe("ready");
    },
  );

  it("accepts no future date, but today's date in any time zone", () => {
    const on = (day: string) =>
      judged(facts({ manualSteps: { ...STEPS, testAddress: { ...step, on: day } } })).blocking;
    expect(on("2026-11-22")).toEqual([]);
    // It is 10:00 UTC: the 23rd has begun in Kiribati, the 24th has begun nowhere.
    expect(on("2026-11-23")).toEqual([]);
    expect(on("2026-11-24")).toEqual(["test-address-in-the-future"]);
  });
});

describe("readiness of alarm addresses", () => {
  const subscription = { topic: "relay-rehearsal-page", address: "team@example.com", confirmed: true };

  it("comes from AWS, not from the file", () => {
    const waiting = known([subscription, { ...subscription, confirmed: false }]);
    const confirmed = { ...AWS, manualSteps: { ...STEPS, alarmAddresses: step } };
    expect(judged(facts(confirmed, { alarms: waiting })).blocking).toEqual(["alarm-addresses-not-confirmed"]);
    expect(judged(facts(AWS, { alarms: known([subscription]) })).verdict).toBe("ready");
  });

  it("comes from the file if AWS could not be read", () => {
    expect(
      judged(facts({ ...AWS, manualSteps: { ...STEPS, alarmAddresses: step } }, { alarms: unknown })).verdict,
    ).toBe("ready");
    const later = { ...step, on: "2999-01-01" };
    expect(
      judged(facts({ ...AWS, manualSteps: { ...STEPS, alarmAddresses: later } }, { alarms: unknown })).verdict,
    ).toBe("not known");
  });
});

describe("what comes next", () => {
  it("is named only when it is ready", () => {
    expect(judged(facts()).text).toMatch(
      /npx relay drift rehearsal`[\s\S]+npx relay preview rehearsal`[\s\S]+`surveyMode`/,
    );
    expect(judged(facts({}, { topics: known([]) })).text).not.toContain("relay preview");
  });

  it("is nothing for an environment that is live", () => {
    const { text } = judged(facts({ surveyMode: "production" }));
    expect(text).toContain("Surveys go to customers now.");
    expect(text).not.toContain("relay preview");
  });
});

it("checks every environment of the project", () => {
  for (const environment of loadEnvironments(resolve(__dirname, "../../../stacks/environments")))
    expect(() => judgeReadiness({ ...facts(), environment })).not.toThrow();
});
