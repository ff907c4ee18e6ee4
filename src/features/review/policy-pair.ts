import type { RelayPolicy } from "../../contract/policy";

/** A policy before and after, and the resource that holds it. */
export interface PolicyPair {
  readonly before: RelayPolicy;
  readonly after: RelayPolicy;
  readonly resource: string;
}
