/** Reads the input of a preview with the sandbox's clock, which may be hours ahead. */
import { lookUpPolicy, previewConfiguration } from "../../../src/features/preview/configuration";
import { readCloses } from "../../../src/features/preview/gather-closes";
import type { LinesInput } from "../../../src/features/preview/lines";
import { findEnvironment } from "../../../src/features/shared/open-relay";
import { ActiveProfiles } from "../../../src/vendors/stella/employees";
import { rememberingTerminal } from "../../support/terminal";
import { SCENARIO, TOKEN } from "./day";
import type { PreviewSetup } from "./setup";

export async function readNow(setup: PreviewSetup): Promise<LinesInput> {
  const terminal = rememberingTerminal(setup.env);
  const environment = findEnvironment("sandbox", terminal);
  const proposed = previewConfiguration(environment);
  const now = await setup.day.now();
  const read = await readCloses(
    {
      ...{ environment, token: TOKEN, policy: lookUpPolicy(proposed.policy, proposed.policy), requestsPerSecond: 100 },
      ...{ limit: undefined, cache: undefined, fresh: false, clock: { now: () => now } },
    },
    terminal,
  );
  read.done();
  const active = SCENARIO.agents.filter(({ stellaProfile }) => stellaProfile === "Active");
  const profiles = new ActiveProfiles(active.map(({ emailAddress }) => emailAddress));
  return { ...read, present: undefined, proposed, vendorData: { ...read.names, profiles } };
}
