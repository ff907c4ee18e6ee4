/** A schema in the protocol's form. */
import {
  type Attribute as AttributeMessage,
  NestedType_Nesting,
  type Schema as SchemaMessage,
  StringKind,
} from "../generated/tfplugin6";
import { typeBytes } from "../values/type";
import type { Attribute, Attributes, Nesting, Schema } from "./attribute";

const NESTING: Readonly<Record<Nesting, NestedType_Nesting>> = {
  single: NestedType_Nesting.SINGLE,
  list: NestedType_Nesting.LIST,
  set: NestedType_Nesting.SET,
  map: NestedType_Nesting.MAP,
};

/** One schema in the answer to `GetProviderSchema`. */
export function schemaMessage({ version, description, attributes }: Schema): SchemaMessage {
  return {
    version: BigInt(version),
    block: {
      version: BigInt(version),
      attributes: attributeMessages(attributes),
      description,
      descriptionKind: StringKind.MARKDOWN,
      deprecated: false,
    },
  };
}

function attributeMessages(attributes: Attributes): AttributeMessage[] {
  return Object.entries(attributes).map(([name, attribute]) => attributeMessage(name, attribute));
}

function attributeMessage(name: string, attribute: Attribute): AttributeMessage {
  const { nested } = attribute;
  return {
    name,
    // An attribute has either a type or a nested type, never both.
    type: nested ? Buffer.alloc(0) : typeBytes(attribute.type),
    nestedType: nested
      ? { attributes: attributeMessages(nested.attributes), nesting: NESTING[nested.nesting] }
      : undefined,
    description: attribute.deprecated
      ? `${attribute.description}\n\n**Deprecated:** ${attribute.deprecated}`
      : attribute.description,
    descriptionKind: StringKind.MARKDOWN,
    required: attribute.required,
    optional: attribute.optional,
    computed: attribute.computed,
    sensitive: attribute.sensitive,
    writeOnly: attribute.writeOnly,
    deprecated: attribute.deprecated !== undefined,
  };
}
