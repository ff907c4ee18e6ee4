import { DriftSetup } from "./setup";
import { lookRepeatedly } from "./steady";

/** One run after each kind of ordinary event. `npm run steady` does 200 runs. */
const LOOKS = 9;

describe("a sandbox without drift", () => {
  const setup = new DriftSetup();
  beforeAll(() => setup.start());
  afterAll(() => setup.remove());

  it("is never reported as drifted while conversations close, the relay pauses and others edit their own objects", async () => {
    expect(await lookRepeatedly(setup, LOOKS)).toEqual({ looks: LOOKS, steady: LOOKS, others: [] });
  });
});
