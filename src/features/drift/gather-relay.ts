/** Reads from the relay's ledger since when closes are its to survey. */
import { existsSync } from "node:fs";
import type { Terminal } from "../../cli/command";
import { type Environment, homeFiles, homeOf, isOnAws, relayedBy } from "../../environment";
import { beganAt, readMark } from "../../relay/relay-time";
import { openRelay } from "../shared/open-relay";
import type { NotKnown, RelayLook } from "./observation";

/** Undefined where no relay delivers. Nothing is created where there is no relay yet. */
export async function relayLook(
  environment: Environment,
  terminal: Terminal,
): Promise<RelayLook | NotKnown | undefined> {
  if (environment.delivery === "direct" || relayedBy(environment) === undefined) return undefined;
  if (!isOnAws(environment) && !existsSync(homeFiles.database(homeOf(environment.name, terminal.env)))) {
    return { began: undefined };
  }
  try {
    const relay = openRelay(environment, terminal);
    try {
      return { began: beganAt((await readMark(relay.ledger, undefined)).mark) };
    } finally {
      relay.close();
    }
  } catch (error) {
    const why = error instanceof Error ? error.name : String(error);
    return { notKnown: `its ledger could not be read (${why}).`, remedy: "use credentials that may read the ledger" };
  }
}
