import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type RequestListener } from "node:http";
import { createServer as createTlsServer } from "node:https";
import type { AddressInfo, Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createFetch } from "../../src/provider/https-fetch";
import { createLogger } from "../../src/provider/protocol/log";
import { createCertificate } from "../../src/provider/protocol/transport/certificate";
import { companyNetwork } from "./support/company-network";

const silent = createLogger("test", undefined);
const servers: Server[] = [];
const folder = mkdtempSync(join(tmpdir(), "authorities-"));

afterAll(() => {
  for (const server of servers) server.close();
  rmSync(folder, { recursive: true });
});

async function serve(server: Server): Promise<number> {
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address: AddressInfo | string | null = server.address();
  if (typeof address !== "object" || address === null) throw new Error("not listening");
  return address.port;
}

const echo: RequestListener = (request, response) => {
  let body = "";
  request.on("data", (chunk) => {
    body += String(chunk);
  });
  request.on("end", () => {
    if (request.url === "/moved") response.writeHead(301, { location: "/elsewhere" }).end("moved");
    else if (request.url === "/nothing") response.writeHead(204).end();
    else response.writeHead(200, { "x-method": request.method ?? "" }).end(body);
  });
};

describe("the provider's fetch", () => {
  it("sends a body with its length in bytes, and does not follow redirects", async () => {
    const fetch = createFetch({ log: silent, environment: {} });
    const base = `http://127.0.0.1:${await serve(createServer(echo))}`;
    const posted = await fetch(`${base}/`, { method: "POST", body: "grüße", headers: { connection: "close" } });
    expect(posted.headers.get("x-method")).toBe("POST");
    expect(await posted.text()).toBe("grüße");
    const moved = await fetch(`${base}/moved`, { headers: { connection: "close" } });
    expect([moved.status, moved.headers.get("location"), await moved.text()]).toEqual([301, "/elsewhere", "moved"]);
    expect((await fetch(`${base}/nothing`, { method: "DELETE", headers: { connection: "close" } })).status).toBe(204);
  });

  it("trusts a company's certificate authority only when configured", async () => {
    const { certificate, privateKey } = createCertificate();
    const address = `https://localhost:${await serve(createTlsServer({ cert: certificate, key: privateKey }, echo))}/`;
    const file = join(folder, "own.pem");
    writeFileSync(file, certificate);
    const init = { headers: { connection: "close" } };
    await expect(createFetch({ log: silent, environment: {} })(address, init)).rejects.toThrow(
      /self-signed|unable to verify/,
    );
    expect((await createFetch({ log: silent, environment: { NODE_EXTRA_CA_CERTS: file } })(address, init)).status).toBe(
      200,
    );
    await expect(
      createFetch({ log: silent, environment: { NODE_EXTRA_CA_CERTS: join(folder, "missing.pem") } })(address, init),
    ).rejects.toThrow(/self-signed|unable to verify/);
  });

  it("ends with the reason when it is aborted", async () => {
    const base = `http://127.0.0.1:${await serve(createServer(() => undefined))}`;
    const reason = new Error("enough");
    const controller = new AbortController();
    const asked = createFetch({ log: silent, environment: {} })(base, { signal: controller.signal });
    controller.abort(reason);
    await expect(asked).rejects.toBe(reason);
  });

  it("logs method, path, status and time, and never a header or a body", async () => {
    const lines: string[] = [];
    const log = createLogger("test", "debug", (line) => void lines.push(line));
    const base = `http://127.0.0.1:${await serve(createServer(echo))}`;
    await createFetch({ log, environment: {} })(`${base}/x?q=canary`, {
      method: "POST",
      body: "canary",
      headers: { authorization: "canary", connection: "close" },
    });
    expect(lines).toHaveLength(1);
    expect(JSON.parse(lines[0] ?? "")).toMatchObject({ method: "POST", path: "/x", status: 200 });
    expect(lines.join()).not.toContain("canary");
  });

  it("trusts SSL_CERT_FILE and SSL_CERT_DIR instead of the system's store", async () => {
    const { certificate, privateKey } = createCertificate();
    const address = `https://localhost:${await serve(createTlsServer({ cert: certificate, key: privateKey }, echo))}/`;
    const authorities = join(folder, "authorities");
    mkdirSync(authorities);
    const file = join(authorities, "own.pem");
    writeFileSync(file, certificate);
    const init = { headers: { connection: "close" } };
    for (const environment of [{ SSL_CERT_FILE: file }, { SSL_CERT_DIR: `/nowhere:${authorities}` }]) {
      expect((await createFetch({ log: silent, environment })(address, init)).status).toBe(200);
    }
  });

  it("uses the proxy of a variable, and names it in errors", async () => {
    const upstream = `http://127.0.0.1:${await serve(createServer(echo))}`;
    const file = join(folder, "company.pem");
    const network = await companyNetwork(upstream, file, "canary-proxy");
    try {
      const environment = { HTTPS_PROXY: network.proxyWithPassword, SSL_CERT_FILE: file };
      const posted = await createFetch({ log: silent, environment })(`${network.url}/`, {
        method: "POST",
        body: "grüße",
      });
      expect([posted.status, posted.headers.get("x-method"), await posted.text()]).toEqual([200, "POST", "grüße"]);
      expect((await createFetch({ log: silent, environment })(`${network.url}/nothing`)).status).toBe(204);
      expect(network.asked[0]).toBe("gladly.example.test:443");
      const without = createFetch({ log: silent, environment: { ...environment, HTTPS_PROXY: network.proxy } });
      await expect(without(network.url)).rejects.toThrow(/through the proxy http:\/\/127\.0\.0\.1:\d+: .*407/);
      const excepted = createFetch({ log: silent, environment: { ...environment, NO_PROXY: "example.test" } });
      await expect(excepted(network.url)).rejects.toThrow(/ENOTFOUND|EAI_AGAIN/);
    } finally {
      network.close();
    }
  });
});
