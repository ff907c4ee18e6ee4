/** A company's network: Gladly with TLS and a host name that only the required proxy can resolve. */
import { writeFileSync } from "node:fs";
import { createServer, request } from "node:http";
import { createServer as createTlsServer } from "node:https";
import { connect } from "node:net";
import { createCertificate } from "../../../src/provider/protocol/transport/certificate";
import { loopback } from "../../support/loopback";

/** Resolves nowhere: RFC 6761 reserves it. */
export const HOST = "gladly.example.test";

export interface CompanyNetwork {
  /** The proxy's address without its user and password. */
  readonly proxy: string;
  /** The same with them. */
  readonly proxyWithPassword: string;
  /** Gladly's address through the proxy. */
  readonly url: string;
  /** A local port of the same Gladly, with a certificate for another name. */
  readonly port: number;
  /** The targets requested from the proxy, such as `gladly.example.test:443`. */
  readonly asked: string[];
  close(): Promise<void>;
}

/**
 * @param upstream the address of the sandbox's Gladly
 * @param authority where to write the PEM of the authority that signed the certificate
 */
export async function companyNetwork(upstream: string, authority: string, password: string): Promise<CompanyNetwork> {
  const { certificate, privateKey } = createCertificate(new Date(), HOST);
  writeFileSync(authority, certificate);
  const tls = createTlsServer({ cert: certificate, key: privateKey }, (incoming, outgoing) => {
    const call = request(`${upstream}${incoming.url}`, { method: incoming.method, headers: incoming.headers });
    call.on("response", (answer) => answer.pipe(outgoing.writeHead(answer.statusCode ?? 0, answer.headers)));
    incoming.pipe(call);
  });
  const gladly = await loopback(tls);
  const asked: string[] = [];
  const connects = createServer().on("connect", (incoming, socket) => {
    asked.push(incoming.url ?? "");
    const expected = `Basic ${Buffer.from(`user:${password}`).toString("base64")}`;
    if (incoming.headers["proxy-authorization"] !== expected) {
      return void socket.end(`HTTP/1.1 407 Not with "${incoming.headers["proxy-authorization"]}"\r\n\r\n`);
    }
    const inner = connect(gladly.port, "127.0.0.1", () => {
      socket.write("HTTP/1.1 200 OK\r\n\r\n");
      socket.pipe(inner).pipe(socket);
    });
    inner.on("error", () => socket.destroy());
    socket.on("error", () => inner.destroy());
  });
  const proxy = await loopback(connects);
  return {
    asked,
    port: gladly.port,
    url: `https://${HOST}`,
    proxy: proxy.url,
    proxyWithPassword: `http://user:${encodeURIComponent(password)}@127.0.0.1:${proxy.port}`,
    close: async () => {
      await proxy.close();
      await gladly.close();
    },
  };
}
