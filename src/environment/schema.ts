/**
 * The schema of an environment file. One file is one deployed copy of the integration: one Gladly organization, one Stella
 * Connect company, one AWS account or machine for the relay.
 *
 * Everything is checked here, before any construct exists, because cdktf's tokens cannot be checked later
 * (docs/vendors/cdktf.md section 4). Messages say what is allowed and what to do; `faults.ts` adds file, path and value.
 */

import { z } from "zod";
import { DELIVERIES, type Delivery, RELAY_DELIVERIES, type RelayDelivery } from "../contract/delivery";
import { PLAN_ENVIRONMENT_END } from "../contract/pipeline";
import { PolicySchema } from "../contract/policy";
import { GLADLY_REQUESTS_PER_SECOND } from "../contract/relay-configuration";
import { SURVEY_MODES } from "../contract/survey-mode";
import { DO_NOT_SEND_TOPIC } from "../contract/topic";
import { AdoptedSchema } from "./adopted";
import { type AwsRelay, AwsRelaySchema } from "./aws-relay";
import { INTEGRATED_CHANNEL_FIRST, ManualStepsSchema } from "./manual-steps";
import { idleSettings, mostCloses } from "./policy-effect";

const LOOPBACK = new Set(["127.0.0.1", "localhost", "[::1]"]);

/** Whether an address can only be reached on this machine. */
export function isLoopback(address: string): boolean {
  return URL.canParse(address) && LOOPBACK.has(new URL(address).hostname);
}

const address = (what: string) =>
  z
    .string()
    .refine((value) => URL.canParse(value), {
      error: `${what} must be a full address, such as https://example.gladly.com`,
      abort: true,
    })
    .refine((value) => value.startsWith("https://") || isLoopback(value), {
      error: `${what} must begin with https://; plain http is allowed only to this machine`,
    })
    .refine((value) => new URL(value).username === "" && new URL(value).password === "", {
      error: `${what} must not contain a user name or password: secrets never belong in a reviewed file`,
    })
    .transform((value) => value.replace(/\/+$/, ""));

const localRelay = z.strictObject({
  /** The relay on one machine: `relay serve`. */
  on: z.literal("local"),
  /** Where Gladly reaches `relay serve`. */
  url: address("the relay's address"),
});

export const EnvironmentSchema = z
  .strictObject({
    /** Name of the stack, of its state, and of all its resources. */
    name: z
      .string()
      .regex(/^[a-z][a-z0-9-]{0,30}$/, "use a lower-case letter, then up to 30 lower-case letters, digits or dashes")
      .refine(
        (name) => !name.endsWith(PLAN_ENVIRONMENT_END),
        `must not end in "${PLAN_ENVIRONMENT_END}", which names the GitHub environment for plans of another`,
      ),
    /**
     * Set it to remove an environment for good. The next apply turns off the protection of its queues, ledger and secrets,
     * and of no other environment's. Then `npx cdktf destroy <name>` can delete them (docs/aws.md). @default false
     */
    retired: z.boolean("must be true or false").default(false),
    /**
     * Which of Stella's two keys is used. `test`: every survey goes to the company's test address and no response is
     * collected. `production`: surveys go to customers.
     */
    surveyMode: z.enum(SURVEY_MODES),
    /**
     * `direct`: Gladly posts to Stella's own endpoint. `forward`: the relay stores, drops duplicates and passes the
     * event on to that endpoint. `enrich`: the relay reads the conversation, decides, and requests the survey from Stella.
     */
    delivery: z.enum(DELIVERIES),
    /**
     * For the way back to `direct`: how the relay processes the events that it has accepted. The relay stays while this is
     * set. If one apply moved the webhook and removed the relay, accepted events would be lost (docs/adopt.md).
     */
    draining: z.enum(RELAY_DELIVERIES).optional(),
    gladly: z.strictObject({
      url: address("Gladly's address"),
      /** E-mail address of the Gladly user that owns the API token. */
      user: z.email("must be the e-mail address of the Gladly user that owns the API token"),
      /**
       * How many requests a second the relay can use. All callers of Gladly's API share the organization's limit. On AWS
       * the relay's processes share this number. @default 10, all that Gladly allows
       */
      requestsPerSecond: z
        .int("must be a whole number")
        .min(4, "must be at least 4: two workers and the watchdog share it")
        .max(100, "must be at most 100")
        .optional(),
    }),
    stella: z.strictObject({ url: address("Stella's address") }).prefault({ url: "https://api.stellaconnect.net" }),
    relay: z.discriminatedUnion("on", [localRelay, AwsRelaySchema], 'must be { on: "local", … } or { on: "aws", … }'),
    webhook: z
      .strictObject({
        /** At most 200 characters (docs/vendors/gladly-api.md section 6). */
        name: z.string().min(1, "must not be empty").max(200, "Gladly allows at most 200 characters"),
        /** Raise it by one after you change the password. The next apply then sends the password to Gladly. */
        passwordVersion: z.int("must be a whole number").min(1, "begin with 1"),
      })
      .prefault({ name: "Send Stella Survey", passwordVersion: 1 }),
    topic: z
      .strictObject({
        name: z
          .string()
          .min(1, "must not be empty")
          .refine((name) => !name.includes(">>"), "must not hold >>, which Gladly reads as a path of topics"),
      })
      .prefault({ name: DO_NOT_SEND_TOPIC }),
    /** What the relay does with a closed conversation. @default the relay's own choices, named at each setting */
    policy: z.optional(PolicySchema),
    /** Objects in Gladly to import. `relay adopt` writes it. */
    adopted: AdoptedSchema.optional(),
    /** Steps that no API can do or read. Someone does them and records them here for the reviewer. */
    manualSteps: ManualStepsSchema.prefault({}),
  })
  .superRefine((environment, context) => {
    for (const { setting, remedy } of idleSettings(environment.policy, relayedBy(environment) ?? "direct")) {
      context.addIssue({
        code: "custom",
        path: ["policy", ...(setting === undefined ? [] : [setting])],
        message: remedy,
      });
    }
    if (environment.draining !== undefined && environment.delivery !== "direct") {
      context.addIssue({
        code: "custom",
        path: ["draining"],
        message: `a relay that Gladly delivers to is not drained: remove this setting, or write delivery: "direct"`,
      });
    }
    if (environment.surveyMode === "production" && environment.manualSteps.integratedChannel === undefined) {
      context.addIssue({
        code: "custom",
        path: ["manualSteps", "integratedChannel"],
        message: INTEGRATED_CHANNEL_FIRST,
      });
    }
    if (environment.relay.on === "aws" && isLoopback(environment.gladly.url)) {
      context.addIssue({
        code: "custom",
        path: ["gladly", "url"],
        message: "a relay on AWS cannot reach this machine: write the address of the Gladly organization",
      });
    }
    const { requestsPerSecond = GLADLY_REQUESTS_PER_SECOND } = environment.gladly;
    const relayed = relayedBy(environment);
    const most =
      relayed === undefined || environment.delivery === "direct"
        ? Number.POSITIVE_INFINITY
        : mostCloses(relayed, environment.policy, requestsPerSecond);
    if (environment.relay.on === "aws" && environment.relay.conversationsPerDay > most) {
      context.addIssue({
        code: "custom",
        path: ["relay", "conversationsPerDay"],
        message:
          `Gladly's limit of ${requestsPerSecond} requests a second allows ${most.toLocaleString("en-US")} closes a day ` +
          `with delivery: "${environment.delivery}" and this policy; use "forward", which reads Gladly only where the ` +
          "policy asks for it, or ask Gladly for a higher limit and write it as gladly.requestsPerSecond",
      });
    }
  });

/** What an environment file contains. */
export type EnvironmentInput = z.input<typeof EnvironmentSchema>;

/** A checked environment, with every default filled in. */
export type Environment = z.output<typeof EnvironmentSchema>;

/** How a relay processes events; undefined if there is none, because Gladly posts to Stella itself. */
export function relayedBy({ delivery, draining }: Ways): RelayDelivery | undefined {
  return delivery === "direct" ? draining : delivery;
}

interface Ways {
  readonly delivery: Delivery;
  readonly draining?: RelayDelivery | undefined;
}

/**
 * Whether an environment's data may be deleted: its file says that it is retired, or that Gladly posts to Stella itself, so
 * that a relay is at most draining.
 */
export function isRemovable({ retired, delivery }: Pick<Environment, "retired" | "delivery">): boolean {
  return retired || delivery === "direct";
}

/** An environment whose relay runs on one machine. */
export type LocalEnvironment = Environment & { readonly relay: z.output<typeof localRelay> };

/** An environment whose relay runs on AWS. */
export type AwsEnvironment = Environment & { readonly relay: AwsRelay };

/** An environment whose relay processes events. With `direct` in its file, the relay is draining. */
export type WithRelay<E extends Environment> = E & { readonly delivery: RelayDelivery };

/**
 * Whether the environment's relay runs on AWS. Also true with delivery `direct` if its file says `relay.on: "aws"`.
 */
export function isOnAws(environment: Environment): environment is AwsEnvironment {
  return environment.relay.on === "aws";
}

/** Whether the environment's relay runs on one machine, with its state in a folder there. */
export function isOnThisMachine(environment: Environment): environment is LocalEnvironment {
  return environment.relay.on === "local";
}
