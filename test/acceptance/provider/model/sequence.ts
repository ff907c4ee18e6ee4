/**
 * One random sequence with the real engine. After every apply, state, Gladly and configuration are equal, or a diagnostic
 * says why they are not. No run ends without the enabled webhook that existed before or should be created.
 */
import { setTimeout as delay } from "node:timers/promises";
import { seededRandom } from "../../../../src/sandbox/random";
import type { GladlySetup } from "../../../provider/support/gladly-core";
import { type CommandResult as Applied, type Mirror, Workspace } from "../harness";
import { GladlyView } from "./gladly-view";
import { type Pick, STEPS } from "./steps";
import { configuration, mainLabel, START, type Wanted } from "./wanted";

/** A broken promise, with the seed to reproduce it. */
export class Broken extends Error {
  override readonly name = "Broken";
}

/** Diagnostics that do not explain the difference. */
const NO_REASON =
  /Internal error|inconsistent (result|final plan)|invalid (plan|new value)|plugin (crashed|did not respond)|canary-model/;

/**
 * @param most largest number of steps, 5 or more
 * @returns the kinds of the taken steps
 */
export async function runSequence(
  seed: number,
  setup: GladlySetup,
  mirror: Mirror,
  most = 15,
): Promise<readonly string[]> {
  await setup.reset();
  const random = seededRandom(seed);
  const pick: Pick = (from) => from[Math.floor(random() * from.length)];
  const workspace = new Workspace(mirror, setup.sandbox.gladly.url);
  const gladly = new GladlyView(setup);
  const taken: string[] = [];
  const fail = (what: string): never => {
    throw new Broken(`seed ${seed}, after ${JSON.stringify(taken)}: ${what}`);
  };
  const url = (path: string) => gladly.url(path);
  try {
    let wanted: Wanted = START;
    workspace.write(configuration(wanted, url));
    await workspace.init();
    await check(await workspace.apply(), wanted, ["/u0"], false);
    const length = 5 + Math.floor(random() * (most - 4));
    while (taken.length < length) {
      const step = pick(STEPS);
      const before = wanted.webhooks.get(mainLabel(wanted))?.path ?? "";
      const outcome = await step?.take(wanted, gladly, pick);
      if (!step || !outcome) {
        await gladly.clearFaults();
        continue;
      }
      taken.push(step.kind);
      ({ wanted } = outcome);
      if (outcome.forget) await workspace.run(["state", "rm", outcome.forget]);
      const after = wanted.webhooks.get(mainLabel(wanted))?.path ?? "";
      const alive = (await gladly.at(before))?.enabled === true;
      workspace.write(configuration(wanted, url));
      if (outcome.apply === "killed") await killInTheMiddle(workspace);
      else
        await check(
          await workspace.apply(...(outcome.apply ? [`-${outcome.apply}`] : [])),
          wanted,
          [before, after],
          alive,
        );
      await gladly.clearFaults();
      // Follow the diagnostic's advice at once, so that the next step starts with a working configuration.
      if (outcome.apply === "killed" || outcome.forget) await followAdvice(wanted);
      wanted = { ...wanted, once: [] };
      workspace.write(configuration(wanted, url));
    }
    await followAdvice(wanted);
    const last = await workspace.apply();
    if (last.code !== 0) fail(`still fails after following the advice: ${last.errors.join("\n")}`);
    await agreement(wanted);
    return taken;
  } finally {
    workspace.remove();
  }

  async function check(applied: Applied, wanted: Wanted, paths: readonly string[], alive: boolean): Promise<void> {
    const said = applied.errors.join("\n");
    if (NO_REASON.test(`${said}${applied.warnings.join("\n")}`)) fail(`said ${said}`);
    if (applied.code === 0) return agreement(wanted);
    if (applied.errors.length === 0) fail(`failed without a diagnostic: ${applied.out}${applied.err}`);
    const now = await Promise.all(paths.map((path) => gladly.at(path)));
    if (alive && !now.some((webhook) => webhook?.enabled)) fail(`the webhook is gone: ${said}`);
    await followAdvice(wanted);
  }

  /** Checks that state, Gladly and configuration are equal. */
  async function agreement(wanted: Wanted): Promise<void> {
    const plan = await workspace.plan();
    if (plan.code !== 0) fail(`a plan right after: ${[...plan.changes, ...plan.errors].join("\n")}`);
    const [webhooks, topics, resources] = [await gladly.webhooks(), await gladly.topics(), await workspace.resources()];
    for (const [label, { path, enabled }] of wanted.webhooks) {
      const found = webhooks.filter((webhook) => webhook.url === gladly.url(path));
      if (found.length !== 1 || found[0]?.enabled !== enabled) fail(`Gladly has ${JSON.stringify(found)} at ${path}`);
      if (!resources.includes(`gladly_webhook.${label} ${found[0]?.id}`)) fail(`the state has ${resources.join()}`);
    }
    for (const [label, { name, disabled }] of wanted.topics) {
      const found = topics.find((topic) => topic.name === name);
      if (found?.disabled !== disabled) fail(`Gladly has ${JSON.stringify(found)} for ${name}`);
      if (!resources.includes(`gladly_topic.${label} ${found?.id}`)) fail(`the state has ${resources.join()}`);
    }
    if (resources.length !== wanted.webhooks.size + wanted.topics.size) fail(`the state has ${resources.join()}`);
  }

  /** Follows the diagnostics: apply again, import what exists, rename what has the name, use a third URL for an exchange. */
  async function followAdvice(wanted: Wanted): Promise<void> {
    for (let round = 0; round < 4; round += 1) {
      workspace.write(configuration({ ...wanted, once: round === 0 ? wanted.once : [] }, url));
      const applied = await workspace.apply();
      if (applied.code === 0) return;
      const said = applied.errors.join("\n");
      if (/exchange their addresses/.test(said)) {
        const third = new Map(wanted.webhooks);
        for (const [label, value] of third)
          if (label !== mainLabel(wanted)) third.set(label, { ...value, path: `/third-${label}` });
        workspace.write(configuration({ ...wanted, webhooks: third, once: [] }, url));
        await workspace.apply();
      }
      for (const [, name = "", id = ""] of said.matchAll(/enabled topic "([^"]+)" \(([^)]+)\) already/g)) {
        const [label] = [...wanted.topics].find(([, topic]) => topic.name === name) ?? [];
        if (label) await workspace.run(["import", "-input=false", `gladly_topic.${label}`, id]);
      }
      for (const [, name = "", id = ""] of said.matchAll(/another topic "([^"]+)" \(([^)]+)\)/g))
        await gladly.editTopic(id, { name: `${name} ${id}` });
      for (const [, id = "", address = ""] of said.matchAll(/\(([^)]+)\), posts to (\S+) already/g)) {
        const [label] = [...wanted.webhooks].find(([, { path }]) => gladly.url(path) === address) ?? [];
        if (label) await workspace.run(["import", "-input=false", `gladly_webhook.${label}`, id]);
      }
    }
  }
}

/** Kills Terraform as soon as something is being created. */
async function killInTheMiddle(workspace: Workspace): Promise<void> {
  const running = workspace.start(["apply", "-input=false", "-auto-approve", "-no-color"]);
  await running.says("Creating...").catch(() => undefined);
  await delay(300);
  running.kill();
  await running.end();
}

/** How often each kind of step was taken. */
export function countSteps(taken: readonly string[]): string {
  return STEPS.map(({ kind }) => {
    const count = taken.filter((other) => other === kind).length;
    return `${kind}: ${count === 0 ? "not exercised" : count}`;
  }).join("\n");
}
