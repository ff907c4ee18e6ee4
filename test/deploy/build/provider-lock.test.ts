import { readFileSync } from "node:fs";
import { join } from "node:path";
import { lockedBlocks, lockFileWith, PROVIDER_SOURCE } from "../../../src/deploy/build/provider-dist";

const AWS = `provider "registry.terraform.io/hashicorp/aws" {
  version     = "5.100.0"
  constraints = ">= 5.100.0, < 7.0.0"
  hashes = [
    "h1:one",
    "zh:two",
  ]
}
`;
const ours = (version: string, hash: string) => `provider "${PROVIDER_SOURCE}" {
  version     = "${version}"
  constraints = "${version}"
  hashes = [
    "${hash}",
  ]
}
`;

describe("the dependency lock file", () => {
  it("has only the provider for Gladly until a team locks another", () => {
    expect(lockedBlocks(lockFileWith("", "0.1.0", "h1:a"))).toEqual([ours("0.1.0", "h1:a")]);
  });

  it("keeps the AWS provider that a team has locked when the provider for Gladly is built again", () => {
    const locked = `# A heading of Terraform's\n\n${AWS}\n${ours("0.1.0", "h1:a")}`;
    expect(lockedBlocks(lockFileWith(locked, "0.2.0", "h1:b"))).toEqual([AWS, ours("0.2.0", "h1:b")]);
  });

  it("has Terraform's format, so that an init changes nothing", () => {
    const committed = readFileSync(join(__dirname, "../../../stacks/.terraform.lock.hcl"), "utf8");
    const [block = ""] = lockedBlocks(committed).filter((found) => found.includes(PROVIDER_SOURCE));
    const [, version = "", hash = ""] = /version {5}= "(.+)"[\s\S]*"(h1:.+)"/.exec(block) ?? [];
    expect(lockFileWith(committed, version, hash)).toBe(committed);
  });
});
