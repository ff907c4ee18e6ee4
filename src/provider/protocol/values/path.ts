/** One step of a path inside a value, such as `rules[2].field` or `tags["team"]`. */
export type Step = { readonly attribute: string } | { readonly key: string } | { readonly index: number };
/** Steps from the top-level object inwards. Empty for the object itself. */
export type Path = readonly Step[];

/** A path of attributes only: `attributePath("credentials", "password")` is `credentials.password`. */
export function attributePath(...names: readonly string[]): Path {
  return names.map((attribute) => ({ attribute }));
}

/** The path as a user would write it: `rules[2].field`, `tags["team"]`. */
export function formatPath(path: Path): string {
  return path.reduce((text, step) => {
    if ("attribute" in step) return text === "" ? step.attribute : `${text}.${step.attribute}`;
    return `${text}[${"key" in step ? JSON.stringify(step.key) : step.index}]`;
  }, "");
}
