/** Environments: the settings of their files, how they are read, and the errors for invalid ones. */
export { type Account, accountsOf } from "./accounts";
export { EnvironmentFaults, type Fault } from "./faults";
export { homeFiles, homeOf, localAddresses } from "./home";
export { environmentNames, loadEnvironments } from "./load";
export { asksForChannels } from "./policy-effect";
export {
  type AwsEnvironment,
  type Environment,
  type EnvironmentInput,
  isOnAws,
  isOnThisMachine,
  isRemovable,
  type LocalEnvironment,
  relayedBy,
} from "./schema";
