import { DriftSetup } from "./setup";
import { lookRepeatedly } from "./steady";

/** Every kind of ordinary life once; `npm run steady` looks 200 times. */
const LOOKS = 9;

describe("a steady sandbox", () => {
  const setup = new DriftSetup();
  beforeAll(() => setup.start());
  afterAll(() => setup.remove());

  it("is never told to have drifted while conversations close, the relay pauses and others edit what is theirs", async () => {
    expect(await lookRepeatedly(setup, LOOKS)).toEqual({ looks: LOOKS, steady: LOOKS, others: [] });
  });
});
