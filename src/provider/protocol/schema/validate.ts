/** Checks a configuration against its schema before any call. Unknown values are checked later. */
import type { Diagnostics } from "../diagnostics";
import { isWhollyKnown, type ObjectValue } from "../values/value";
import type { Attributes } from "./attribute";
import { walk } from "./walk";

/** Reports each value that a validator of its attribute refuses, with its path. */
export function validateConfig(attributes: Attributes, config: ObjectValue, report: Diagnostics): void {
  walk(attributes, config, (attribute, value, path) => {
    if (value === null || !isWhollyKnown(value)) return;
    for (const validator of attribute.validators) {
      const problem = validator.check(value);
      if (problem) report.error("Invalid value", `${problem} Expected: ${validator.description}.`, path);
    }
  });
}

/** Terraform before 1.11 would store a write-only value in plain text, so it is refused there. */
export function refuseWriteOnly(attributes: Attributes, config: ObjectValue, report: Diagnostics): void {
  walk(attributes, config, (attribute, value, path) => {
    if (!attribute.writeOnly || value === null) return;
    report.error(
      "Write-only value needs a newer Terraform",
      "This value must not be stored, and only Terraform 1.11 and later (or OpenTofu 1.11 and later) can keep it out of the state. Upgrade Terraform.",
      path,
    );
  });
}
