import { reviewPlans } from "../../../src/features/review/judge";
import { FORMATS, render } from "../../../src/report/reporters";
import type { Plan } from "../../../src/terraform/plan";
import { planOf, resource, small } from "./support/plans";

/** No format may contain this value. It is long, random and not a real secret. */
const SECRET = ["canaryQ7", "Hs2KvP9", "xLm4RtW8", "yZ1nB6c"].join("");

function reportOf(plan: Plan): string {
  return FORMATS.map((format) => render(reviewPlans([{ name: "production", plan }]), format, { colour: true })).join(
    "\n",
  );
}

/** The places in a plan that can have a secret, marked by the provider or not. */
const PLACES: Readonly<
  Record<string, { readonly before?: object; readonly after: object; readonly marks?: object | true }>
> = {
  "a marked attribute": { after: { anything: SECRET }, marks: { anything: true } },
  "a marked block": { after: { block: [{ inner: SECRET, list: [SECRET] }] }, marks: { block: true } },
  "a marked value within a list": { after: { list: ["plain", SECRET] }, marks: { list: [false, true] } },
  "everything marked at once": { after: { one: SECRET, two: { three: SECRET } }, marks: true },
  "an unmarked password": { after: { password: SECRET } },
  "an unmarked password that changes": { before: { password: `old-${SECRET}` }, after: { password: SECRET } },
  "user and password of an address": { after: { url: `https://relay:${SECRET}@example.com/hook` } },
  "an address's query": { after: { url: `https://example.com/hook?token=${SECRET}` } },
  "a header": { after: { headers: { Authorization: `Basic ${SECRET}`, "X-Api-Key": SECRET } } },
  "a function's environment": {
    after: { environment: [{ variables: { STELLA_KEY: SECRET, NOTE: `see ${SECRET}` } }] },
  },
  "a document within a text": { after: { policy: JSON.stringify({ Statement: [{ Sid: SECRET, token: SECRET }] }) } },
  "a document within a document": { after: { body: JSON.stringify({ inner: JSON.stringify({ key: SECRET }) }) } },
  "the name of an item of a list": { after: { items: [{ name: SECRET, value: 1 }] } },
};

const TYPES = ["gladly_webhook", "gladly_topic", "aws_lambda_function", "aws_iam_role_policy", "unheard_of"];

describe("a secret in a plan", () => {
  it.each(Object.entries(PLACES))("is shown in no format: %s", (_place, { before, after, marks = {} }) => {
    for (const type of TYPES) {
      const change = { address: `${type}.canary`, before_sensitive: marks, after_sensitive: marks };
      const plans = [
        small([{ ...change, actions: ["create"], after }]),
        small([{ ...change, actions: ["delete"], before: after }]),
        small([{ ...change, actions: ["update"], before: before ?? { name: "before" }, after }]),
        small([{ ...change, actions: ["delete", "create"], before: before ?? { name: "before" }, after }]),
        small([], {
          resource_drift: [resource({ ...change, actions: ["update"], before: before ?? { name: "before" }, after })],
        }),
      ];
      for (const plan of plans) expect(reportOf(plan)).not.toContain(SECRET);
    }
  });

  it("is shown in no format when a finding quotes the attribute", () => {
    const url = (secret: string) => `https://hook:${secret}@example.com/v1?key=${secret}`;
    const webhook = { name: `Hook ${SECRET}`, events: ["CONVERSATION/CLOSED"], enabled: true };
    const plan = small([
      {
        address: "gladly_webhook.survey_webhook",
        actions: ["update"],
        before: { ...webhook, url: url(`old${SECRET}`) },
        after: { ...webhook, url: url(SECRET) },
      },
    ]);
    const text = reportOf(plan);
    expect(text).toContain("webhook-moved");
    expect(text).not.toContain(SECRET);
  });

  it("is shown in no format when a check quotes it or an output has it", () => {
    const plan = small([], {
      checks: [
        {
          address: { to_display: "check.one" },
          status: "fail",
          instances: [{ problems: [{ message: `the token ${SECRET} is refused` }] }],
        },
      ],
      output_changes: { gladly_organization: { actions: ["update"], before: "Acme", after: SECRET } },
    });
    expect(reportOf(plan)).toContain("check-failed");
    expect(reportOf(plan)).not.toContain(SECRET);
  });

  it("still counts as a change when it is replaced by another", () => {
    const change = { address: "gladly_webhook.survey_webhook", actions: ["update"] };
    const plan = small([{ ...change, before: { password: `old-${SECRET}` }, after: { password: SECRET } }]);
    expect(reportOf(plan)).toContain("another one");
  });

  it("is present in the tested plans", () => {
    expect(JSON.stringify(planOf("local-go-live"))).toContain("surveyMode");
    expect(JSON.stringify(small([{ address: "a.b", actions: ["create"], after: { x: SECRET } }]))).toContain(SECRET);
  });
});
