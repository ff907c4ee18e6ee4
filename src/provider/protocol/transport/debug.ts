/**
 * A provider that a person starts, in a debugger for instance, and that Terraform is pointed at with a variable
 * (docs/vendors/terraform-provider.md section 3, "Reattach"). It outlives any number of Terraform runs.
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

/** Serves until the process is told to end. */
export async function serveDebug(options: DebugOptions): Promise<void> {
  const maskCrash = crashOnFaults();
  const log = createLogger(`provider.${options.name}`, levelFrom(process.env));
  const { createGrpcServer, calls, mask } = await options.load(log);
  maskCrash(mask);
  const server = createGrpcServer({
    calls,
    // Terraform says this at the end of each run; the next one is to find us again.
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
      // Without this Terraform would end the process after its first run.
      Test: true,
      Addr: { Network: listener.address.network, String: formatAddress(listener.address) },
    },
  };
  process.stdout.write(
    `The provider is waiting. Point Terraform at it from another shell, and end it with Ctrl-C:\n\n  export TF_REATTACH_PROVIDERS='${JSON.stringify(reattach)}'\n`,
  );
}
