import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import type { RequestListener } from "node:http";
import { createServer } from "node:https";
import type { Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { createFetch } from "../../src/provider/https-fetch";
import { createLogger } from "../../src/provider/protocol/log";
import { createCertificate } from "../../src/provider/protocol/transport/certificate";
import { type Loopback, loopback } from "../support/loopback";
import { companyNetwork } from "./support/company-network";

const silent = createLogger("test", undefined);
const servers: Loopback[] = [];
const folder = mkdtempSync(join(tmpdir(), "authorities-"));

afterAll(async () => {
  for (const server of servers) await server.close();
  rmSync(folder, { recursive: true });
});

async function serve(answers?: RequestListener | Server): Promise<Loopback> {
  const server = await loopback(answers);
  servers.push(server);
  return server;
}

const echo: RequestListener = async (request, response) => {
  const body = await text(request);
  if (request.url === "/moved") response.writeHead(301, { location: "/elsewhere" }).end("moved");
  else if (request.url === "/nothing") response.writeHead(204).end();
  else response.writeHead(200, { "x-method": request.method ?? "" }).end(body);
};

describe("the provider's fetch", () => {
  it("sends a body with its length in bytes, and does not follow redirects", async () => {
    const fetch = createFetch({ log: silent, environment: {} });
    const { url: base } = await serve(echo);
    const posted = await fetch(`${base}/`, { method: "POST", body: "grüße" });
    expect(posted.headers.get("x-method")).toBe("POST");
    expect(await posted.text()).toBe("grüße");
    const moved = await fetch(`${base}/moved`);
    expect([moved.status, moved.headers.get("location"), await moved.text()]).toEqual([301, "/elsewhere", "moved"]);
    expect((await fetch(`${base}/nothing`, { method: "DELETE" })).status).toBe(204);
  });

  it("trusts a company's certificate authority only when configured", async () => {
    const { certificate, privateKey } = createCertificate();
    const { port } = await serve(createServer({ cert: certificate, key: privateKey }, echo));
    const address = `https://localhost:${port}/`;
    const file = join(folder, "own.pem");
    writeFileSync(file, certificate);
    await expect(createFetch({ log: silent, environment: {} })(address)).rejects.toThrow(
      /self-signed|unable to verify/,
    );
    expect((await createFetch({ log: silent, environment: { NODE_EXTRA_CA_CERTS: file } })(address)).status).toBe(200);
    await expect(
      createFetch({ log: silent, environment: { NODE_EXTRA_CA_CERTS: join(folder, "missing.pem") } })(address),
    ).rejects.toThrow(/self-signed|unable to verify/);
  });

  it("ends with the reason when it is aborted", async () => {
    const { url: base } = await serve();
    const reason = new Error("enough");
    const controller = new AbortController();
    const asked = createFetch({ log: silent, environment: {} })(base, { signal: controller.signal });
    controller.abort(reason);
    await expect(asked).rejects.toBe(reason);
  });

  it("logs method, path, status and time, and never a header or a body", async () => {
    const lines: string[] = [];
    const log = createLogger("test", "debug", (line) => void lines.push(line));
    const { url: base } = await serve(echo);
    await createFetch({ log, environment: {} })(`${base}/x?q=canary`, {
      method: "POST",
      body: "canary",
      headers: { authorization: "canary" },
    });
    expect(lines).toHaveLength(1);
    expect(JSON.parse(lines[0] ?? "")).toMatchObject({ method: "POST", path: "/x", status: 200 });
    expect(lines.join()).not.toContain("canary");
  });

  it("trusts SSL_CERT_FILE and SSL_CERT_DIR instead of the system's store", async () => {
    const { certificate, privateKey } = createCertificate();
    const { port } = await serve(createServer({ cert: certificate, key: privateKey }, echo));
    const address = `https://localhost:${port}/`;
    const authorities = join(folder, "authorities");
    mkdirSync(authorities);
    const file = join(authorities, "own.pem");
    writeFileSync(file, certificate);
    for (const environment of [{ SSL_CERT_FILE: file }, { SSL_CERT_DIR: `/nowhere:${authorities}` }]) {
      expect((await createFetch({ log: silent, environment })(address)).status).toBe(200);
    }
  });

  it("uses the proxy of a variable, and names it in errors", async () => {
    const { url: upstream } = await serve(echo);
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
      await network.close();
    }
  });
});
