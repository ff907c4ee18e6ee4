import { X509Certificate } from "node:crypto";
import { once } from "node:events";
import { existsSync, mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import type { Socket } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { connect, type TLSSocket } from "node:tls";
import { credentials, type ServiceError, status } from "@grpc/grpc-js";
import { HealthClient } from "../../../src/provider/protocol/generated/health";
import { GRPCControllerClient, GRPCStdioClient } from "../../../src/provider/protocol/generated/plugin";
import { ProviderClient } from "../../../src/provider/protocol/generated/tfplugin6";
import { createLogger } from "../../../src/provider/protocol/log";
import { defineProvider } from "../../../src/provider/protocol/provider";
import { createCalls } from "../../../src/provider/protocol/rpc/calls";
import { Session } from "../../../src/provider/protocol/rpc/session";
import { type Certificate, createCertificate } from "../../../src/provider/protocol/transport/certificate";
import { crashText } from "../../../src/provider/protocol/transport/crash";
import { createGrpcServer } from "../../../src/provider/protocol/transport/grpc";
import { handshakeLine, readInvitation, VersionMismatch } from "../../../src/provider/protocol/transport/handshake";
import { type Listener, listen } from "../../../src/provider/protocol/transport/listener";
import { loopback } from "../../support/loopback";

const COOKIE = "d602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2";

describe("the handshake", () => {
  it("is only for Terraform: without its cookie there is no handshake", () => {
    expect(readInvitation({})).toBeUndefined();
    expect(readInvitation({ TF_PLUGIN_MAGIC_COOKIE: "other" })).toBeUndefined();
  });

  it("reads certificate, socket folder and ports", () => {
    const environment = { TF_PLUGIN_MAGIC_COOKIE: COOKIE, PLUGIN_PROTOCOL_VERSIONS: "6,5" };
    expect(readInvitation(environment)).toEqual({
      clientCertificate: undefined,
      socketFolder: undefined,
      ports: undefined,
    });
    const more = {
      PLUGIN_CLIENT_CERT: "pem",
      PLUGIN_UNIX_SOCKET_DIR: "/d",
      PLUGIN_MIN_PORT: "10000",
      PLUGIN_MAX_PORT: "25000",
    };
    expect(readInvitation({ ...environment, ...more })).toEqual({
      clientCertificate: "pem",
      socketFolder: "/d",
      ports: { from: 10000, to: 25000 },
    });
  });

  it("refuses a Terraform without a common protocol version, and names the required one", () => {
    const old = { TF_PLUGIN_MAGIC_COOKIE: COOKIE, PLUGIN_PROTOCOL_VERSIONS: "4,5" };
    expect(() => readInvitation(old)).toThrow(VersionMismatch);
    expect(() => readInvitation(old)).toThrow(/4, 5; this provider speaks 6/);
  });

  it("answers one line of six fields, the certificate without padding", () => {
    const { der } = createCertificate();
    const fields = handshakeLine({ network: "unix", path: "/tmp/s" }, der).split("|");
    expect(fields.slice(0, 5)).toEqual(["1", "6", "unix", "/tmp/s", "grpc"]);
    expect(fields[5]).not.toContain("=");
    expect(Buffer.from(fields[5] ?? "", "base64").equals(der)).toBe(true);
    expect(handshakeLine({ network: "tcp", host: "127.0.0.1", port: 1 }, undefined)).toBe("1|6|tcp|127.0.0.1:1|grpc|");
  });
});

describe("the certificate", () => {
  it("is self-signed for localhost, on P-256, and valid from one minute ago for one day", () => {
    const now = new Date("2026-03-01T12:00:00Z");
    const { certificate, der } = createCertificate(now);
    const read = new X509Certificate(certificate);
    expect(read.raw.equals(der)).toBe(true);
    expect(read.verify(read.publicKey)).toBe(true);
    expect(read.ca).toBe(true);
    expect(read.checkHost("localhost")).toBe("localhost");
    expect(read.publicKey.asymmetricKeyDetails?.namedCurve).toBe("prime256v1");
    expect(new Date(read.validFrom)).toEqual(new Date("2026-03-01T11:59:00Z"));
    expect(new Date(read.validTo)).toEqual(new Date("2026-03-02T12:00:00Z"));
    expect(read.keyUsage).toEqual(["1.3.6.1.5.5.7.3.1", "1.3.6.1.5.5.7.3.2"]);
  });

  it("is different each time, with a serial number that DER allows", () => {
    const serials = Array.from({ length: 50 }, () => new X509Certificate(createCertificate().certificate).serialNumber);
    expect(new Set(serials).size).toBe(50);
  });

  it("is also valid after 2049, when the date format changes", () => {
    const read = new X509Certificate(createCertificate(new Date("2055-06-01T00:00:00Z")).certificate);
    expect(new Date(read.validTo).getUTCFullYear()).toBe(2055);
  });
});

describe("the listener", () => {
  const own = createCertificate();
  const client = createCertificate();
  let listener: Listener;
  let refusals: string[];
  let sockets: Socket[];

  beforeEach(async () => {
    refusals = [];
    sockets = [];
    listener = await listen({
      tls: { own, peer: client.certificate },
      onConnection: (socket) => void sockets.push(socket),
      onRefused: (reason) => void refusals.push(reason),
    });
  });
  afterEach(() => {
    for (const socket of sockets) socket.destroy();
    listener.close();
  });

  const dial = (certificate?: Certificate): TLSSocket =>
    connect({
      path: listener.address.network === "unix" ? listener.address.path : "",
      servername: "localhost",
      ca: own.certificate,
      ALPNProtocols: ["h2"],
      ...(certificate ? { cert: certificate.certificate, key: certificate.privateKey } : {}),
    });

  it("accepts only the announced client", async () => {
    const socket = dial(client);
    await once(socket, "secureConnect");
    expect(socket.authorized).toBe(true);
    socket.write("x");
    while (sockets.length === 0) await new Promise((resolve) => setImmediate(resolve));
    expect(refusals).toEqual([]);
    socket.destroy();
  });

  it.each([
    ["without a certificate", undefined, "the client has no certificate"],
    ["with another one of the same name", createCertificate(), "the client's certificate is not the one announced"],
  ])("refuses a client %s", async (_what, certificate, reason) => {
    const socket = dial(certificate);
    socket.on("error", () => undefined);
    await once(socket, "close");
    expect(refusals).toEqual([reason]);
    expect(sockets).toEqual([]);
  });

  it("has its socket in a private folder, and removes it at the end", () => {
    const { address } = listener;
    if (address.network !== "unix") throw new Error("no unix socket");
    expect(statSync(dirname(address.path)).mode & 0o077).toBe(0);
    expect(address.path.length).toBeLessThan(100);
    listener.close();
    expect(existsSync(dirname(address.path))).toBe(false);
  });

  it("creates its socket in Terraform's folder", async () => {
    const folder = mkdtempSync(join(tmpdir(), "sockets-"));
    const there = await listen({ socketFolder: folder, onConnection: () => undefined, onRefused: () => undefined });
    expect(there.address).toMatchObject({ path: expect.stringContaining(folder) });
    there.close();
    expect(readdirSync(folder)).toEqual([]);
    rmSync(folder, { recursive: true });
  });

  it("uses the next TCP port of the range when one is in use, only on loopback", async () => {
    await using taken = await loopback();
    const from = taken.port;
    const ignored = { onConnection: () => undefined, onRefused: () => undefined };
    const tcp = await listen({ ports: { from, to: from + 50 }, ...ignored });
    expect(tcp.address).toMatchObject({ network: "tcp", host: "127.0.0.1" });
    expect(tcp.address.network === "tcp" ? tcp.address.port : from).toBeGreaterThan(from);
    tcp.close();
    await expect(listen({ ports: { from, to: from }, ...ignored })).rejects.toThrow(/No free port/);
  });
});

describe("gRPC on such a connection", () => {
  it("answers calls, health and shutdown, keeps the standard streams open, and refuses other methods", async () => {
    const provider = defineProvider<Record<string, never>, string>({
      name: "empty",
      version: "1.0.0",
      address: "registry.terraform.io/test/empty",
      description: "has nothing",
      attributes: {},
      configure: async () => "client",
      resources: [],
      dataSources: [],
    });
    const log = createLogger("test", undefined);
    let shutDown = (): void => undefined;
    const ended = new Promise<void>((resolve) => {
      shutDown = resolve;
    });
    const server = createGrpcServer({ calls: createCalls(new Session(provider, log)), onShutdown: shutDown, log });
    const own = createCertificate();
    const peer = createCertificate();
    const listener = await listen({
      tls: { own, peer: peer.certificate },
      onConnection: server.accept,
      onRefused: () => undefined,
    });
    const target = `unix:${listener.address.network === "unix" ? listener.address.path : ""}`;
    const secure = credentials.createSsl(
      Buffer.from(own.certificate),
      Buffer.from(peer.privateKey),
      Buffer.from(peer.certificate),
    );
    const options = { "grpc.ssl_target_name_override": "localhost" };
    const client = new ProviderClient(target, secure, options);

    const metadata = await new Promise((resolve, reject) =>
      client.getMetadata({}, (error, response) => (error ? reject(error) : resolve(response))),
    );
    expect(metadata).toMatchObject({ resources: [], serverCapabilities: { getProviderSchemaOptional: true } });

    const health = new HealthClient(target, secure, options);
    const served = await new Promise((resolve) =>
      health.check({ service: "plugin" }, (_error, response) => resolve(response)),
    );
    expect(served).toEqual({ status: 1 });

    const unknown = await new Promise<ServiceError | null>((resolve) =>
      client.makeUnaryRequest(
        "/tfplugin6.Provider/NoSuchMethod",
        () => Buffer.alloc(0),
        (bytes) => bytes,
        null,
        (error) => resolve(error),
      ),
    );
    expect(unknown?.code).toBe(status.UNIMPLEMENTED);

    const streams = new GRPCStdioClient(target, secure, options).streamStdio({});
    let streamEnded = false;
    streams.on("end", () => {
      streamEnded = true;
    });
    streams.on("error", () => undefined);

    const controller = new GRPCControllerClient(target, secure, options);
    await new Promise((resolve, reject) =>
      controller.shutdown({}, (error, response) => (error ? reject(error) : resolve(response))),
    );
    await ended;
    expect(streamEnded).toBe(false);
    for (const open of [client, health, controller]) open.close();
    streams.cancel();
    server.close();
    listener.close();
  });
});

describe("the last output of a crashed provider", () => {
  it("starts as Terraform expects and contains the stack", () => {
    const text = crashText(new TypeError("made to fail"));
    expect(text).toMatch(/^panic: TypeError: made to fail\n\n/);
    expect(text).toContain("transport.system.test");
    expect(crashText("plain")).toBe("panic: plain\n\n\n");
  });
});
