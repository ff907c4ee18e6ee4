import { sigkill } from "./sigkill";

test("what was answered 200 survives SIGKILL in the middle of the work, and comes to its end", async () => {
  const { acknowledged, missing, unfinished } = await sigkill(2000, 2);
  expect(acknowledged).toBeGreaterThanOrEqual(2000);
  expect(missing).toEqual([]);
  expect(unfinished).toEqual([]);
});
