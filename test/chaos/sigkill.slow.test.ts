import { sigkill } from "./sigkill";

test("every close that was answered 200 survives SIGKILL and is processed", async () => {
  const { acknowledged, missing, unfinished } = await sigkill(2000, 2);
  expect(acknowledged).toBeGreaterThanOrEqual(2000);
  expect(missing).toEqual([]);
  expect(unfinished).toEqual([]);
});
