/** What is read before readiness is judged. Each fact is known or says why it is not. None holds a secret's value. */
import type { Environment } from "../../environment";
import type { Agent, Topic, Webhook } from "../../vendors/gladly/wire";
import type { ActiveProfiles } from "../../vendors/stella/employees";

export type Known<T> =
  | { readonly known: true; readonly value: T }
  /** `why` is a sentence, `remedy` what to do about it. */
  | { readonly known: false; readonly why: string; readonly remedy: string };

export interface SecretFact {
  /** As in `relay secrets put`. */
  readonly name: string;
  readonly state: "present" | "empty" | "missing" | "deleted" | "open-to-others";
  /** How to set it. */
  readonly remedy: string;
}

/** The relay as it can be seen from outside; only where there is one. */
export interface RelayFact {
  /** `relay pause` was called. */
  readonly paused: Known<boolean>;
  /** Whether it works, and what to do if it does not. */
  readonly working: Known<
    | { readonly ok: true; readonly seen: string }
    | { readonly ok: false; readonly seen: string; readonly remedy: string }
  >;
  /** The status of the answer to a PING like Gladly's, or why there was none. Absent where none can be sent. */
  readonly ping?: Known<number | string>;
  /** Parked events. Absent where they are not counted. */
  readonly parked?: number;
}

/** An address that alarms go to, as AWS knows it. */
export interface AlarmSubscription {
  readonly topic: string;
  readonly address: string;
  readonly confirmed: boolean;
}

export interface ReadinessFacts {
  readonly environment: Environment;
  /** Milliseconds since the epoch. */
  readonly now: number;
  readonly agents: Known<readonly Agent[]>;
  readonly profiles: Known<ActiveProfiles>;
  readonly webhooks: Known<readonly Webhook[]>;
  /** Where Gladly should deliver; undefined where AWS chooses the address, which only the state knows. */
  readonly endpoint: string | undefined;
  readonly topics: Known<readonly Topic[]>;
  /** Those that production needs. */
  readonly secrets: Known<readonly SecretFact[]>;
  /** Whether both keys of Stella are one and the same. Known on one machine only. */
  readonly keysAreOne: boolean | undefined;
  /** Absent with delivery `direct`. */
  readonly relay?: RelayFact;
  /** Absent where nothing raises an alarm. */
  readonly alarms?: Known<readonly AlarmSubscription[]>;
}
