import type { StackLook } from "../../../src/features/drift/observation";
import { goneSummary, WEBHOOK_WARNINGS } from "../../../src/vendors/gladly/webhook-changes";
import { environment, judged, type Resource, webhook, words } from "./support/plans";

const seen = (live: object | null, code: object | null = webhook): Resource => ({
  type: "gladly_webhook",
  name: "survey_webhook",
  state: webhook,
  live: live === null ? null : { ...webhook, updated_at: "2026-11-22T05:00:00Z", ...live },
  code: code === null ? null : { ...webhook, updated_at: "2026-11-22T05:00:00Z", ...code },
  unknown: { updated_at: true },
});
const off = { enabled: false, status: "disabled" };
const offByGladly = { ...off, disabled_at_due_to_retry_limit: "2026-11-22T03:12:00Z" };

describe("a disabled webhook", () => {
  it("was disabled by Gladly if disabledAtDueToRetryLimit is set, at that time and not at the last edit", () => {
    const found = judged([seen(offByGladly)]);
    expect(found).toMatchObject({
      state: "drift",
      ids: ["outside-webhook-off-by-gladly", "outside-webhook-edited"],
    });
    expect(found.findings[0]).toMatchObject({
      severity: "critical",
      since: "2026-11-22T03:12:00Z",
      resource: "gladly_webhook.survey_webhook",
      environment: "production",
      file: "stacks/environments/production.ts",
    });
  });

  it("was disabled manually if disabledAtDueToRetryLimit is not set, at the last edit", () => {
    const found = judged([seen(off)]);
    expect(found.ids).toEqual(["outside-webhook-off", "outside-webhook-edited"]);
    expect(found.findings[0]?.since).toBe("2026-11-22T05:00:00Z");
  });

  it("loses nothing with a relay within Gladly's history, counted from the first attempt", () => {
    // 24 h after 03:12 minus 95.5 minutes of retries, at noon.
    expect(words(judged([seen(offByGladly)]))).toContain("leave the history in 14 hours");
    expect(words(judged([seen(off)]))).toContain("leave the history in 17 hours");
  });

  it("loses surveys without a relay, which is reported", () => {
    const direct = { environment: { ...environment, delivery: "direct" as const } };
    const text = words(judged([seen(off)], direct));
    expect(text).toContain('With delivery "direct" nothing fetches them');
    expect(text).toContain("for another 17 hours");
  });

  it("has lost closes that are older than Gladly's history", () => {
    const old = { ...off, updated_at: "2026-11-20T09:00:00Z" };
    expect(words(judged([seen(old)]))).toContain("what the relay has not fetched by now is lost");
  });

  it("gets late surveys only if the relay's time had begun by then", () => {
    const of = (relay: object | undefined) => words(judged([seen(off)], { relay } as Partial<StackLook>));
    expect(of({ began: Date.parse("2026-11-22T05:00:00Z") })).toContain("late, not lost");
    const later = of({ began: Date.parse("2026-11-22T06:00:00Z") });
    expect(later).toContain("closed after 2026-11-22T06:00:00.000Z, when Gladly first delivered to it");
    expect(later).not.toContain("not lost");
    expect(of({ began: undefined })).toContain("Those conversations get no survey from it");
    const unread = of({ notKnown: "its ledger could not be read (AccessDeniedException).", remedy: "" });
    expect(unread).toContain("That was not checked: its ledger could not be read (AccessDeniedException).");
    expect(unread).not.toContain("not lost");
    expect(of(undefined)).not.toContain("not lost");
  });

  it("is no drift when the code also disables it and Gladly itself did it", () => {
    const itself = { ...offByGladly, updated_at: "2026-11-22T03:12:00Z" };
    expect(judged([seen(itself, itself)])).toMatchObject({ state: "steady", ids: [] });
  });
});

describe("a webhook whose times and statuses changed on their own", () => {
  it("has no drift when only its status was read again", () => {
    const again: Resource = { type: "gladly_webhook", state: webhook, live: { ...webhook, status: "on" } };
    expect(judged([{ ...again, code: { ...webhook, status: "on" } }])).toMatchObject({ state: "steady", ids: [] });
  });

  it("does not count as edited when its time did not move forward", () => {
    const earlier = { ...webhook, updated_at: "2026-11-20T07:59:59Z" };
    const found = judged([{ type: "gladly_webhook", state: webhook, live: earlier, code: earlier }]);
    expect(found).toMatchObject({ state: "steady", ids: [] });
  });

  it("may have another password when only its time changed", () => {
    const found = judged([seen({}, {})]);
    expect(found).toMatchObject({ state: "drift", ids: ["outside-webhook-edited"] });
    expect(words(found)).toContain("raise `webhook.passwordVersion` in stacks/environments/production.ts");
  });

  it("may have another password when an edit is visible", () => {
    const found = judged([seen({ name: "Other" })]);
    expect(found.ids).toEqual(["outside-webhook-renamed", "outside-webhook-edited"]);
    expect(found.findings[1]?.detail).toContain("with what Gladly shows");
  });

  it("has no other password if it never had one", () => {
    const none = { credentials: null, has_credentials: false };
    const bare: Resource = {
      type: "gladly_webhook",
      state: { ...webhook, ...none },
      live: { ...webhook, ...none, name: "Other", updated_at: "2026-11-22T05:00:00Z" },
      code: { ...webhook, ...none, updated_at: "2026-11-22T05:00:00Z" },
    };
    expect(judged([bare]).ids).toEqual(["outside-webhook-renamed"]);
    const given = { ...bare, live: { ...webhook, ...none, has_credentials: true } };
    expect(judged([{ ...given, code: given.live }]).ids).toEqual(["outside-webhook-credentials-added"]);
  });

  it("needs only an apply if the code already raises the version", () => {
    const raised = { credentials: { username: "connect", password_wo_version: 2 } };
    const found = judged([seen({}, raised)]);
    expect(found.ids).toContain("outside-webhook-edited");
    expect(found.findings[0]?.remedy).toBe("`npx cdktf apply production`, which sets our password again");
  });
});

describe("a webhook that was edited in several places", () => {
  it("is reported with each place", () => {
    const found = judged([seen({ ...off, name: "Other", events: ["TASK/CREATED"], header_keys: ["X-Key"] })]);
    expect(found.ids).toEqual([
      "outside-webhook-off",
      "outside-webhook-closes-removed",
      "outside-webhook-renamed",
      "outside-webhook-headers",
      "outside-webhook-edited",
    ]);
  });

  it("is reported with a general text if no rule matches", () => {
    expect(judged([seen({ colour: "red" }, { colour: "blue" })]).ids).toContain("outside-webhook-changed");
  });
});

describe("a warning of the provider", () => {
  const address = "gladly_webhook.survey_webhook";
  const warned = (summary: string, detail = "…") => [{ address, summary, detail }];
  const edited = warned(WEBHOOK_WARNINGS.edited, "It was changed at 2026-11-22T05:00:00.000Z, outside of Terraform.");
  const steady: Resource = { type: "gladly_webhook", name: "survey_webhook", state: webhook };

  it("is drift as long as it appears, even when the change was accepted into the state", () => {
    const found = judged([steady], { warnings: edited });
    expect(found).toMatchObject({ state: "drift", ids: ["outside-webhook-edited"] });
    expect(found.findings[0]).toMatchObject({ since: "2026-11-22T05:00:00.000Z", resource: address });
    expect(found.findings[0]?.remedy).toMatch(
      /^raise `webhook\.passwordVersion` in stacks.*`--refresh-only` does not$/,
    );
  });

  it("is not reported twice if the plan shows it", () => {
    expect(judged([seen({}, {})], { warnings: edited }).ids).toEqual(["outside-webhook-edited"]);
    const gone = seen({ has_credentials: false, credentials: null });
    const removed = [...warned(WEBHOOK_WARNINGS.credentialsRemoved), ...edited];
    expect(judged([gone], { warnings: removed }).ids).toEqual(["outside-webhook-credentials-removed"]);
    expect(judged([seen(off)], { warnings: warned(WEBHOOK_WARNINGS.offByHand) }).ids).toContain("outside-webhook-off");
  });

  it("reports headers and credentials that no apply removes", () => {
    const both = [...warned(WEBHOOK_WARNINGS.headers), ...warned(WEBHOOK_WARNINGS.credentialsAdded)];
    expect(judged([steady], { warnings: both })).toMatchObject({
      state: "drift",
      ids: ["outside-webhook-headers", "outside-webhook-credentials-added"],
    });
  });

  it("is kept if no rule knows it, and is no drift", () => {
    const found = judged([steady], { warnings: warned("Deprecated attribute", "Use another one.") });
    expect(found).toMatchObject({ state: "steady", ids: ["plan-warning"] });
    expect(found.findings[0]).toMatchObject({ severity: "info", detail: "Use another one." });
    expect(judged([steady], { warnings: [{ summary: "Overrides", detail: "" }] }).ids).toEqual([]);
  });
});

describe("a webhook with another address", () => {
  it("is shown only with the host if it is not the relay's, because the rest may be a secret", () => {
    const text = words(judged([seen({ url: "https://hooks.example.net/T0/secret?key=hush" })]));
    expect(text).toContain("`hooks.example.net`");
    expect(text).not.toMatch(/secret|hush/);
  });

  it("is shown with its path on the relay's host", () => {
    expect(words(judged([seen({ url: "https://relay.example.com/v2" })]))).toContain("`relay.example.com/v2`");
  });

  it("bypasses the relay when it points to Stella Connect", () => {
    const text = words(judged([seen({ url: "https://acme.api.stellaconnect.net/v1/webhooks/gladly" })]));
    expect(text).toContain("Stella Connect gets every close directly");
    expect(text).not.toContain("Gladly's history");
  });

  it("is reported with a change of the code's address, if any", () => {
    const moved = { url: "https://old.example.com/x" };
    expect(words(judged([seen(moved)]))).not.toContain("The code changed it too");
    const both = judged([seen(moved, { url: "https://new.example.com/y" })]);
    expect(words(both)).toContain("The code changed it too");
  });
});

describe("a deleted webhook", () => {
  it("is drift when the code still has it, and no drift when the code removed it too", () => {
    expect(judged([seen(null)]).ids).toEqual(["outside-webhook-deleted"]);
    expect(judged([seen(null, null)])).toMatchObject({ state: "steady", ids: [] });
  });

  it("cannot be created again while another webhook has its address", () => {
    const copy = { ...gladlyWebhook, id: "w2", name: "By hand" };
    const found = judged([seen(null)], { gladly: { webhooks: [copy], topics: [] } });
    expect(found.ids).toEqual(["outside-webhook-deleted"]);
    expect(words(found)).toContain("disable and delete `By hand` (w2) in Gladly");
  });
});

describe("a webhook's password", () => {
  it("is requested if no file has it", () => {
    const gone = seen({ has_credentials: false, credentials: null });
    const local = words(judged([gone]));
    const aws = words(judged([gone], { environment: { ...environment, on: "aws" } }));
    expect(local).not.toContain("TF_VAR_webhook_password");
    expect(aws).toContain("TF_VAR_webhook_password");
  });
});

const gladlyWebhook = {
  url: webhook.url,
  events: ["CONVERSATION/CLOSED"],
  enabled: true,
  hasCredentials: true,
  headerKeys: [],
};

it("that is removed is reported once, although the provider warns too", () => {
  const warnings = [{ summary: goneSummary("webhook"), detail: "", address: "gladly_webhook.survey_webhook" }];
  expect(judged([seen(null)], { warnings }).ids).toEqual(["outside-webhook-deleted"]);
});
