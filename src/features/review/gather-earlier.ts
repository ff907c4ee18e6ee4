/** Where an environment was before the change that is reviewed: as its file has it where this branch left the default one. */
import { environmentsFolder } from "../../contract/locations";
import { findBase } from "../shared/base-environment";
import type { ReviewInput } from "./judge";
import { placeOfEnvironment } from "./place";

/** An input stays as it is where the earlier file cannot be read: in no git repository, or of a new environment. */
export function withEarlierPlaces(inputs: readonly ReviewInput[], env: NodeJS.ProcessEnv): readonly ReviewInput[] {
  const folder = environmentsFolder(env);
  return inputs.map((input) => {
    const earlier = placeBefore(folder, input.name);
    return earlier === undefined ? input : { ...input, earlier };
  });
}

function placeBefore(folder: string, name: string): ReviewInput["earlier"] {
  try {
    const found = findBase(folder, name, undefined);
    return found.kind === "found" ? placeOfEnvironment(found.base.environment) : undefined;
  } catch {
    return undefined;
  }
}
