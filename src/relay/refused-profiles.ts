/**
 * Agents about whom Stella refused a survey because of their profile: incomplete, disabled or unknown. Every request about
 * them would be refused and parked, and would count towards the 5% at which Stella raises an alert. So the relay remembers a
 * refusal for some hours before it tries again. It is one note in the ledger, which only this module writes and reads.
 */
import { createHash } from "node:crypto";
import * as z from "zod/mini";
import type { Clock, Ledger } from "./ports";

const NOTE = "refused-profiles";
/** How long a refusal counts, in milliseconds. */
export const REFUSED_KEPT = 4 * 3_600_000;
/** Milliseconds for which the shared note is cached. */
const CACHE = 30_000;
/** More agents than any company has without a profile; about 40 KB of DynamoDB's 400. */
const MOST = 1000;
const ROUNDS = 5;

/** Time of each refusal, by a digest of the address. */
const Refused = z.record(z.string(), z.number());
type Refused = z.infer<typeof Refused>;

export class RefusedProfiles {
  private cached: { readonly refused: Refused; readonly at: number } | undefined;

  constructor(
    private readonly ledger: Pick<Ledger, "note" | "saveNote">,
    private readonly clock: Clock,
    /** Multiplies every duration. @default 1 */
    private readonly scale = 1,
  ) {}

  async has(email: string): Promise<boolean> {
    const now = this.clock.now();
    if (this.cached === undefined || Math.abs(now - this.cached.at) >= CACHE * this.scale) {
      this.cached = { refused: (await this.read()).refused, at: now };
    }
    return this.holds(this.cached.refused[digest(email)], now);
  }

  /** Stella refused a survey about this agent. */
  async add(email: string): Promise<void> {
    await this.change((refused, now) => ({ ...refused, [digest(email)]: now }));
  }

  /** Stella accepted one. */
  async remove(email: string): Promise<void> {
    if (!(await this.has(email))) return;
    await this.change(({ [digest(email)]: _gone, ...others }) => others);
  }

  /** If others keep changing the note, the only cost is one more refusal. */
  private async change(apply: (refused: Refused, now: number) => Refused): Promise<void> {
    for (let round = 0; round < ROUNDS; round += 1) {
      const now = this.clock.now();
      const { refused, version } = await this.read();
      const held = Object.entries(apply(refused, now)).filter(([, at]) => this.holds(at, now));
      const kept = Object.fromEntries(held.sort(([, one], [, other]) => other - one).slice(0, MOST));
      if (!(await this.ledger.saveNote(NOTE, JSON.stringify(kept), version))) continue;
      this.cached = { refused: kept, at: now };
      return;
    }
  }

  private holds(at: number | undefined, now: number): boolean {
    return at !== undefined && now - at < REFUSED_KEPT * this.scale;
  }

  private async read(): Promise<{ readonly refused: Refused; readonly version: number | undefined }> {
    const note = await this.ledger.note(NOTE);
    const parsed = note === undefined ? undefined : Refused.safeParse(JSON.parse(note.value));
    return { refused: parsed?.success ? parsed.data : {}, version: note?.version };
  }
}

/** People type addresses in different cases. */
function digest(email: string): string {
  return createHash("sha256").update(email.trim().toLowerCase()).digest("hex").slice(0, 16);
}
