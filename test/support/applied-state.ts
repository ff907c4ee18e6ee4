/** Terraform's state after an apply, from which the relay reads its configuration. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";

/** Writes the state in a RELAY_HOME as `cdktf apply` does. */
export function applyConfiguration(home: string, configuration: unknown): void {
  const attributes = { id: "c0ffee", input: { value: configuration, type: "dynamic" } };
  const resource = {
    mode: "managed",
    type: "terraform_data",
    name: "relay_configuration",
    instances: [{ schema_version: 0, attributes }],
  };
  const topic = {
    mode: "managed",
    type: "gladly_topic",
    name: "do_not_send_topic",
    instances: [{ schema_version: 0, attributes: { id: "t1" } }],
  };
  const state = {
    version: 4,
    terraform_version: "1.11.4",
    serial: 1,
    lineage: "c0ffee",
    outputs: {},
    resources: [topic, resource],
  };
  writeFileSync(join(home, "terraform.tfstate"), JSON.stringify(state));
}
