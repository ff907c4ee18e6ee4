/**
 * Terraform's types, in the JSON form in which they travel: `"string"`, `["list","string"]`,
 * `["object",{"name":"string"}]`.
 */
export type Type =
  | "string"
  | "number"
  | "bool"
  | readonly ["list" | "set" | "map", Type]
  | readonly ["object", { readonly [attribute: string]: Type }];

/** The wire form of a type: the bytes of its JSON. */
export function typeBytes(type: Type): Buffer {
  return Buffer.from(JSON.stringify(type));
}

/** The type in words, for messages. */
export function typeName(type: Type): string {
  if (typeof type === "string") return type === "bool" ? "boolean" : type;
  if (type[0] === "object") return "object";
  return `${type[0]} of ${typeName(type[1])}`;
}
