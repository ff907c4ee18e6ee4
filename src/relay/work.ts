/**
 * Processes one stored delivery: claims its close, attempts it, records the outcome. It never throws but always returns a
 * verdict, because a worker that throws makes every other event wait (docs/vendors/aws-relay.md section 4.3).
 */
import { createHash } from "node:crypto";
import { type Attempt, type AttemptDeps, attempt, type Claimed, type ProfileAnswer, type Wait } from "./attempt";
import { backoff, GIVE_UP_AGE, LONGEST_ASKED, LONGEST_DELAY } from "./backoff";
import type { Breaker } from "./breaker";
import { beginSending, type Claim, type Claimant, type ClaimPolicy, claim, finish, LEASE, type Outcome } from "./claim";
import { noteChannel, noteReopening } from "./conversation-events";
import { type CloseEvent, type Envelope, type EnvelopeContent, readEnvelope } from "./envelope";
import type { Chance, Ledger, Message, Verdict } from "./ports";
import { PARK_REASONS, type ParkReason, type Reason } from "./reasons";
import { type Closure, conversationKey, envelopeKey } from "./record";
import { RefusedProfiles } from "./refused-profiles";
import { Arrivals } from "./relay-time";
import { transact } from "./transact";
import { WorkReport } from "./work-report";

export interface WorkDeps extends Omit<AttemptDeps, "profiles"> {
  readonly ledger: Ledger;
  readonly breaker: Pick<Breaker, "permit" | "succeeded" | "failed">;
  readonly chance: Chance;
  /** Identifies the relay if it can be removed and applied again over the same ledger. */
  readonly installation?: string | undefined;
}

const DONE: Verdict = { kind: "done" };

export class Worker {
  private readonly report: WorkReport;
  private readonly arrivals: Arrivals;
  private readonly profiles: RefusedProfiles;
  private readonly policy: ClaimPolicy;
  private readonly fingerprint: string;

  constructor(private readonly deps: WorkDeps) {
    this.report = new WorkReport(deps);
    this.arrivals = new Arrivals(deps.ledger, deps.installation);
    this.profiles = new RefusedProfiles(deps.ledger, deps.clock, deps.retryScale);
    const { policy, surveyMode } = deps.configuration;
    this.policy = { oncePerConversation: policy.oncePerConversation, surveyMode };
    this.fingerprint = createHash("sha256").update(JSON.stringify(deps.configuration)).digest("hex").slice(0, 12);
  }

  async work(message: Message): Promise<Verdict> {
    const { envelope } = message;
    const content = readEnvelope(envelope);
    try {
      return await this.handle(envelope, content);
    } catch (error) {
      this.report.failed(error);
      return { kind: "later", delay: this.wait(1) };
    }
  }

  private async handle(envelope: Envelope, content: EnvelopeContent): Promise<Verdict> {
    await this.noteArrival(envelope, content);
    switch (content.kind) {
      case "ping":
      case "other":
        this.deps.metrics.count("Ignored", { kind: content.kind });
        return DONE;
      case "contact":
        this.deps.metrics.count("Ignored", { kind: content.kind });
        await noteChannel(this.deps.ledger, content);
        return DONE;
      case "reopened":
        this.deps.metrics.count("Ignored", { kind: content.kind });
        await noteReopening(this.deps.ledger, content);
        return DONE;
      case "malformed":
        return this.park(envelope, content.detail);
      case "close":
        return this.close(envelope, content);
      default:
        return content satisfies never;
    }
  }

  /** A delivery from Gladly proves that its webhook points here. */
  private async noteArrival({ source, receivedAt }: Envelope, content: EnvelopeContent): Promise<void> {
    if (source !== "webhook" || (content.kind === "ping" && content.probe)) return;
    const kind = content.kind === "ping" ? "pinged" : "delivered";
    const closedAt = content.kind === "close" ? content.closedAt : undefined;
    await this.arrivals.note(kind, receivedAt, this.deps.clock.now(), closedAt);
  }

  private async park(envelope: Envelope, detail: string): Promise<Verdict> {
    const claimant = this.claimant(envelope, undefined);
    const claimed = await this.claim(claimant);
    if (claimed.kind !== "granted") return this.refused(claimed, envelope);
    const outcome: Outcome = { state: "parked", reason: "malformed-event", detail, attempted: false };
    return this.settle(claimant, claimed.closure, envelope, outcome);
  }

  private async close(envelope: Envelope, close: CloseEvent): Promise<Verdict> {
    const now = this.deps.clock.now();
    const permit = await this.deps.breaker.permit();
    const old = now - envelope.receivedAt > GIVE_UP_AGE;
    if (permit.kind === "wait" && !old) return { kind: "later", delay: permit.delay + this.wait(1) };
    const claimant = this.claimant(envelope, close);
    const claimed = await this.claim(claimant);
    if (claimed.kind !== "granted") return this.refused(claimed, envelope);
    if (claimed.lost) this.deps.metrics.count("Ambiguous");
    const work: Claimed = {
      close,
      closure: claimed.closure,
      envelope,
      channel: claimed.record.channel,
      lost: claimed.lost,
    };
    const tried: Attempt =
      permit.kind === "wait"
        ? { kind: "outcome", outcome: { state: "retrying", reason: "stella-unavailable", attempted: false } }
        : await attempt(work, { ...this.deps, profiles: this.profiles }, () => this.begin(claimant));
    if (tried.kind === "fenced") return this.fenced(claimant);
    const outcome = this.orGiveUp(tried, claimed.closure);
    const verdict = await this.settle(claimant, claimed.closure, envelope, outcome, tried.wait);
    if (tried.profile !== undefined) await this.rememberProfile(tried.profile);
    return verdict;
  }

  /** Forgetting this costs one more refusal. A failure here must not lose the outcome. */
  private async rememberProfile({ email, refused }: ProfileAnswer): Promise<void> {
    try {
      await (refused ? this.profiles.add(email) : this.profiles.remove(email));
    } catch (error) {
      this.report.failed(error);
    }
  }

  private claim(claimant: Claimant): Promise<Claim> {
    return transact(this.deps.ledger, claimant.key, (record) => {
      const result = claim(record, claimant, this.deps.clock.now(), this.policy);
      const save = "record" in result ? result.record : undefined;
      const { customerId } = claimant;
      return { save: save && (customerId === undefined ? save : { ...save, customerId }), result };
    });
  }

  private begin(claimant: Claimant): Promise<boolean> {
    return transact(this.deps.ledger, claimant.key, (record) => {
      const save = beginSending(record, claimant.eventId, claimant.owner, this.deps.clock.now());
      return { save, result: save !== undefined };
    });
  }

  /** Retries end after 72 hours: then a person must look. */
  private orGiveUp(tried: Extract<Attempt, { kind: "outcome" }>, closure: Closure): Outcome {
    const { outcome } = tried;
    const age = this.deps.clock.now() - closure.since;
    if (outcome.state !== "retrying" || age <= GIVE_UP_AGE) return outcome;
    const last = outcome.detail === undefined ? outcome.reason : `${outcome.reason}: ${outcome.detail}`;
    return { ...outcome, state: "parked", reason: "gave-up", detail: last };
  }

  private async settle(
    claimant: Claimant,
    closure: Closure,
    envelope: Envelope,
    outcome: Outcome,
    asked: Wait = {},
  ): Promise<Verdict> {
    const now = this.deps.clock.now();
    const retrying = outcome.state === "retrying";
    const delay = retrying ? this.delay(asked, closure.attempts + 1) : 0;
    const stamped = { ...outcome, configuration: this.fingerprint, ...(retrying ? { dueAt: now + delay } : {}) };
    const kept = await transact(this.deps.ledger, claimant.key, (record) => {
      const save = finish(record, claimant.eventId, claimant.owner, stamped, now, this.policy);
      return { save, result: save !== undefined };
    });
    if (!kept) return this.fenced(claimant);
    this.report.finished(claimant, envelope, outcome, delay);
    if (retrying) return { kind: "later", delay };
    return outcome.state === "parked" ? { kind: "park", reason: parkReason(outcome.reason) } : DONE;
  }

  /** Another worker has taken over. Our result does not count, and the message is delivered again later to check. */
  private fenced(claimant: Claimant): Verdict {
    this.report.fenced(claimant);
    return { kind: "later", delay: LEASE };
  }

  private refused(claimed: Exclude<Claim, { kind: "granted" }>, envelope: Envelope): Verdict {
    switch (claimed.kind) {
      case "duplicate":
        this.report.duplicate(envelope);
        return DONE;
      case "busy":
        return { kind: "later", delay: Math.max(1000, claimed.until - this.deps.clock.now()) };
      case "settled":
        if (claimed.closure.state !== "parked") return DONE;
        return { kind: "park", reason: parkReason(claimed.closure.reason) };
      case "closed":
        this.report.closed(claimed.closure, envelope);
        if (claimed.closure.state !== "parked") return DONE;
        return { kind: "park", reason: parkReason(claimed.closure.reason) };
      default:
        return claimed satisfies never;
    }
  }

  private claimant(envelope: Envelope, close: CloseEvent | undefined): Claimant {
    return {
      key: close === undefined ? envelopeKey(envelope.id) : conversationKey(close.conversationId),
      conversationId: close?.conversationId,
      customerId: close?.customerId,
      eventId: close?.eventId ?? envelope.id,
      envelopeId: envelope.id,
      closedAt: close?.closedAt ?? envelope.receivedAt,
      receivedAt: envelope.receivedAt,
      replays: envelope.replays,
      owner: this.deps.chance.id(),
    };
  }

  private delay({ exactly, atLeast = 0, long }: Wait, attempts: number): number {
    if (exactly !== undefined) return exactly;
    return Math.max(this.wait(long ? Number.POSITIVE_INFINITY : attempts), Math.min(LONGEST_ASKED, atLeast));
  }

  private wait(attempts: number): number {
    const random = this.deps.chance.random();
    const delay = Number.isFinite(attempts) ? backoff(attempts, random) : LONGEST_DELAY * (0.5 + 0.5 * random);
    return delay * (this.deps.retryScale ?? 1);
  }
}

function parkReason(reason: Reason | undefined): ParkReason {
  return PARK_REASONS.find((known) => known === reason) ?? "malformed-event";
}
