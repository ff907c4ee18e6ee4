/** The provider's program: what Terraform starts. */
import { PROVIDER_ADDRESS } from "./address";
import type { Logger } from "./protocol/log";
import { readInvitation, VersionMismatch } from "./protocol/transport/handshake";
import { serve } from "./protocol/transport/serve";

/** Put in by the build, from package.json. */
declare const PROVIDER_VERSION: string;

const USAGE = `This is the Terraform provider for Gladly, version ${PROVIDER_VERSION}.

Terraform starts it by itself; it does nothing when it is started by hand.
In a configuration:

  terraform {
    required_providers {
      gladly = { source = "${PROVIDER_ADDRESS}" }
    }
  }

  --version   prints the version
  --debug     waits for Terraform to be pointed at this process (TF_REATTACH_PROVIDERS)
`;

async function main(): Promise<void> {
  if (process.argv.includes("--version")) {
    process.stdout.write(`${PROVIDER_VERSION}\n`);
    return;
  }
  const program = {
    name: "gladly",
    load: async (log: Logger) => (await import("./after-handshake.js")).load(PROVIDER_VERSION, log),
  };
  if (process.argv.includes("--debug")) {
    const { serveDebug } = await import("./after-handshake.js");
    await serveDebug({ ...program, address: PROVIDER_ADDRESS });
    return;
  }
  const invitation = readInvitation(process.env);
  if (!invitation) {
    process.stderr.write(USAGE);
    process.exitCode = 1;
    return;
  }
  await serve(invitation, program);
}

main().catch((error: unknown) => {
  // The first line on standard output is the one that Terraform shows.
  const text = error instanceof VersionMismatch ? error.message : `The provider cannot start: ${String(error)}`;
  process.stdout.write(`${text}\n`);
  process.exitCode = 1;
});
