/** The gRPC services of a plugin on connections that the listener accepted. */
import type { Socket } from "node:net";
import {
  type handleServerStreamingCall,
  type handleUnaryCall,
  Metadata,
  Server,
  ServerCredentials,
  type ServerUnaryCall,
  type sendUnaryData,
  status,
} from "@grpc/grpc-js";
import { HealthCheckResponse_ServingStatus, HealthService } from "../generated/health";
import { GRPCBrokerService, GRPCControllerService, GRPCStdioService } from "../generated/plugin";
import { ProviderService } from "../generated/tfplugin6";
import type { Logger } from "../log";
import type { Calls } from "../rpc/calls";

/** Serves connections that something else accepted. */
export interface GrpcServer {
  /** Serves a connection. TLS, if any, is already terminated. */
  accept(socket: Socket): void;
  /** Ends every connection. */
  close(): void;
}

/** Options of {@link createGrpcServer}. */
export interface GrpcOptions {
  /** Answers the provider's calls. */
  readonly calls: Calls;
  /** Terraform has no more calls. */
  onShutdown(): void;
  /** Gets each call at level trace, and each that failed. */
  readonly log: Logger;
}

/** Terraform itself sends and accepts up to 64 MiB, for large plans and schemas. */
const MESSAGE_LIMIT = 64 * 1024 * 1024;

/**
 * Creates the server with the services that Terraform expects from a plugin: provider, controller, stdio, broker, health.
 *
 * Messages may have up to 64 MiB, as in Terraform itself.
 */
export function createGrpcServer({ calls, onShutdown, log }: GrpcOptions): GrpcServer {
  const server = new Server({
    "grpc.max_receive_message_length": MESSAGE_LIMIT,
    "grpc.max_send_message_length": MESSAGE_LIMIT,
  });
  const unary =
    <Q, R>(method: string, answer: (request: Q) => R | Promise<R>): handleUnaryCall<Q, R> =>
    (call: ServerUnaryCall<Q, R>, respond: sendUnaryData<R>) => {
      const begun = performance.now();
      log.trace("called", { method });
      Promise.resolve()
        .then(() => answer(call.request))
        .then(
          (response) => {
            log.trace("answered", { method, milliseconds: Math.round(performance.now() - begun) });
            respond(null, response);
          },
          (error: unknown) => {
            log.error("call failed", {
              method,
              error: error instanceof Error ? (error.stack ?? error.message) : String(error),
            });
            const details = error instanceof Error ? error.message : String(error);
            respond({ code: status.INTERNAL, details, metadata: new Metadata() });
          },
        );
    };

  const streamed =
    <Q, R>(method: string, answer: (request: Q) => Promise<readonly R[]>): handleServerStreamingCall<Q, R> =>
    (call) => {
      log.trace("called", { method });
      answer(call.request).then(
        (events) => {
          for (const event of events) call.write(event);
          call.end();
        },
        (error: unknown) => {
          const details = error instanceof Error ? error.message : String(error);
          log.error("call failed", { method, error: details });
          call.emit("error", { code: status.INTERNAL, details });
        },
      );
    };

  server.addService(ProviderService, {
    getMetadata: unary("GetMetadata", calls.getMetadata),
    getProviderSchema: unary("GetProviderSchema", calls.getProviderSchema),
    getFunctions: unary("GetFunctions", calls.getFunctions),
    validateProviderConfig: unary("ValidateProviderConfig", calls.validateProviderConfig),
    validateResourceConfig: unary("ValidateResourceConfig", calls.validateResourceConfig),
    validateDataResourceConfig: unary("ValidateDataResourceConfig", calls.validateDataResourceConfig),
    configureProvider: unary("ConfigureProvider", calls.configureProvider),
    upgradeResourceState: unary("UpgradeResourceState", calls.upgradeResourceState),
    readResource: unary("ReadResource", calls.readResource),
    planResourceChange: unary("PlanResourceChange", calls.planResourceChange),
    applyResourceChange: unary("ApplyResourceChange", calls.applyResourceChange),
    importResourceState: unary("ImportResourceState", calls.importResourceState),
    getResourceIdentitySchemas: unary("GetResourceIdentitySchemas", calls.getResourceIdentitySchemas),
    upgradeResourceIdentity: unary("UpgradeResourceIdentity", calls.upgradeResourceIdentity),
    validateListResourceConfig: unary("ValidateListResourceConfig", calls.validateListResourceConfig),
    listResource: streamed("ListResource", calls.listResource),
    readDataSource: unary("ReadDataSource", calls.readDataSource),
    stopProvider: unary("StopProvider", calls.stopProvider),
  });
  server.addService(GRPCControllerService, {
    shutdown: unary("Shutdown", () => {
      // Only after the answer: otherwise Terraform waits two seconds and kills the process.
      setImmediate(onShutdown);
      return {};
    }),
  });
  // Both streams stay open and idle: logs go directly to standard error, and a provider needs no second connection.
  server.addService(GRPCStdioService, { streamStdio: () => undefined });
  server.addService(GRPCBrokerService, { startStream: () => undefined });
  server.addService(HealthService, {
    check: unary("Check", () => ({ status: HealthCheckResponse_ServingStatus.SERVING })),
  });

  // The listener terminates TLS and passes on a plain HTTP/2 connection.
  const injector = server.createConnectionInjector(ServerCredentials.createInsecure());
  return {
    accept: (socket) => injector.injectConnection(socket),
    close: () => server.forceShutdown(),
  };
}
