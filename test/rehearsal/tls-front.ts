/**
 * The sandbox's Gladly with TLS: an environment on AWS accepts only https://, and no loopback address. On Linux 127.0.0.2 is
 * accepted and still this machine.
 */
import { execFileSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { request } from "node:http";
import { createServer, type Server } from "node:https";
import { join } from "node:path";

const HOST = "127.0.0.2";

/** Whether this machine can run the TLS proxy, which a rehearsal needs in addition to an emulator. */
export const isTlsPossible = process.platform === "linux" && ["/usr/bin/openssl", "/bin/openssl"].some(existsSync);

export class TlsFront {
  private constructor(
    private readonly server: Server,
    readonly url: string,
    /** A PEM file for NODE_EXTRA_CA_CERTS, which makes the certificate trusted. */
    readonly authority: string,
  ) {}

  /** @param folder for the key and the certificate */
  static async start(target: string, folder: string): Promise<TlsFront> {
    const [key, cert] = [join(folder, "key.pem"), join(folder, "cert.pem")];
    const subject = ["-subj", "/CN=rehearsal", "-addext", `subjectAltName=IP:${HOST}`, "-days", "2"];
    const kind = ["-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"];
    execFileSync("openssl", ["req", ...kind, ...subject, "-keyout", key, "-out", cert], { stdio: "ignore" });
    const server = createServer({ key: readFileSync(key), cert: readFileSync(cert) }, (from, to) => {
      const { method, headers, url } = from;
      const onward = request(new URL(url ?? "/", target), { ...(method === undefined ? {} : { method }), headers });
      onward.on("response", (answer) => {
        to.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(to);
      });
      onward.on("error", () => to.destroy());
      from.pipe(onward);
    });
    server.listen(0, HOST);
    await once(server, "listening");
    const address = server.address();
    if (address === null || typeof address === "string") throw new Error("the TLS server has no port");
    return new TlsFront(server, `https://${HOST}:${address.port}`, cert);
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}
