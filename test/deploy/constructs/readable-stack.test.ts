import { SqsQueue } from "@cdktf/provider-aws/lib/sqs-queue";
import { Testing } from "cdktf";
import { Construct } from "constructs";
import { ReadableStack } from "../../../src/deploy/constructs/readable-stack";

describe("a readable stack", () => {
  it("names resources as the code does", () => {
    const stack = new ReadableStack(Testing.app(), "staging");
    const relay = new Construct(stack, "relay");
    expect(new SqsQueue(relay, "main", {}).friendlyUniqueId).toBe("relay_main");
    expect(new SqsQueue(new Construct(relay, "ledger"), "Resource", {}).friendlyUniqueId).toBe("relay_ledger");
  });

  it("keeps a renamed resource with a moved block", () => {
    const stack = new ReadableStack(Testing.app(), "staging");
    const queue = new SqsQueue(new Construct(stack, "relay"), "incoming", { name: "relay-staging-main" });
    queue.moveFromId("aws_sqs_queue.relay_main");
    expect(stack.toTerraform()).toMatchObject({
      moved: [{ from: "aws_sqs_queue.relay_main", to: "aws_sqs_queue.relay_incoming" }],
    });
  });

  it("refuses two constructs with the same resource address", () => {
    const stack = new ReadableStack(Testing.app(), "staging");
    const first = new SqsQueue(new Construct(stack, "a"), "b_c", {});
    const second = new SqsQueue(new Construct(stack, "a_b"), "c", {});
    expect(first.friendlyUniqueId).toBe("a_b_c");
    expect(() => second.friendlyUniqueId).toThrow('staging/a_b/c and staging/a/b_c would both be called "a_b_c"');
  });
});
