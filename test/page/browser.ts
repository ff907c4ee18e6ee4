/** Chromium for the pages' tests: Debian's, or the one in CHROMIUM. */
import { existsSync } from "node:fs";
import { type Browser, chromium } from "playwright-core";
import { describeIf } from "../support/optional";

const PLACES = [process.env.CHROMIUM, "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

const CHROMIUM = PLACES.find((place) => place !== undefined && existsSync(place));

/** `describe` if there is a Chromium. */
export const describeInChromium = describeIf(CHROMIUM, "Chromium", "apt-get install chromium, or name one in CHROMIUM");

export function launch(): Promise<Browser> {
  if (CHROMIUM === undefined) throw new Error("there is no Chromium");
  // Chromium's sandbox needs privileges that containers do not have, and the pages are the project's own.
  return chromium.launch({ executablePath: CHROMIUM, args: ["--no-sandbox"] });
}
