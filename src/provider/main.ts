/** The provider's program: what Terraform starts. */
import { readInvitation, VersionMismatch } from "./protocol/transport/handshake";
import { serve } from "./protocol/transport/serve";

/** Put in by the build, from package.json. */
declare const PROVIDER_VERSION: string;

const USAGE = `This is the Terraform provider for Gladly, version ${PROVIDER_VERSION}.

Terraform starts it by itself; it does nothing when it is started by hand.
In a configuration: required_providers { gladly = { source = "terraform.local/relay/gladly" } }
`;

async function main(): Promise<void> {
  if (process.argv.includes("--version")) {
    process.stdout.write(`${PROVIDER_VERSION}\n`);
    return;
  }
  const invitation = readInvitation(process.env);
  if (!invitation) {
    process.stderr.write(USAGE);
    process.exitCode = 1;
    return;
  }
  await serve(invitation, {
    name: "gladly",
    load: async (log) => (await import("./load.js")).loadCalls(PROVIDER_VERSION, log),
  });
}

main().catch((error: unknown) => {
  // The first line on standard output is the one that Terraform shows.
  const text = error instanceof VersionMismatch ? error.message : `The provider cannot start: ${String(error)}`;
  process.stdout.write(`${text}\n`);
  process.exitCode = 1;
});
