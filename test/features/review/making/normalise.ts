/**
 * Removes from a plan's JSON what differs between runs and machines: ports, times, generated ids, paths, registries. The rest
 * is Terraform's unchanged output.
 */
import { tmpdir } from "node:os";
import { z } from "zod";

/** Parts that a review does not read, or only for an environment that moves, and that contain local paths. */
const LEFT_OUT = ["configuration", "prior_state", "planned_values", "variables", "timestamp", "relevant_attributes"];

const Configuration = z.looseObject({ configuration: z.looseObject({ provider_config: z.unknown() }) });

/**
 * @param known texts to replace, such as addresses with this run's ports
 * @param options.providers whether to keep the providers' configuration
 */
export function normalised(
  text: string,
  known: Readonly<Record<string, string>> = {},
  { providers = false }: { readonly providers?: boolean } = {},
): string {
  const plan: Record<string, unknown> = JSON.parse(text);
  const { provider_config } = Configuration.parse(plan).configuration;
  for (const name of LEFT_OUT) delete plan[name];
  if (providers) plan.configuration = { provider_config };
  const found = new Map<string, string>();
  const numbered = (value: string, name: (number: number) => string): string => {
    const replacement = found.get(value) ?? name(found.size + 1);
    found.set(value, replacement);
    return replacement;
  };
  let result = JSON.stringify(plan, undefined, 1);
  for (const [from, to] of Object.entries(known)) result = result.replaceAll(from, to);
  return `${result
    .replaceAll(tmpdir(), "/tmp")
    .replace(/"(provider_name|full_name)": ".*\/([^/"]+)"/g, '"$1": "$2"')
    // RFC 3339, in the order in which they come.
    .replace(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z/g, (time) =>
      numbered(time, (number) => `2026-11-22T09:00:${String(number).padStart(2, "0")}Z`),
    )
    // Gladly's ids, 22 characters of base64, unlike names. Terraform's ids are UUIDs.
    .replace(/(?<=")[\w-]{22}(?=[",])/g, (id) =>
      /[A-Z]/.test(id) && /[a-z]/.test(id)
        ? numbered(id, (number) => `GladlyId${String(number).padStart(14, "0")}`)
        : id,
    )
    .replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, (id) =>
      numbered(id, (number) => `00000000-0000-4000-8000-${String(number).padStart(12, "0")}`),
    )}\n`;
}
