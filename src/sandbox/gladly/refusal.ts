/** Gladly's error answers (docs/vendors/gladly-api.md section 5). */

/** General codes, and those that endpoint examples add. */
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

/** Thrown by a rule, answered by the server. Without errors the answer has no body, as most of Gladly's 404s. */
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

/** 404 without a body: what Gladly describes for most things that do not exist. */
export function notFound(): Refusal {
  return new Refusal(404);
}

/** 404 with the body that topics, conversations on update, and customers have. */
export function notExist(detail = "entity does not exist"): Refusal {
  return new Refusal(404, [{ code: "not_exist", detail }]);
}
