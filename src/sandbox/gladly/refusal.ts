/** Gladly's error answers (docs/vendors/gladly-api.md section 5). */

/** The general codes, and codes that appear only in examples of endpoints. */
export type ErrorCode =
  | "blank"
  | "invalid"
  | "moved"
  | "not_a_number"
  | "present"
  | "taken"
  | "too_long"
  | "wrong_length"
  | "invalid_state"
  | "not_exist";

export interface GladlyError {
  /** The field at fault; absent when the whole object is. */
  readonly attr?: string;
  readonly code: ErrorCode;
  readonly detail: string;
  readonly meta?: Readonly<Record<string, string>>;
}

/** An error answer, thrown by a rule. Without `errors` the answer has no body, like most of Gladly's 404s. */
export class Refusal extends Error {
  override readonly name = "Refusal";
  constructor(
    readonly status: number,
    readonly errors: readonly GladlyError[] = [],
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(`${status}: ${errors.map((error) => error.detail).join("; ")}`);
  }
}

/** 404 without a body, which Gladly documents for most records that do not exist. */
export function notFound(): Refusal {
  return new Refusal(404);
}

/** 404 with a body, which topics, customers and updates of conversations answer. */
export function notExist(detail = "entity does not exist"): Refusal {
  return new Refusal(404, [{ code: "not_exist", detail }]);
}
