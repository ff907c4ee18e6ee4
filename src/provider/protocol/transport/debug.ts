/**
 * A provider that you start yourself, for example in a debugger. A variable points Terraform to it
 * (docs/vendors/terraform-provider.md section 3, "Reattach"). It serves any number of Terraform runs.
 */
import { createLogger, levelFrom } from "../log";
import { crashOnFaults } from "./crash";
import { formatAddress, PROTOCOL_VERSION } from "./handshake";
import { listen } from "./listener";
import type { ServeOptions } from "./serve";

/** Options of {@link serveDebug}. */
export interface DebugOptions extends ServeOptions {
  /** The provider's source address, such as `registry.terraform.io/example/gladly`. */
  readonly address: string;
}

/** Serves until the process gets a signal to end. */
export async function serveDebug(options: DebugOptions): Promise<void> {
  const maskCrash = crashOnFaults();
  const log = createLogger(`provider.${options.name}`, levelFrom(process.env));
  const { createGrpcServer, calls, mask } = await options.load(log);
  maskCrash(mask);
  const server = createGrpcServer({
    calls,
    // Terraform calls this at the end of each run. The provider must stay for the next one.
    onShutdown: () => undefined,
    log,
  });
  const listener = await listen({ onConnection: server.accept, onRefused: () => undefined });
  const end = (): void => {
    listener.close();
    process.exit(0);
  };
  process.on("SIGINT", end);
  process.on("SIGTERM", end);
  const reattach = {
    [options.address]: {
      Protocol: "grpc",
      ProtocolVersion: PROTOCOL_VERSION,
      Pid: process.pid,
      // Without this, Terraform would end the process after its first run.
      Test: true,
      Addr: { Network: listener.address.network, String: formatAddress(listener.address) },
    },
  };
  process.stdout.write(
    `The provider is waiting. Point Terraform at it from another shell, and end it with Ctrl-C:\n\n  export TF_REATTACH_PROVIDERS='${JSON.stringify(reattach)}'\n`,
  );
}
