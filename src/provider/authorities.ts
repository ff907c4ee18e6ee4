/**
 * The trusted certificate authorities, found the way Go programs find them: the system's store, or SSL_CERT_FILE and
 * SSL_CERT_DIR instead; in addition NODE_EXTRA_CA_CERTS. Without a system store, those of Node.js.
 */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import * as tls from "node:tls";
import type { Logger } from "./protocol/log";

type Environment = Readonly<Record<string, string | undefined>>;

/** Where Linux distributions and BSDs have their store as one file. The first that exists is used. */
const STORES = [
  "/etc/ssl/certs/ca-certificates.crt",
  "/etc/pki/tls/certs/ca-bundle.crt",
  "/etc/ssl/ca-bundle.pem",
  "/etc/pki/tls/cacert.pem",
  "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem",
  "/etc/ssl/cert.pem",
  "/usr/local/etc/ssl/cert.pem",
];

/** PEM texts of all trusted authorities. Unreadable files are logged and skipped. */
export function authorities(environment: Environment, log: Logger): string[] {
  const { SSL_CERT_FILE: file, SSL_CERT_DIR: folders } = environment;
  const read = (path: string, variable?: string): string[] => {
    try {
      const text = readFileSync(path, "utf8");
      return text.includes("-----BEGIN ") ? [text] : [];
    } catch (error) {
      if (variable) log.warn(`${variable} cannot be read and is ignored`, { file: path, error: String(error) });
      return [];
    }
  };
  const named = file ? read(file, "SSL_CERT_FILE") : [];
  const listed = (folders ?? "").split(":").flatMap((folder) => {
    if (folder === "") return [];
    try {
      return readdirSync(folder).flatMap((name) => read(join(folder, name)));
    } catch (error) {
      log.warn("SSL_CERT_DIR cannot be read and is ignored", { folder, error: String(error) });
      return [];
    }
  });
  const store = file || folders ? [] : system(read);
  const extra = environment.GLADLY_EXTRA_CA_CERTS || environment.NODE_EXTRA_CA_CERTS;
  const found = [...named, ...listed, ...store];
  return [...(found.length > 0 ? found : tls.rootCertificates), ...(extra ? read(extra, "NODE_EXTRA_CA_CERTS") : [])];
}

/** The system's store, through Node.js if it supports that (from 22.15), because macOS has no file for it. */
function system(read: (path: string) => string[]): readonly string[] {
  const ask: unknown = "getCACertificates" in tls ? tls.getCACertificates : undefined;
  if (process.platform === "darwin" && typeof ask === "function") {
    const certificates: unknown = ask("system");
    if (Array.isArray(certificates)) return certificates.filter((item): item is string => typeof item === "string");
  }
  for (const path of STORES) {
    const found = read(path);
    if (found.length > 0) return found;
  }
  return [];
}
