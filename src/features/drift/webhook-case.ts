/** One webhook that was changed outside of Terraform, and what its rules share. */
import type { Change } from "../../terraform/change";
import type { DriftContext } from "./context";
import type { Difference } from "./differences";
import type { EnvironmentLook } from "./observation";

export interface WebhookCase {
  readonly difference: Difference;
  readonly outside: Change;
  readonly environment: EnvironmentLook;
  readonly context: DriftContext;
  /** The webhook's name as code. */
  readonly name: string;
  /** Gladly's time of the last change of any kind. */
  readonly edited: string | undefined;
}

export function receiver({ delivery }: EnvironmentLook): string {
  return delivery === "direct" ? "Stella Connect" : "The relay";
}

/** On AWS no file holds the password. On this machine the stack reads it from a file. */
export function withPassword({ on }: EnvironmentLook): string {
  return on === "aws" ? ", with the password in TF_VAR_webhook_password" : "";
}

export function since(edited: string | undefined): { readonly since?: string } {
  return edited === undefined ? {} : { since: edited };
}
