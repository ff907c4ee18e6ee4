import { notKnownFor } from "../../../src/features/drift/failures";
import { TerraformFailed } from "../../../src/terraform/terraform";
import { environment } from "../../deploy/stacks/samples";

const staging = environment("staging");
const init = (text: string) => new TerraformFailed(`terraform init failed with 1:\n${text}`);
const failureOf = (error: unknown) => notKnownFor(error, "staging", staging);

describe("why a stack could not be checked", () => {
  it.each([
    ["no AWS credentials", "Error: No valid credential sources found\n\nPlease see https://…", /use AWS credentials/],
    [
      "expired credentials",
      "Error: ExpiredToken: The security token included in the request is expired",
      /use AWS cred/,
    ],
    ["credentials of another account", "Error: AWS account ID not allowed: 999988887777", /belong to another account/],
    ["no bucket for the state", 'Error: S3 bucket "x" does not exist.', /foundation/],
    ["a damaged state", "Error: Error refreshing state: 2 problems:\n\n- Unsupported state file format", /is damaged/],
    ["no registry", "Error: Failed to query available provider packages\n\nCould not …", /mirror/],
  ])("%s: is reported with the remedy", (_, text, remedy) => {
    expect(failureOf(init(text)).remedy).toMatch(remedy);
  });

  it("is reported with Terraform's first message, on one line", () => {
    const text = "Error: The queue is odd\n\nIt has\ntwo ends.\n\nError: The queue is odd again";
    expect(failureOf(init(text))).toEqual({
      notKnown: "The queue is odd It has two ends.",
      remedy: "run `npx cdktf plan staging` and read its error",
    });
  });

  it("is reported without the text before the message, for each engine", () => {
    expect(failureOf(new TerraformFailed("tofu init failed with 1:\nError: The queue is odd")).notKnown).toBe(
      "The queue is odd",
    );
  });

  it("is reported with the first diagnostic, if there is one", () => {
    const diagnostics = [{ severity: "error", summary: "Gladly refused the user or the token", detail: "401." }];
    const error = new TerraformFailed("terraform plan failed with 1:\n…", diagnostics);
    expect(failureOf(error)).toEqual({
      notKnown: "Gladly refused the user or the token: 401.",
      remedy: "set GLADLY_TOKEN to an API token of survey-relay@example.com at https://example.gladly.qa",
    });
  });

  it("is cut when Terraform's message is too long", () => {
    expect(failureOf(init(`Error: ${"word ".repeat(1000)}`)).notKnown.length).toBeLessThan(700);
  });

  it("does not include a missing Terraform or an internal error", () => {
    expect(() => failureOf(new TerraformFailed("`terraform` cannot be started: ENOENT."))).toThrow("cannot be started");
    expect(() => failureOf(new TypeError("a mistake"))).toThrow(TypeError);
  });
});
