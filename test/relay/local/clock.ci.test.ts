import { clockOffForAWhile } from "./clock-off";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

test.each([HOUR, 40 * DAY, -HOUR, -2 * DAY])(
  "after a clock error of %i ms, waiting closes are sent when the clock is right again",
  clockOffForAWhile,
);
