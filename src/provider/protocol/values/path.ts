/** Where in a value something is, such as `rules[2].field` or `tags["team"]`. */
export type Step = { readonly attribute: string } | { readonly key: string } | { readonly index: number };
export type Path = readonly Step[];

export function attributePath(...names: readonly string[]): Path {
  return names.map((attribute) => ({ attribute }));
}

export function formatPath(path: Path): string {
  return path.reduce((text, step) => {
    if ("attribute" in step) return text === "" ? step.attribute : `${text}.${step.attribute}`;
    return `${text}[${"key" in step ? JSON.stringify(step.key) : step.index}]`;
  }, "");
}
