import { splitJson } from "../../src/terraform/split-json";

describe("the JSON of a plan", () => {
  it("is the whole output of Terraform", () => {
    expect(splitJson('{"a":1}\n')).toEqual({ json: '{"a":1}\n', before: [] });
  });

  it("follows a warning in OpenTofu's standard output, which is reported", () => {
    const output =
      '\nWarning: Unable to open CLI configuration file\n\nThe CLI configuration file at "./x.tfrc" does not exist.\n\n{"a":1}\n';
    const { json, before } = splitJson(output);
    expect(JSON.parse(json)).toEqual({ a: 1 });
    expect(before).toEqual([
      {
        severity: "warning",
        summary: "Unable to open CLI configuration file",
        detail:
          'Warning: Unable to open CLI configuration file\nThe CLI configuration file at "./x.tfrc" does not exist.',
      },
    ]);
  });
});
