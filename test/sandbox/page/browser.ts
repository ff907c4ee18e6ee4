/** Chromium for the page's tests: Debian's, or the one that CHROMIUM names. */
import { existsSync } from "node:fs";
import { type Browser, chromium } from "playwright-core";

const PLACES = [process.env.CHROMIUM, "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

/** Undefined where there is none: the tests are skipped then, and say so. */
export const CHROMIUM = PLACES.find((place) => place !== undefined && existsSync(place));

export const SKIPPED = "skipped: no Chromium here (apt-get install chromium, or name one in CHROMIUM)";

export function launch(): Promise<Browser> {
  if (CHROMIUM === undefined) throw new Error(SKIPPED);
  // Chromium's own sandbox needs privileges that containers do not give; the pages are our own.
  return chromium.launch({ executablePath: CHROMIUM, args: ["--no-sandbox"] });
}
