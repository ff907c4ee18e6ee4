import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { ENGINE } from "../support/engine";
import { Running, run } from "../support/run";
import { type Scratch, scratchProject } from "../support/scratch";

let scratch: Scratch;
let running: Running | undefined;
beforeAll(() => {
  scratch = scratchProject("fresh");
});
afterEach(() => running?.kill());
afterAll(() => scratch.remove());

const tour = (...args: readonly string[]) => {
  running = new Running("npm", ["start", ...args], { cwd: scratch.folder, env: scratch.env });
  return running;
};

describe("the tour, as npm start gives it", () => {
  let facts: Record<string, unknown>;
  let printed: string;
  beforeAll(async () => {
    const process = tour("--", "--json");
    const { code, out, err } = await process.end();
    printed = out + err;
    if (code !== 0) throw new Error(`the tour ended with ${code}:\n${printed}`);
    facts = JSON.parse(out);
    await process.leavesNothing();
  });

  it("applies the webhook and the topic, and the next plan has no changes", () => {
    expect(facts).toMatchObject({
      applied: true,
      resources: expect.arrayContaining([
        { address: "gladly_webhook.survey_webhook", actions: ["create"], changed: [] },
        { address: "gladly_topic.do_not_send_topic", actions: ["create"], changed: [] },
      ]),
    });
  });

  it("sends one survey for each eligible conversation, to the test address before going live and to the customer after", () => {
    expect(facts.surveys).toEqual([
      expect.objectContaining({ customer: "Nora Normal", mode: "test", recipient: "survey-test@example.com" }),
      expect.objectContaining({ customer: "Tom Twice", mode: "test", recipient: "survey-test@example.com" }),
      expect.objectContaining({ customer: "Liv Live", mode: "production", recipient: "liv.live@example.net" }),
    ]);
    expect(facts.duplicatesDropped).toBe(1);
  });

  it("says why the other conversations got none", () => {
    expect(facts.notSent).toEqual([
      expect.objectContaining({ customer: "Dora Discreet", reason: "do-not-send-topic", recorded: true }),
      expect.objectContaining({ customer: "Udo Unassigned", reason: "no-agent", recorded: false }),
      expect.objectContaining({ customer: "Mia Mailless", reason: "no-customer-email", recorded: false }),
    ]);
  });

  it("goes live with a change of one word, which changes only the relay's configuration", () => {
    const { diff, planned, review, recipient, reverted } = facts.goLive as Record<string, unknown>;
    expect(review).toEqual(["survey-mode-production"]);
    const changed = String(diff)
      .split("\n")
      .filter((line) => /^[+-] /.test(line));
    expect(changed.map((line) => line.slice(1).trim())).toEqual(['surveyMode: "test",', 'surveyMode: "production",']);
    expect(planned).toEqual([
      {
        address: "terraform_data.relay_configuration",
        actions: ["update"],
        changed: ['input.surveyMode: "test" -> "production"'],
      },
    ]);
    expect({ recipient, reverted }).toEqual({ recipient: "liv.live@example.net", reverted: true });
  });

  it("finds the disabled webhook with its cause, and enables it", () => {
    expect(facts.drift).toEqual({
      detected: true,
      healed: true,
      cause: expect.stringMatching(/^Someone disabled the webhook `Send Stella Survey` in Gladly\. /),
    });
  });

  it("leaves no secret in the output, the state, the plan, the synthesized stack or the relay's database", async () => {
    const home = join(scratch.folder, ".relay/sandbox");
    const secrets = readdirSync(join(home, "secrets")).map((name) =>
      readFileSync(join(home, "secrets", name), "utf8").trim(),
    );
    // Gladly's token, the webhook's password, Stella's two keys and its API secret.
    expect(secrets).toHaveLength(5);
    const stack = join(scratch.folder, "cdktf.out/stacks/sandbox");
    // A plan file is compressed, so only Terraform's output of it can be searched.
    const plan = await run(ENGINE, ["show", "-json", "relay.plan"], {
      cwd: stack,
      env: { ...scratch.env, TF_CLI_CONFIG_FILE: "/dev/null" },
    });
    const holding = [join(stack, "cdk.tf.json"), join(home, "terraform.tfstate")].map((file) =>
      readFileSync(file, "utf8"),
    );
    for (const text of [plan.out, ...holding]) expect(text).toContain("do_not_send_stella");
    const database = readFileSync(join(home, "relay.db"), "latin1");
    expect(database).toContain("conversation#");
    const texts = [printed, plan.out, ...holding, database];
    const leaks = secrets.flatMap((secret) => texts.filter((text) => text.includes(secret)));
    expect(leaks).toEqual([]);
  });
});
