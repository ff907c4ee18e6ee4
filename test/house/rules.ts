/** Who may import whom: design, section 3. Longest matching room wins. */
import type { Import } from "./imports";

/** Room -> rooms it may import besides itself. `type:` allows only what is gone at run time. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  "src/environment": [],
  "src/vendors/gladly": [],
  "src/vendors/stella": [],
  "src/relay": ["src/vendors/gladly", "src/vendors/stella"],
  "src/relay/aws": ["src/relay", "src/vendors/gladly", "src/vendors/stella"],
  "src/relay/local": ["src/relay", "src/vendors/gladly", "src/vendors/stella"],
  "src/provider": ["src/provider/protocol", "src/provider/resources", "src/vendors/gladly"],
  "src/provider/protocol": [],
  "src/provider/resources": ["src/provider/protocol", "src/vendors/gladly"],
  "src/deploy/constructs": ["type:src/environment"],
  "src/terraform": [],
  "src/review": ["src/relay", "src/environment", "src/vendors/gladly", "src/vendors/stella", "src/terraform"],
  "src/sandbox": ["src/vendors/gladly", "src/vendors/stella"],
  "src/features/tour": ["src/sandbox", "src/vendors/gladly", "src/terraform", "src/review"],
  "src/cli": ["every room"],
  stacks: ["src/deploy/constructs", "src/environment"],
};

/** Package -> the only rooms that may use it: the core stays free of stores and transports. */
const PACKAGE_ROOMS: Readonly<Record<string, readonly string[]>> = {
  libsql: ["src/relay/local"],
  "@grpc/grpc-js": ["src/provider/protocol"],
  "@msgpack/msgpack": ["src/provider/protocol"],
  cdktf: ["src/deploy/constructs", "stacks"],
  constructs: ["src/deploy/constructs", "stacks"],
};

/** Why an import breaks the rules; undefined when it does not. */
export function breach(found: Import): string | undefined {
  if (found.specifier === "@cdktf/provider-aws") {
    return `${found.file} imports the barrel of the AWS bindings; import @cdktf/provider-aws/lib/<resource>`;
  }
  const from = roomOf(found.file);
  if (from === undefined) return `${found.file} lies in no room of the house`;
  if (found.target === undefined) {
    const name = Object.keys(PACKAGE_ROOMS).find((known) => `${found.specifier}/`.startsWith(`${known}/`));
    const rooms = name === undefined ? undefined : PACKAGE_ROOMS[name];
    return rooms === undefined || rooms.includes(from)
      ? undefined
      : `${found.file} (${from}) must not use ${found.specifier}`;
  }
  const to = roomOf(found.target);
  if (to === from) return undefined;
  const allowed = MAY_IMPORT[from] ?? [];
  if (to !== undefined && (allowed.includes(to) || allowed.includes("every room"))) return undefined;
  if (found.typeOnly && allowed.includes(`type:${to}`)) return undefined;
  return `${found.file} (${from}) must not import ${found.target} (${to ?? "outside the house"})`;
}

function roomOf(path: string): string | undefined {
  return Object.keys(MAY_IMPORT)
    .filter((room) => path === room || path.startsWith(`${room}/`))
    .sort((a, b) => b.length - a.length)[0];
}
