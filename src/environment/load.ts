/** Reads every environment file of a folder, and refuses all of them if one is invalid. */
import { readdirSync } from "node:fs";
import { basename, join, relative } from "node:path";
import { messageOf } from "../contract/error-message";
import { isEnvironmentFile } from "../contract/locations";
import { EnvironmentFaults, type Fault, faultsOf } from "./faults";
import { type Environment, EnvironmentSchema } from "./schema";

/**
 * The environments of a folder, by name. Each `<name>.ts` exports one as its default.
 *
 * @param names only the files of these environments. @default all of them
 * @throws EnvironmentFaults with every fault of every file that was read
 */
export function loadEnvironments(folder: string, names?: readonly string[]): readonly Environment[] {
  const faults: Fault[] = [];
  const asked = (path: string) => names === undefined || names.includes(basename(path, ".ts"));
  const environments = environmentFiles(folder)
    .filter(asked)
    .flatMap((path) => {
      const file = relative(process.cwd(), path);
      const parsed = readEnvironment(path, file, faults);
      if (parsed !== undefined && parsed.name !== basename(path, ".ts")) {
        const remedy = `must be ${JSON.stringify(basename(path, ".ts"))}, the name of its file`;
        faults.push({ file, path: "name", found: JSON.stringify(parsed.name), remedy });
      }
      return parsed ?? [];
    });
  if (faults.length > 0) throw new EnvironmentFaults(faults);
  return environments;
}

/**
 * Names of a folder's environments, from its file names. It does not read the files, so an invalid one does not matter.
 *
 * @throws EnvironmentFaults if there is no such folder, or no environment file in it
 */
export function environmentNames(folder: string): readonly string[] {
  return environmentFiles(folder).map((path) => basename(path, ".ts"));
}

function environmentFiles(folder: string): readonly string[] {
  const names = namesIn(folder).filter(isEnvironmentFile);
  if (names.length > 0) return names.sort().map((name) => join(folder, name));
  throw new EnvironmentFaults([{ file: folder, path: "", remedy: "the folder holds no environment file (<name>.ts)" }]);
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    const remedy = "there is no such folder. Run this inside your project, or make one with `npx relay init`";
    throw new EnvironmentFaults([{ file: folder, path: "", remedy }]);
  }
}

function readEnvironment(path: string, file: string, faults: Fault[]): Environment | undefined {
  let exported: unknown;
  try {
    // The files are TypeScript: bin/typescript.cjs compiles what is required, and so does jest.
    const module: unknown = require(path);
    exported = typeof module === "object" && module !== null ? Reflect.get(module, "default") : undefined;
  } catch (error) {
    const cause = messageOf(error);
    faults.push({ file, path: "", remedy: `the file cannot be read as TypeScript: ${cause}` });
    return undefined;
  }
  if (exported === undefined) {
    faults.push({ file, path: "", remedy: "export the environment: export default { … } satisfies EnvironmentInput" });
    return undefined;
  }
  const parsed = EnvironmentSchema.safeParse(exported, { reportInput: true });
  if (parsed.success) return parsed.data;
  faults.push(...faultsOf(file, exported, EnvironmentSchema, parsed.error));
  return undefined;
}
