// `npm start` on a fresh clone: installs missing packages, then runs the tour (src/features/tour).
import { install } from "./lib/install.mjs";
import { requireNode } from "./lib/requirements.mjs";

requireNode();
install();
process.argv.splice(2, 0, "tour");
await import("../bin/relay.mjs");
