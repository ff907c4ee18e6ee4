/** Shares one sandbox and one built provider between the tests of a file. Each test has its own workspace. */
import { type GladlySetup, startGladlySetup } from "../../provider/support/gladly-core";
import { buildMirror, type Mirror, Workspace } from "./harness";

export interface ProviderTest {
  /** The sandbox, back at its start. */
  readonly setup: GladlySetup;
  readonly mirror: Mirror;
  /** An empty folder where Terraform finds the provider. */
  readonly workspace: Workspace;
}

export interface ProviderTestOptions {
  /** Environment variables of every command. @default none */
  readonly variables?: Readonly<Record<string, string>>;
  /** Where the provider comes from. @default the provider of the present sources */
  readonly mirror?: () => Promise<Mirror>;
}

/**
 * Prepares every test of the file that calls it, and cleans up after each.
 *
 * @param take gets what was prepared, before each test
 * @example
 * let workspace: Workspace;
 * beforeEachTest((made) => {
 *   ({ workspace } = made);
 * });
 */
export function beforeEachTest(
  take: (made: ProviderTest) => void,
  { variables, mirror: make = buildMirror }: ProviderTestOptions = {},
): void {
  let setup: GladlySetup;
  let mirror: Mirror;
  let workspace: Workspace;

  beforeAll(async () => {
    [setup, mirror] = await Promise.all([startGladlySetup(), make()]);
  });
  beforeEach(async () => {
    await setup.reset();
    workspace = new Workspace(mirror, setup.sandbox.gladly.url, variables);
    take({ setup, mirror, workspace });
  });
  afterEach(() => workspace.remove());
  afterAll(() => setup.close());
}
