/** Checks a schema itself when the provider is built, so that users never see such errors. */
import type { Attribute, Attributes } from "./attribute";

/** Every rule that this schema breaks; empty if it is valid. */
export function schemaFaults(attributes: Attributes, where: string): readonly string[] {
  return Object.entries(attributes).flatMap(([name, attribute]) =>
    attributeFaults(attribute, `${where}.${name}`, false),
  );
}

function attributeFaults(attribute: Attribute, where: string, inSet: boolean): readonly string[] {
  const { required, optional, computed, writeOnly, nested } = attribute;
  const rules: readonly (readonly [boolean, string])[] = [
    [!/^[a-z][a-z0-9_]*$/.test(where.split(".").pop() ?? ""), "a name has lower-case letters, digits and _ only"],
    [attribute.description.trim() === "", "a description is missing"],
    [!required && !optional && !computed, "it is neither required nor optional nor computed"],
    [required && (optional || computed), "a required attribute cannot be optional or computed"],
    [writeOnly && computed, "a write-only attribute cannot be computed"],
    [writeOnly && inSet, "Terraform allows no write-only attribute inside a set"],
    [computed && inSet, "elements of a set cannot be paired, so nothing inside can be computed or have a default"],
    [
      attribute.equivalent !== undefined && inSet,
      "elements of a set cannot be paired, so no spelling can be kept inside",
    ],
    [attribute.changesWith !== undefined && !computed, "changesWith is for computed attributes"],
  ];
  const own = rules.filter(([broken]) => broken).map(([, rule]) => `${where}: ${rule}`);
  if (!nested) return own;
  const inside = inSet || nested.nesting === "set";
  const deeper = Object.entries(nested.attributes).flatMap(([name, inner]) =>
    attributeFaults(inner, `${where}.${name}`, inside),
  );
  return [...own, ...deeper];
}
