import { importsBelow } from "../../house/imports";

const files = importsBelow("src/features/preview");

test("nothing that a preview loads can send: no client for Stella's requests, no delivery, no worker", () => {
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

test("Gladly's client is made in one place, which gives out its reads alone", () => {
  expect(files.filter(({ target }) => target === "src/vendors/gladly/client").map(({ file }) => file)).toEqual([
    "src/features/preview/gather-closes.ts",
  ]);
});
