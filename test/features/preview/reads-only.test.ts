import { importsBelow } from "../../house/imports";

const files = importsBelow("src/features/preview");

test("a preview loads no code that sends: no client for survey requests, no delivery, no worker", () => {
  expect(files.some(({ target }) => target === "src/vendors/stella/employees")).toBe(true);
  const senders = [
    "src/vendors/stella/client",
    "src/relay/survey-sender",
    "src/relay/attempt",
    "src/relay/work",
    "src/relay/feedback",
  ];
  expect(files.filter(({ target, typeOnly }) => !typeOnly && senders.includes(target ?? ""))).toEqual([]);
});

test("Gladly's client is created in one place, which exposes only reads", () => {
  expect(files.filter(({ target }) => target === "src/vendors/gladly/client").map(({ file }) => file)).toEqual([
    "src/features/preview/gather-closes.ts",
  ]);
});
