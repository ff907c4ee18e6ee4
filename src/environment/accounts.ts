/** Which AWS accounts the environments live in: each gets one foundation, which its environments share. */
import { stateRegionOf } from "./aws-relay";
import { EnvironmentFaults, type Fault } from "./faults";
import { type AwsEnvironment, type Environment, isOnAws } from "./schema";

export interface Account {
  /** 12 digits. */
  readonly id: string;
  /** Where the state bucket is. */
  readonly region: string;
  /** The GitHub repository that deploys, as `owner/name`. */
  readonly repository: string;
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
    const { account: id, pipeline } = environment.relay;
    const region = stateRegionOf(environment.relay);
    const account = accounts.get(id) ?? { id, region, repository: pipeline.repository, environments: [] };
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
  const fault = (path: string, value: string, remedy: string): Fault => ({
    file: `environment ${name}`,
    path,
    found: JSON.stringify(value),
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
    ...(relay.pipeline.repository === account.repository
      ? []
      : [fault("relay.pipeline.repository", relay.pipeline.repository, `must be ${account.repository}, ${shared}`)]),
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
