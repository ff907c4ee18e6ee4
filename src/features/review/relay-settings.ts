/**
 * The relay's configuration, from `terraform_data` on one machine or the worker's environment on AWS. The relay's own schema
 * reads it, so that defaults are the relay's.
 */
import { z } from "zod";
import { RELAY_DELIVERIES, type RelayDelivery } from "../../contract/delivery";
import { RelayPolicy } from "../../contract/policy";
import { APPLIED_CONFIGURATION } from "../../contract/relay-configuration";
import { SURVEY_MODES, type SurveyMode } from "../../contract/survey-mode";
import type { Change } from "../../terraform/change";
import { at, UNKNOWN } from "../../terraform/value";

const Configuration = z.looseObject({
  environment: z.string().optional(),
  surveyMode: z.enum(SURVEY_MODES).optional(),
  delivery: z.enum(RELAY_DELIVERIES).optional(),
  gladly: z.looseObject({ url: z.string().optional(), user: z.string().optional() }).optional(),
  stella: z.looseObject({ url: z.string().optional() }).optional(),
  doNotSendTopic: z.string().optional(),
  policy: z.unknown().optional(),
});

export interface RelaySettings {
  readonly surveyMode: SurveyMode | undefined;
  readonly delivery: RelayDelivery | undefined;
  readonly gladlyUrl: string | undefined;
  readonly gladlyUser: string | undefined;
  readonly stellaUrl: string | undefined;
  readonly doNotSendTopic: string | undefined;
  /** With every default filled in; undefined where this relay does not know what it says. */
  readonly policy: RelayPolicy | undefined;
  /** The resource that holds it. */
  readonly address: string;
}

/** On AWS every function has the configuration, and the worker alone the survey mode and the policy. */
const HOLDERS = [
  `${APPLIED_CONFIGURATION.type}.${APPLIED_CONFIGURATION.name}`,
  "aws_lambda_function.relay_worker",
] as const;

export function relaySettings(all: readonly Change[]): {
  readonly before: RelaySettings | undefined;
  readonly after: RelaySettings | undefined;
} {
  const holder = HOLDERS.flatMap((key) => all.find((change) => change.key === key) ?? [])[0];
  if (holder === undefined) return { before: undefined, after: undefined };
  return { before: settingsOf(holder, holder.before), after: settingsOf(holder, holder.after) };
}

function settingsOf({ type, address }: Change, side: object): RelaySettings | undefined {
  const variables = at(at(at(side, "environment"), 0), "variables");
  const document = type === APPLIED_CONFIGURATION.type ? at(side, "input") : at(variables, "RELAY_CONFIGURATION");
  const parsed = Configuration.safeParse(document);
  if (!parsed.success || document === UNKNOWN) return undefined;
  const { surveyMode, delivery, gladly, stella, doNotSendTopic, policy } = parsed.data;
  const mode = Configuration.shape.surveyMode.safeParse(at(variables, "RELAY_SURVEY_MODE")).data;
  return {
    surveyMode: surveyMode ?? mode,
    delivery,
    gladlyUrl: gladly?.url,
    gladlyUser: gladly?.user,
    stellaUrl: stella?.url,
    doNotSendTopic,
    policy: RelayPolicy.safeParse(policy ?? {}).data,
    address,
  };
}
