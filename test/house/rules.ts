/** The allowed imports between rooms. The longest matching room applies. docs/house.md has the same rules. */
import type { Import } from "./imports";

const EVERYTHING = "every room";

/** Room -> rooms it may import besides itself. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  "src/contract": [],
  "src/page": [],
  "src/environment": ["src/contract"],
  "src/vendors/gladly": ["src/contract"],
  "src/vendors/stella": ["src/contract"],
  "src/terraform": ["src/contract"],
  "src/report": ["src/contract"],
  "src/relay": ["src/contract", "src/vendors"],
  "src/relay/aws": ["src/contract", "src/relay", "src/vendors"],
  "src/relay/local": ["src/contract", "src/relay", "src/vendors", "src/page"],
  "src/provider": ["src/contract", "src/provider/protocol", "src/provider/resources", "src/vendors/gladly"],
  "src/provider/protocol": [],
  "src/provider/resources": ["src/contract", "src/provider/protocol", "src/vendors/gladly"],
  "src/deploy": ["src/contract", "src/environment"],
  "src/sandbox": ["src/contract", "src/vendors", "src/page"],
  "src/cli": ["src/contract", "src/report"],
  "src/features": [EVERYTHING],
  "src/index.ts": ["src/contract", "src/environment", "src/deploy"],
  "src/testing.ts": ["src/contract", "src/sandbox"],
  "src/commands.ts": ["src/cli", "src/features"],
  "stacks/main.ts": ["src/index.ts"],
  "stacks/environments": ["src/environment"],
};

/** Rooms that only these rooms may import: only the list of commands depends on a feature. */
const ONLY_FOR: Readonly<Record<string, readonly string[]>> = {
  "src/features": ["src/commands.ts"],
  "src/commands.ts": [],
  "src/index.ts": ["stacks/main.ts"],
  "src/testing.ts": [],
  "stacks/main.ts": [],
};

/** Package -> the only rooms that may use it. The core has no stores and transports. */
const PACKAGE_ROOMS: Readonly<Record<string, readonly string[]>> = {
  libsql: ["src/relay/local"],
  "@grpc/grpc-js": ["src/provider/protocol"],
  "@msgpack/msgpack": ["src/provider/protocol"],
  cdktf: ["src/deploy", "src/index.ts"],
  constructs: ["src/deploy", "src/index.ts"],
};

/** Modules that a judge file may not import, because it must be pure. */
const SIDE_EFFECTS = /^(node:)?(fs|child_process|http|https|net|tls|dns|os|process|worker_threads|timers)(\/|$)/;

/** Why an import breaks the rules. Undefined if it is allowed. */
export function breach(found: Import): string | undefined {
  const { file, specifier, target } = found;
  if (specifier === "@cdktf/provider-aws") {
    return `${file} imports the barrel of the AWS bindings; import @cdktf/provider-aws/lib/<resource>`;
  }
  const from = roomOf(file);
  if (from === undefined) return `${file} lies in no room of the house`;
  if (judges(file) && SIDE_EFFECTS.test(specifier)) return `${file} judges, and must not use ${specifier}`;
  if (target === undefined) {
    const name = Object.keys(PACKAGE_ROOMS).find((known) => `${specifier}/`.startsWith(`${known}/`));
    const rooms = name === undefined ? undefined : PACKAGE_ROOMS[name];
    return rooms === undefined || rooms.includes(from) ? undefined : `${file} (${from}) must not use ${specifier}`;
  }
  const to = roomOf(target);
  const refusal = `${file} (${from}) must not import ${target} (${to ?? "outside the house"})`;
  if (judges(file) && /\/(gather|command)[^/]*$/.test(target)) return `${refusal}: what judges is pure`;
  if (to === from) return from === "src/features" && entersOtherFeature(file, target) ? refusal : undefined;
  if (to === undefined || (ONLY_FOR[to] !== undefined && !ONLY_FOR[to].includes(from))) return refusal;
  const allowed = MAY_IMPORT[from] ?? [];
  return allowed.includes(EVERYTHING) || allowed.some((room) => isIn(to, room)) ? undefined : refusal;
}

/** Only the feature itself may import its `command*.ts` and `gather*.ts`. */
function entersOtherFeature(file: string, target: string): boolean {
  return featureOf(file) !== featureOf(target) && /\/(gather|command)[^/]*$/.test(target);
}

const featureOf = (path: string) => path.split("/")[2];

const judges = (file: string) => /(^|\/)judge[^/]*\.ts$/.test(file);

/** The relay's core may not import its two adapters, although they are in its folder. */
function isIn(room: string, allowed: string): boolean {
  return room === allowed || (allowed === "src/vendors" && room.startsWith("src/vendors/"));
}

function roomOf(path: string): string | undefined {
  return Object.keys(MAY_IMPORT)
    .filter((room) => path === room || `${path}.ts` === room || path.startsWith(`${room}/`))
    .sort((a, b) => b.length - a.length)[0];
}

/** Import cycles: chains of files whose last one imports the first. */
export function cycles(found: readonly Import[]): readonly string[] {
  const next = new Map<string, string[]>();
  const files = new Set(found.map(({ file }) => file));
  for (const { file, target } of found) {
    if (target === undefined) continue;
    const to = [`${target}.ts`, `${target}/index.ts`, target].find((path) => files.has(path));
    if (to !== undefined) next.set(file, [...(next.get(file) ?? []), to]);
  }
  const done = new Set<string>();
  const reported = new Set<string>();
  const visit = (file: string, path: readonly string[]): void => {
    const start = path.indexOf(file);
    if (start >= 0) {
      const ring = path.slice(start);
      const first = [...ring].sort()[0] ?? file;
      const at = ring.indexOf(first);
      reported.add([...ring.slice(at), ...ring.slice(0, at), first].join(" -> "));
      return;
    }
    if (done.has(file)) return;
    for (const to of next.get(file) ?? []) visit(to, [...path, file]);
    done.add(file);
  };
  for (const file of files) visit(file, []);
  return [...reported].sort();
}
