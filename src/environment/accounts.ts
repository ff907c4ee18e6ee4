/** The AWS accounts of the environments. Each gets one foundation, which its environments share. */
import { type AwsRelay, stateRegionOf } from "./aws-relay";
import { EnvironmentFaults, type Fault } from "./faults";
import { type AwsEnvironment, type Environment, isOnAws } from "./schema";

/** Settings of the foundation. All environments of an account must have the same values. */
type Shared = Pick<AwsRelay, "pipeline" | "identityProvider" | "tags">;

/** An AWS account, with the settings that all of its environments share. */
export interface Account extends Shared {
  /** 12 digits. */
  readonly id: string;
  /** Where the state bucket is. */
  readonly region: string;
  /** Never empty. */
  readonly environments: readonly AwsEnvironment[];
}

/**
 * The accounts of the environments on AWS, by id.
 *
 * @throws EnvironmentFaults when environments of one account contradict each other
 */
export function accountsOf(environments: readonly Environment[]): readonly Account[] {
  const accounts = new Map<string, Account>();
  const faults: Fault[] = [];
  for (const environment of environments.filter(isOnAws)) {
    const { account: id, pipeline, identityProvider, tags } = environment.relay;
    const region = stateRegionOf(environment.relay);
    const account = accounts.get(id) ?? { id, region, pipeline, identityProvider, tags, environments: [] };
    faults.push(...contradictions(environment, account));
    accounts.set(id, { ...account, environments: [...account.environments, environment] });
  }
  if (faults.length > 0) throw new EnvironmentFaults(faults);
  return [...accounts.values()].sort((a, b) => a.id.localeCompare(b.id));
}

function contradictions(environment: AwsEnvironment, account: Account): readonly Fault[] {
  const [first] = account.environments;
  if (first === undefined) return [];
  const { relay, name } = environment;
  const fault = (path: string, value: unknown, remedy: string): Fault => ({
    file: `environment ${name}`,
    path,
    ...(value === undefined ? {} : { found: JSON.stringify(value) }),
    remedy,
  });
  const shared = `as environment "${first.name}" has it: both are in account ${account.id} and share its foundation`;
  return [
    ...(stateRegionOf(relay) === account.region
      ? []
      : [
          fault(
            "relay.stateRegion",
            stateRegionOf(relay),
            `must be ${account.region}, ${shared}. Write relay.stateRegion: "${account.region}"`,
          ),
        ]),
    ...sharedSettings(relay, account).map(({ path, value, expected }) =>
      fault(path, value, `must be ${expected === undefined ? "left out" : JSON.stringify(expected)}, ${shared}`),
    ),
    ...account.environments
      .filter((other) => `${other.name}-`.startsWith(`${name}-`) || `${name}-`.startsWith(`${other.name}-`))
      .map((other) =>
        fault(
          "name",
          name,
          `must not begin with the name of "${other.name}", or the other way round, in one account: ` +
            "the role that deploys the one could change the other",
        ),
      ),
  ];
}

/** Settings of an environment that differ from its account's. */
function sharedSettings(relay: AwsRelay, account: Shared) {
  const { repository, ownerId, repositoryId } = account.pipeline;
  return [
    { path: "relay.pipeline.repository", value: relay.pipeline.repository, expected: repository },
    { path: "relay.pipeline.ownerId", value: relay.pipeline.ownerId, expected: ownerId },
    { path: "relay.pipeline.repositoryId", value: relay.pipeline.repositoryId, expected: repositoryId },
    { path: "relay.identityProvider", value: relay.identityProvider, expected: account.identityProvider },
    { path: "relay.tags", value: sorted(relay.tags), expected: sorted(account.tags) },
  ].filter(({ value, expected }) => JSON.stringify(value) !== JSON.stringify(expected));
}

const sorted = (tags: AwsRelay["tags"]) => Object.fromEntries(Object.entries(tags).sort());
