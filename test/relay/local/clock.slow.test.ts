import { clockOffForAWhile } from "./clock-off";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

test.each([HOUR, 40 * DAY, -HOUR, -2 * DAY])(
  "a clock that is %i ms off for a while: what waited is sent once it is right again",
  clockOffForAWhile,
);
