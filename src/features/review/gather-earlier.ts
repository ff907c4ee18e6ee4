/** Where an environment was before the change that is reviewed: as its file has it where this branch left the default one. */
import { environmentsFolder } from "../../contract/locations";
import type { Plan } from "../../terraform/plan";
import { type BaseFound, findBase } from "../shared/base-environment";
import type { ReviewInput } from "./judge";
import { type Place, placeMoves, placeOfEnvironment, placeOfPlan } from "./place";

/** An input stays as it is where the earlier file cannot be read: in no git repository, or of a new environment. */
export function withEarlierPlaces(inputs: readonly ReviewInput[], env: NodeJS.ProcessEnv): readonly ReviewInput[] {
  const folder = environmentsFolder(env);
  return inputs.map((input) => {
    const earlier = placeBefore(folder, input);
    return earlier === undefined ? input : { ...input, earlier };
  });
}

function placeBefore(folder: string, { name, plan }: ReviewInput): Place | undefined {
  const base = baseOf(folder, name);
  if (base === undefined) return undefined;
  const place = placeOfEnvironment(base.environment);
  // On the default branch itself, as in the pipeline's apply, the change is the last commit.
  if (base.ref !== "HEAD" || isElsewhere(place, plan)) return place;
  const before = baseOf(folder, name, "HEAD^");
  return before === undefined ? place : placeOfEnvironment(before.environment);
}

function isElsewhere(place: Place, plan: Plan): boolean {
  const now = placeOfPlan(plan);
  return now !== undefined && placeMoves(place, now);
}

function baseOf(folder: string, name: string, ref?: string): Extract<BaseFound, { kind: "found" }>["base"] | undefined {
  try {
    const found = findBase(folder, name, ref);
    return found.kind === "found" ? found.base : undefined;
  } catch {
    return undefined;
  }
}
