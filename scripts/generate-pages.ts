/** `npm run pages`: writes the provider's pages to docs/provider and deletes outdated ones. */
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { gladlyProvider } from "../src/provider/gladly.provider";
import { createLogger } from "../src/provider/protocol/log";
import { providerPages } from "./provider/pages";

const root = resolve(__dirname, "..");
const target = join(root, "docs", "provider");
const provider = gladlyProvider({ version: "0.0.0", environment: {}, log: createLogger("pages", undefined) });
rmSync(target, { recursive: true, force: true });
for (const [path, text] of providerPages(provider, join(root, "examples"))) {
  mkdirSync(dirname(join(target, path)), { recursive: true });
  writeFileSync(join(target, path), text);
}
