/** How Terraform starts a plugin: variables in, one line out (docs/vendors/terraform-provider.md section 3). */

/** Shows a plugin that Terraform started it, not a person. */
const MAGIC_COOKIE = "d602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2";

/** The only supported protocol version. Every Terraform since 1.0 and every OpenTofu supports it. */
export const PROTOCOL_VERSION = 6;

type Environment = Readonly<Record<string, string | undefined>>;

/** What Terraform tells a plugin in its environment. */
export interface Invitation {
  /** Terraform's certificate as PEM; undefined for plain text. */
  readonly clientCertificate: string | undefined;
  /** Folder for the socket, if Terraform names one. */
  readonly socketFolder: string | undefined;
  /** The range of TCP ports, for systems without unix sockets. */
  readonly ports: { readonly from: number; readonly to: number } | undefined;
}

/** Terraform and this provider have no protocol version in common. */
export class VersionMismatch extends Error {
  override readonly name = "VersionMismatch";
}

/** Reads Terraform's request; undefined if Terraform did not start this process. */
export function readInvitation(environment: Environment): Invitation | undefined {
  if (environment.TF_PLUGIN_MAGIC_COOKIE !== MAGIC_COOKIE) return undefined;
  const versions = (environment.PLUGIN_PROTOCOL_VERSIONS ?? "").split(",").filter((version) => version !== "");
  if (versions.length > 0 && !versions.includes(String(PROTOCOL_VERSION))) {
    throw new VersionMismatch(
      `Terraform speaks plugin protocol ${versions.join(", ")}; this provider speaks ${PROTOCOL_VERSION}. Terraform 1.11 or later is needed.`,
    );
  }
  const from = Number(environment.PLUGIN_MIN_PORT || Number.NaN);
  const to = Number(environment.PLUGIN_MAX_PORT || Number.NaN);
  return {
    clientCertificate: environment.PLUGIN_CLIENT_CERT || undefined,
    socketFolder: environment.PLUGIN_UNIX_SOCKET_DIR || undefined,
    ports: Number.isInteger(from) && Number.isInteger(to) ? { from, to } : undefined,
  };
}

/** Where the provider listens. */
export type Address =
  | { readonly network: "unix"; readonly path: string }
  | { readonly network: "tcp"; readonly host: string; readonly port: number };

/** The address for the handshake line: a path, or `host:port`. */
export function formatAddress(address: Address): string {
  return address.network === "unix" ? address.path : `${address.host}:${address.port}`;
}

/** The line that must be the first on standard output. The certificate is base64 without padding. */
export function handshakeLine(address: Address, certificate: Buffer | undefined): string {
  const encoded = certificate ? certificate.toString("base64").replace(/=+$/, "") : "";
  return `1|${PROTOCOL_VERSION}|${address.network}|${formatAddress(address)}|grpc|${encoded}`;
}
