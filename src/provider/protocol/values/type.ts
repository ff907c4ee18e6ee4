/**
 * Terraform's types in their JSON form on the wire: `"string"`, `["list","string"]`,
 * `["object",{"name":"string"}]`.
 */
export type Type =
  | "string"
  | "number"
  | "bool"
  | readonly ["list" | "set" | "map", Type]
  | readonly ["object", { readonly [attribute: string]: Type }];

/** The wire form of a type: its JSON as bytes. */
export function typeBytes(type: Type): Buffer {
  return Buffer.from(JSON.stringify(type));
}

/** The name of a type for messages. */
export function typeName(type: Type): string {
  if (typeof type === "string") return type === "bool" ? "boolean" : type;
  if (type[0] === "object") return "object";
  return `${type[0]} of ${typeName(type[1])}`;
}
