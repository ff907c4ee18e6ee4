import { lookRepeatedly } from "./steady";
import { DriftWorld } from "./world";

/** Every kind of ordinary life once; `npm run steady` looks 200 times. */
const LOOKS = 9;

describe("a steady sandbox", () => {
  const world = new DriftWorld();
  beforeAll(() => world.start());
  afterAll(() => world.remove());

  it("is never told to have drifted while conversations close, the relay pauses and others edit what is theirs", async () => {
    expect(await lookRepeatedly(world, LOOKS)).toEqual({ looks: LOOKS, steady: LOOKS, others: [] });
  });
});
