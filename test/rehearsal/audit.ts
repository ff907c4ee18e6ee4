/** Records calls and policies during a rehearsal, and compares them. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import type { Caller } from "./access-keys";
import { allowedActions, appliedRoles, calledActions, type Roles, refused } from "./applied-policies";
import { check } from "./expectations";
import type { World } from "./world";

/** Role -> action -> the reason why no rehearsal calls it. */
const Reasons = z.record(z.string(), z.record(z.string(), z.string()));
const reasons = Reasons.parse(JSON.parse(readFileSync(join(__dirname, "never-called.json"), "utf8")));

/** The second environment's pipeline has the same policies with other names. */
const sameRole = (caller: Caller): Caller => (caller === "apply-other" ? "apply" : caller);

export class Audit {
  private seen = 0;
  private before: Roles = new Map();
  private readonly granted = new Map<Caller, Set<string>>();

  constructor(
    private readonly world: World,
    private readonly other: string,
  ) {}

  /** Call it after each step. @throws when a role made a call that its policies do not allow */
  async step(): Promise<void> {
    const after = await appliedRoles(this.world, this.other);
    const calls = this.world.calls();
    const found = refused(calls.slice(this.seen), [this.before, after]);
    this.seen = calls.length;
    this.before = after;
    for (const [name, actions] of allowedActions(after)) {
      const caller = sameRole(name);
      const known = this.granted.get(caller) ?? new Set();
      for (const action of actions) known.add(action);
      this.granted.set(caller, known);
    }
    check(found.length === 0, "calls that no policy of their role allows", found);
  }

  /** One line for each role: called actions, and actions that are allowed but were never called. */
  summary(): readonly string[] {
    const called = this.called();
    return [...this.granted].map(([caller, granted]) => {
      const made = [...(called.get(caller) ?? [])];
      const never = [...granted].filter((action) => !made.includes(action));
      return `${caller.padEnd(14)} ${String(made.length).padStart(3)} actions called, all allowed; ${never.length} allowed but never called`;
    });
  }

  /** Call it after a complete rehearsal. @throws when an action was never called and never-called.json has no reason */
  checkNeverCalled(): void {
    const called = this.called();
    const faults = [...this.granted].flatMap(([caller, granted]) => {
      const known = Object.keys(reasons[caller] ?? {});
      const never = [...granted].filter((action) => !called.get(caller)?.has(action) && !known.includes(action));
      return never.map((action) => `${caller} never called ${action}, and never-called.json has no reason`);
    });
    check(faults.length === 0, "policies allow more than was used", faults);
  }

  private called(): ReadonlyMap<Caller, ReadonlySet<string>> {
    const found = new Map<Caller, Set<string>>();
    for (const [name, actions] of calledActions(this.world.calls())) {
      const known = found.get(sameRole(name)) ?? new Set();
      found.set(sameRole(name), known);
      for (const action of actions) known.add(action);
    }
    return found;
  }
}
