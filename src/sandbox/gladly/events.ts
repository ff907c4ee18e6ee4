/** Gladly's events in order: the source of webhook deliveries and of the Events API. */
import type { SandboxClock } from "../clock";
import { text } from "../http/exchange";
import { type Route, route } from "../http/router";
import { newId } from "../ids";
import { EVENT_ENTITIES, entityOf } from "./event-types";
import { type GladlyError, Refusal } from "./refusal";
import type { GladlySettings } from "./settings";

/** Who or what caused an event. API users have agent ids too (docs/vendors/gladly-api.md section 11). */
export interface Initiator {
  readonly id: string;
  /** AGENT, API, AUTOMATION, CUSTOMER or SYSTEM, or another one from the sandbox's settings. */
  readonly type: string;
}

/** The envelope of docs/vendors/gladly-api.md section 7.3. */
export interface GladlyEvent {
  readonly id: string;
  readonly type: string;
  readonly timestamp: string;
  readonly initiator?: Initiator;
  readonly content: Readonly<Record<string, unknown>>;
}

/** How far back the Events API goes, in milliseconds. */
const WINDOW_MS = 24 * 3600 * 1000;

export class EventLog {
  private events: GladlyEvent[] = [];
  private readonly listeners: ((event: GladlyEvent) => void)[] = [];

  constructor(
    private readonly clock: SandboxClock,
    private readonly settings: () => GladlySettings,
  ) {}

  onEvent(listener: (event: GladlyEvent) => void): void {
    this.listeners.push(listener);
  }

  record(type: string, initiator: Initiator | undefined, content: Readonly<Record<string, unknown>>): GladlyEvent {
    const event: GladlyEvent = {
      id: newId(),
      type,
      timestamp: this.clock.timestamp(),
      ...(initiator ? { initiator } : {}),
      content,
    };
    this.events.push(event);
    for (const listener of this.listeners) listener(event);
    return event;
  }

  find(id: string): GladlyEvent | undefined {
    return this.events.find((event) => event.id === id);
  }

  all(): readonly GladlyEvent[] {
    return this.events;
  }

  clear(): void {
    this.events = [];
  }

  /** Events of these entities between two times, oldest first. Leaves out events younger than `eventsDelaySeconds`. */
  between(startAt: number, endAt: number, entities: ReadonlySet<string>): readonly GladlyEvent[] {
    const known = this.clock.now() - this.settings().eventsDelaySeconds * 1000;
    return this.events.filter((event) => {
      const at = Date.parse(event.timestamp);
      const entity = entityOf(event.type);
      return at >= startAt && at <= Math.min(endAt, known) && entity !== undefined && entities.has(entity);
    });
  }

  routes(): Route[] {
    return [
      route("GET", "/api/v1/events", (call) => {
        const now = this.clock.now();
        const errors: GladlyError[] = [];
        const startAt = Date.parse(call.query.get("startAt") ?? "");
        const endAt = call.query.has("endAt") ? Date.parse(call.query.get("endAt") ?? "") : now;
        const entities = new Set(call.query.getAll("entities").flatMap((value) => value.split(",")));
        // One minute of tolerance: clients compute "the last 24 hours" by their own clock, and the request takes time.
        if (!(startAt >= now - WINDOW_MS - 60_000)) {
          errors.push({ attr: "startAt", code: "invalid", detail: "startAt must be within the last 24 hours" });
        }
        if (Number.isNaN(endAt) || endAt < startAt) {
          errors.push({ attr: "endAt", code: "invalid", detail: "endAt must not be before startAt" });
        }
        if (entities.size === 0) errors.push({ attr: "entities", code: "blank", detail: "entities cannot be blank" });
        if ([...entities].some((entity) => !EVENT_ENTITIES.has(entity))) {
          errors.push({ attr: "entities", code: "invalid", detail: `entities are ${[...EVENT_ENTITIES].join(", ")}` });
        }
        if (errors.length > 0) throw new Refusal(400, errors);
        const lines = this.between(startAt, endAt, entities).map((event) => `${JSON.stringify(event)}\n`);
        return text(200, "application/x-jsonlines", lines.join(""));
      }),
    ];
  }
}
