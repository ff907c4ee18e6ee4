/** Settings of a relay on AWS. None is secret: Terraform creates only the containers of secrets. */
import { z } from "zod";

/** CloudWatch accepts only these numbers of days, and longer ones that no relay log needs. */
const LOG_RETENTION_DAYS = [7, 14, 30, 60, 90, 180, 365] as const;

const domainName = /^(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,}$/;

const githubId = z.int("must be a whole number").min(1, "must be GitHub's numeric id");

const region = z
  .string()
  .regex(/^(?!cn-|us-gov-|us-iso)[a-z]{2}(-[a-z]+)+-\d$/, "must be an AWS Region, such as us-east-1");

export const AwsRelaySchema = z
  .strictObject({
    /** The relay as functions, a queue and a table in one AWS account. */
    on: z.literal("aws"),
    /** The account of this environment. Terraform refuses to change any other. */
    account: z
      .string("write the account as text, so that a leading zero stays")
      .regex(/^\d{12}$/, "must be the 12 digits of an AWS account"),
    region,
    /**
     * Region of the account's bucket for states, the same for every environment of an account. Needed if an account has
     * environments in several Regions. @default the environment's own Region
     */
    stateRegion: region.optional(),
    /**
     * Expected closed conversations on a usual day. Throttles, concurrency and the cost estimate depend on it
     * (docs/vendors/aws-relay.md section 5).
     */
    conversationsPerDay: z
      .int("must be a whole number")
      .min(1, "must be at least 1")
      .max(10_000_000, "is more than the relay was sized for (10,000,000 a day)")
      .default(1000),
    /** Your own host name for the webhook. With one, the relay can move later without a change in Gladly. */
    domain: z
      .strictObject({
        name: z.string().regex(domainName, "must be a host name in lower case, such as relay.example.com"),
        /** The Route 53 hosted zone of the name. */
        hostedZone: z
          .string()
          .regex(/^Z[A-Z0-9]{6,31}$/, "must be the id of a Route 53 hosted zone, such as Z0123456789ABC"),
      })
      .optional(),
    /**
     * Additional tags on every resource that supports tags. The same in all files of an account, because its foundation has
     * them too. @default none
     */
    tags: z
      .record(
        z
          .string()
          .regex(/^(?!aws:|relay:)[\w .:/=+@-]{1,128}$/, "must be an AWS tag's key, without aws: or relay: before it"),
        z
          .string()
          .regex(
            /^[\w .:/=+@-]{0,256}$/,
            "must be an AWS tag's value: at most 256 letters, digits and _ . : / = + @ -",
          ),
      )
      .default({}),
    /**
     * ARN of the company's own IAM policy that limits the relay's roles, instead of the one that the foundation creates. It
     * must allow what docs/aws.md lists. @default the foundation creates one for the environment
     */
    boundary: z
      .string()
      .regex(/^arn:aws:iam::(\d{12}|aws):policy\/[\w+=,.@/-]+$/, "must be the ARN of an IAM policy")
      .optional(),
    /**
     * The KMS key for secrets, ledger, queues, logs, alarm topics, schedule and functions' settings: its ARN, or `foundation`
     * to let the foundation create one. @default keys that AWS owns
     */
    kmsKey: z
      .string()
      .regex(
        /^(foundation|arn:aws:kms:[a-z0-9-]+:\d{12}:key\/[\w-]+)$/,
        'must be "foundation" or the ARN of a KMS key (no alias)',
      )
      .optional(),
    /** X-Ray traces of the functions, for which AWS charges. @default false */
    tracing: z.boolean("must be true or false").default(false),
    /**
     * GitHub's OpenID Connect provider in IAM, of which an account can have only one. `create`: the foundation creates it.
     * `existing`: it exists already and is used without changes. The same in all files of an account.
     */
    identityProvider: z.enum(["create", "existing"]).default("create"),
    alarms: z.strictObject({
      /** Address that gets the alarms. AWS sends one message to confirm it. */
      email: z.email("must be the e-mail address that alarms go to"),
      /**
       * ARN of an existing SNS topic that gets every alarm, instead of two new topics for this environment. It must let
       * CloudWatch publish to it. `email` then gets only the budget's messages.
       * @default two new topics: page and ticket
       */
      topic: z
        .string()
        .regex(/^arn:aws:sns:[a-z0-9-]+:\d{12}:[\w-]{1,256}$/, "must be the ARN of a standard SNS topic")
        .optional(),
      /** When closes usually arrive, in whole hours UTC: silence is an alarm only then. */
      busyHours: z
        .strictObject({
          from: z.int("must be a whole hour").min(0, "must be 0 to 23").max(23, "must be 0 to 23"),
          to: z.int("must be a whole hour").min(1, "must be 1 to 24").max(24, "must be 1 to 24"),
          weekends: z.boolean().default(false),
        })
        .refine(({ from, to }) => from < to, {
          error: "from must be before to; both are hours UTC of one day",
          path: ["to"],
        })
        .prefault({ from: 14, to: 22 }),
      /** Dollars per month. AWS sends a message when the forecast passes 80 %. */
      budget: z.number().min(1, "must be at least 1 dollar a month").default(25),
    }),
    /**
     * The Node.js that Lambda runs the functions on. `nodejs24.x` needs the AWS provider 6.21.0 or later; AWS stops fixing
     * `nodejs22.x` on 30 April 2027. @default nodejs22.x
     */
    runtime: z.enum(["nodejs22.x", "nodejs24.x"], 'must be "nodejs22.x" or "nodejs24.x"').default("nodejs22.x"),
    logRetentionDays: z
      .union(
        LOG_RETENTION_DAYS.map((days) => z.literal(days)),
        `must be ${LOG_RETENTION_DAYS.join(", ")} days`,
      )
      .default(30),
    /** Where plans and applies run. Their AWS roles trust only this repository. */
    pipeline: z
      .strictObject({
        /** On GitHub, as `owner/name`. */
        repository: z
          .string()
          .regex(
            /^[\w.-]{1,39}\/[\w.-]{1,100}$/,
            "must be a GitHub repository as owner/name; its ids go into ownerId and repositoryId",
          ),
        /**
         * GitHub's numeric id of the owner: `gh api repos/<owner>/<name> --jq .owner.id`. Needed, with `repositoryId`, for a
         * repository that was created, renamed or transferred since 15 July 2026 (docs/pipelines.md).
         */
        ownerId: githubId.optional(),
        /** GitHub's numeric id of the repository: `gh api repos/<owner>/<name> --jq .id`. */
        repositoryId: githubId.optional(),
      })
      .refine(({ ownerId, repositoryId }) => (ownerId === undefined) === (repositoryId === undefined), {
        error: "ownerId and repositoryId are needed together, or not at all",
        path: ["repositoryId"],
      }),
  })
  .superRefine(({ account, boundary, kmsKey, region, stateRegion, alarms: { topic } }, context) => {
    const fault = (path: string[], message: string) => context.addIssue({ code: "custom", path, message });
    const [, , , , owner] = boundary?.split(":") ?? [];
    if (owner !== undefined && owner !== "aws" && owner !== account) {
      fault(["boundary"], `must be a policy of account ${account}: IAM takes no other account's`);
    }
    if (kmsKey === "foundation" && stateRegion !== undefined && stateRegion !== region) {
      fault(
        ["kmsKey"],
        `must be the ARN of a key in ${region}: the foundation is in ${stateRegion}, and AWS uses a key only in its own Region`,
      );
    }
    const [, , , keyRegion] = kmsKey?.split(":") ?? [];
    if (keyRegion !== undefined && keyRegion !== region) {
      fault(["kmsKey"], `must be in ${region}: AWS uses a key only in its own Region`);
    }
    const [, , , topicRegion, topicAccount] = topic?.split(":") ?? [];
    if (topic !== undefined && (topicRegion !== region || topicAccount !== account)) {
      fault(["alarms", "topic"], `must be in account ${account} and ${region}: an alarm can publish to no other topic`);
    }
  });

/** A checked relay on AWS, with every default filled in. */
export type AwsRelay = z.output<typeof AwsRelaySchema>;

/** Where the state of an environment is. */
export function stateRegionOf({ region, stateRegion }: AwsRelay): string {
  return stateRegion ?? region;
}
