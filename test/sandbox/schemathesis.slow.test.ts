/**
 * Runs Schemathesis, a fuzzer for OpenAPI, against the sandbox's Gladly and Stella Connect: no 5xx, no answer that
 * differs from the description, and no invalid request accepted. Needs Python 3.10. Installed once, at a fixed version,
 * into a virtual environment in the user's cache.
 */
import { execFileSync, spawn, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { signToken } from "../../src/vendors/stella/read";
import { describeIf } from "../support/optional";
import { CREDENTIALS, type Running, run } from "./support";

const VERSION = "4.32.5";
const CACHE = process.env.XDG_CACHE_HOME ?? join(homedir(), ".cache");
const VENV = join(CACHE, "gladly-stella-relay", `schemathesis-${VERSION}`);
const ST = join(VENV, "bin", "st");

const python = spawnSync("python3", ["-c", "import sys, venv; sys.exit(sys.version_info < (3, 10))"]).status === 0;

const CHECKS = [
  "not_a_server_error",
  "content_type_conformance",
  "response_headers_conformance",
  "response_schema_conformance",
  "negative_data_rejection",
];

describeIf(
  python ? "python3" : undefined,
  "Python 3.10 with venv",
  "apt-get install python3-venv",
)("schemathesis", () => {
  let running: Running;

  beforeAll(async () => {
    if (!existsSync(ST)) {
      execFileSync("python3", ["-m", "venv", VENV]);
      execFileSync(join(VENV, "bin", "pip"), ["install", "--quiet", `schemathesis==${VERSION}`]);
    }
    running = await run();
  });

  test("finds no answer of the sandbox's Gladly that differs from its description", async () => {
    const { gladlyUser, gladlyToken } = CREDENTIALS;
    const found = await fuzz("gladly-openapi.yaml", running.sandbox.gladly.url, [
      ...["--auth", `${gladlyUser}:${gladlyToken}`],
      ...["--checks", CHECKS.join(",")],
    ]);
    expect(found).toMatchObject({ code: 0 });
  });

  test("finds no answer of the sandbox's Stella Connect that differs from its description, with the production key", async () => {
    const { stellaProductionKey, stellaApiSecret } = CREDENTIALS;
    const basic = Buffer.from(`connect:${stellaProductionKey}`).toString("base64");
    const token = signToken(stellaApiSecret, Date.now() / 1000);
    await running.test.post("/_sandbox/settings", {
      readsPerMinute: 1_000_000,
      assumptions: { tokenAgeSeconds: 3600 },
    });
    for (const [path, authorization] of [
      ["/v1", `Basic ${basic}`],
      ["/v2", token],
    ] as const) {
      const found = await fuzz("stella-openapi.yaml", running.sandbox.stella.url, [
        ...["--header", `x-api-key: ${stellaProductionKey}`, "--header", `authorization: ${authorization}`],
        ...["--include-path-regex", `^${path}/`],
        // Stella does not document all refusals, so refusing a valid request is no fault.
        ...["--checks", CHECKS.join(",")],
      ]);
      expect(found).toMatchObject({ code: 0 });
    }
  });
});

/** Runs Schemathesis. @throws with its output when it finds a fault */
async function fuzz(description: string, url: string, options: readonly string[]): Promise<{ code: unknown }> {
  // Schemathesis writes a folder into its working directory.
  const cwd = mkdtempSync(join(tmpdir(), "schemathesis-"));
  const st = spawn(
    ST,
    [
      ...["run", join(__dirname, description), "--url", url, ...options],
      ...["--phases", "examples,coverage,fuzzing"],
      // Without this, Schemathesis thinks that some requests have no credentials, and reports their answers as faults.
      ...["--generation-with-security-parameters", "false"],
      ...["--max-examples", process.env.FUZZ ?? "20", "--seed", process.env.FUZZ_SEED ?? "1", "--no-color"],
    ],
    { cwd },
  );
  let output = "";
  for (const stream of [st.stdout, st.stderr]) stream.on("data", (piece: Buffer) => (output += piece.toString()));
  const code = await new Promise((resolve) => st.on("close", resolve));
  rmSync(cwd, { recursive: true, force: true });
  if (code !== 0) throw new Error(output.slice(-8_000));
  return { code };
}
