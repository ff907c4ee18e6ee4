/** Environments: what a file may say, how it is read, and what is told when it is wrong. */
export { EnvironmentFaults, type Fault } from "./faults";
export { homeFiles, homeOf, localAddresses } from "./home";
export { loadEnvironments } from "./load";
export type { Environment, EnvironmentInput } from "./schema";
