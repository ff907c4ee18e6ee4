/**
 * Where an environment is: its AWS account and Region, and its organization in Gladly. A state belongs to one place. After a
 * move Terraform reads another state, which is empty, so only a comparison with the earlier file shows what stays behind.
 */
import { z } from "zod";
import type { Delivery } from "../../contract/delivery";
import { type Environment, isOnAws } from "../../environment";
import type { Plan } from "../../terraform/plan";

/** A part is left out where it is not known. */
export interface Place {
  readonly on: "aws" | "one machine";
  readonly account?: string;
  readonly region?: string;
  readonly gladlyUrl?: string;
  /** How closes were delivered there; no plan says it. */
  readonly delivery?: Delivery;
}

/** Where the environment's file says that it is. */
export function placeOfEnvironment(environment: Environment): Place {
  const { delivery, gladly } = environment;
  const known = { gladlyUrl: gladly.url, delivery };
  if (!isOnAws(environment)) return { on: "one machine", ...known };
  const { account, region } = environment.relay;
  return { on: "aws", account, region, ...known };
}

const constant = <T extends z.ZodType>(value: T) => z.looseObject({ constant_value: value.optional() }).optional();
const Configuration = z.looseObject({
  provider_config: z.record(
    z.string(),
    z.looseObject({
      name: z.string(),
      expressions: z
        .looseObject({
          region: constant(z.string()),
          allowed_account_ids: constant(z.array(z.string())),
          url: constant(z.string()),
        })
        .optional(),
    }),
  ),
});

/** Every role of a relay has a boundary, whose ARN is known before anything is created. */
const WithBoundary = z.looseObject({ permissions_boundary: z.string() });
const ACCOUNT = /^arn:aws[a-z-]*:iam::(\d{12}):/;

/** Where a plan's providers look; undefined where the plan does not say. */
export function placeOfPlan(plan: Plan): Place | undefined {
  const configuration = Configuration.safeParse(plan.configuration).data;
  if (configuration === undefined) return undefined;
  const providers = Object.values(configuration.provider_config);
  const aws = providers.find(({ name }) => name === "aws")?.expressions;
  const url = providers.find(({ name }) => name === "gladly")?.expressions?.url?.constant_value;
  const gladly = url === undefined ? {} : { gladlyUrl: url };
  if (!providers.some(({ name }) => name === "aws")) return { on: "one machine", ...gladly };
  const account = aws?.allowed_account_ids?.constant_value?.[0] ?? accountOfRoles(plan);
  const region = aws?.region?.constant_value;
  return {
    on: "aws",
    ...(account === undefined ? {} : { account }),
    ...(region === undefined ? {} : { region }),
    ...gladly,
  };
}

function accountOfRoles({ resource_changes }: Plan): string | undefined {
  const arns = resource_changes.flatMap(({ change }) => WithBoundary.safeParse(change.after).data ?? []);
  return arns.flatMap(({ permissions_boundary }) => ACCOUNT.exec(permissions_boundary)?.[1] ?? [])[0];
}

/** `account 111122223333, us-east-1`, or `one machine`. */
export function placeWords({ on, account, region }: Place): string {
  if (on !== "aws") return on;
  return [account === undefined ? "another account" : `account ${account}`, region].filter(Boolean).join(", ");
}

/** Whether the relay is in another place; what is not known counts as equal. */
export function relayMoves(before: Place, after: Place): boolean {
  const differ = (part: "account" | "region") =>
    before[part] !== undefined && after[part] !== undefined && before[part] !== after[part];
  return before.on !== after.on || differ("account") || differ("region");
}

/** Whether the relay or Gladly's organization is another one; what is not known counts as equal. */
export function placeMoves(before: Place, after: Place): boolean {
  const { gladlyUrl: old } = before;
  const { gladlyUrl: now } = after;
  return relayMoves(before, after) || (old !== undefined && now !== undefined && old !== now);
}
