/** Selects and downloads Terraform, with real programs and a real server on this machine. */
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { createServer, type ServerResponse } from "node:http";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { zipOf } from "../../src/deploy/build/zip";
import { cachedTerraform, type DownloadProgress, downloadTerraform } from "../../src/terraform/download";
import { findEngine } from "../../src/terraform/engine";
import { platformOf } from "../../src/terraform/pinned";
import { type Loopback, loopback } from "../support/loopback";

const platform = platformOf() ?? "linux_amd64";
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "engine-"));
  mkdirSync(join(folder, "bin"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const script = (words: string) => `#!/bin/sh\necho "${words}"\n`;
function program(name: string, words: string): void {
  writeFileSync(join(folder, "bin", name), script(words));
  chmodSync(join(folder, "bin", name), 0o755);
}
const env = (more: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv => ({
  PATH: join(folder, "bin"),
  XDG_CACHE_HOME: join(folder, "cache"),
  RELAY_NO_DOWNLOAD: "1",
  ...more,
});

describe("which engine runs", () => {
  it.each([
    ["terraform before tofu", { terraform: "Terraform v1.11.4", tofu: "OpenTofu v1.12.6" }, {}, "Terraform", "1.11.4"],
    [
      "tofu if terraform is too old",
      { terraform: "Terraform v1.5.7", tofu: "OpenTofu v1.11.9" },
      {},
      "OpenTofu",
      "1.11.9",
    ],
    ["tofu if there is no terraform", { tofu: "OpenTofu v1.11.0" }, {}, "OpenTofu", "1.11.0"],
    ["a beta", { terraform: "Terraform v1.16.0-rc2" }, {}, "Terraform", "1.16.0-rc2"],
    [
      "the one that a variable names before others",
      { terraform: "Terraform v1.15.9", other: "OpenTofu v1.12.6" },
      { TERRAFORM_BINARY_NAME: "other" },
      "OpenTofu",
      "1.12.6",
    ],
    ["one whose version follows a warning", { tofu: "Warning: old file\\nOpenTofu v1.12.6" }, {}, "OpenTofu", "1.12.6"],
  ])("%s", async (_, programs, variables, name, version) => {
    for (const [file, words] of Object.entries(programs)) program(file, words);
    expect(await findEngine(env(variables))).toMatchObject({ name, version });
  });

  it("is reported in one message if it is missing: what was found, and what to install", async () => {
    program("terraform", "Terraform v1.5.7");
    await expect(findEngine(env())).rejects.toThrow(
      /^Terraform 1\.11 or later, or OpenTofu, is needed: `terraform` is Terraform 1\.5\.7, and there is no `tofu` on the PATH\.\n {2}RELAY_NO_DOWNLOAD=1 forbids a download\. Install Terraform from https:.*$/,
    );
  });

  it("is always the one that a variable names", async () => {
    program("terraform", "Terraform v1.11.4");
    await expect(findEngine(env({ TERRAFORM_BINARY_NAME: "tofu" }))).rejects.toThrow(
      /^TERRAFORM_BINARY_NAME names `tofu`, and there is no `tofu` on the PATH\./,
    );
  });
});

describe("the download", () => {
  const terraform = script("Terraform v1.11.4");
  const archive = zipOf([
    { name: "LICENSE.txt", content: Buffer.from("words\n".repeat(1000)) },
    { name: "terraform", content: Buffer.from(terraform) },
  ]);
  const sha256 = createHash("sha256").update(archive).digest("hex");
  let answer: (response: ServerResponse) => void;
  let requests: string[];
  let server: Loopback;

  beforeEach(async () => {
    requests = [];
    answer = (response) => response.setHeader("content-length", archive.length).end(archive);
    server = await loopback((request, response) => {
      requests.push(request.url ?? "");
      answer(response);
    });
  });
  afterEach(() => server.close());

  const online = (more: NodeJS.ProcessEnv = {}) =>
    env({ RELAY_NO_DOWNLOAD: "", RELAY_TERRAFORM_MIRROR: server.url, ...more });
  const target = () => cachedTerraform(online(), platform);
  const download = (
    more: { readonly sha256?: string; readonly stallMs?: number; readonly env?: NodeJS.ProcessEnv } = {},
  ) => downloadTerraform({ env: online(), platform, sha256, tell: () => undefined, ...more });
  const nothingLeft = () => expect(readdirSync(join(target(), ".."))).toEqual([]);

  it("prints name, source and size, keeps the file, and does not run again", async () => {
    const progress: DownloadProgress[] = [];
    const find = () => findEngine(online(), { sha256, tell: (step) => progress.push(step) });
    expect(await find()).toEqual({ binary: target(), name: "Terraform", version: "1.11.4" });
    const url = `${server.url}/terraform/1.11.4/terraform_1.11.4_${platform}.zip`;
    expect(progress[0]).toEqual({ url, to: target(), done: 0, total: archive.length });
    expect(progress.at(-1)?.done).toBe(archive.length);
    expect(readdirSync(join(target(), ".."))).toEqual(["terraform"]);
    await find();
    expect(requests).toHaveLength(1);
  });

  it("is refused when its checksum is not the pinned checksum", async () => {
    await expect(downloadTerraform({ env: online(), platform, tell: () => undefined })).rejects.toThrow(
      /its SHA-256 is [0-9a-f]{64}, not [0-9a-f]{64}\. It was deleted/,
    );
    nothingLeft();
  });

  it("leaves no incomplete file when it is cut, and works the next time", async () => {
    answer = (response) => {
      response.setHeader("content-length", archive.length);
      response.write(archive.subarray(0, 100), () => response.destroy());
    };
    await expect(download()).rejects.toThrow(/cannot be downloaded from http/);
    nothingLeft();
    answer = (response) => response.end(archive);
    expect(readFileSync(await download(), "utf8")).toBe(terraform);
  });

  it("fails when the server stops sending", async () => {
    answer = (response) => {
      response.setHeader("content-length", archive.length);
      response.write(archive.subarray(0, 100));
    };
    await expect(download({ stallMs: 300 })).rejects.toThrow(/Body Timeout/);
    nothingLeft();
  });

  it("names the status of a server that refuses", async () => {
    answer = (response) => response.writeHead(403).end();
    await expect(download()).rejects.toThrow(/the server answered 403\.$/);
    nothingLeft();
  });

  it("runs once when it is started twice", async () => {
    answer = (response) => setTimeout(() => response.end(archive), 300);
    const [one, other] = await Promise.all([download(), download()]);
    expect(one).toBe(other);
    expect(requests).toHaveLength(1);
  });

  it("continues after a process that died during it", async () => {
    mkdirSync(join(target(), ".."), { recursive: true });
    const gone = execFileSync(process.execPath, ["-p", "process.pid"], { encoding: "utf8" }).trim();
    writeFileSync(join(target(), "..", "lock"), gone);
    expect(existsSync(await download())).toBe(true);
  });

  it("uses the proxy of the environment variables", async () => {
    const hosts: string[] = [];
    const connects = createServer().on("connect", (request, socket) => {
      hosts.push(request.url ?? "");
      const [, port = ""] = (request.url ?? "").split(":");
      // Only the proxy knows that name. A request to this machine is direct, whatever the variable says.
      const onward = connect(Number(port), "127.0.0.1", () => {
        socket.write("HTTP/1.1 200 Connection Established\r\n\r\n");
        onward.pipe(socket).pipe(onward);
      });
      for (const end of [onward, socket]) end.on("error", () => undefined);
    });
    await using proxy = await loopback(connects);
    const behind = server.url.replace("127.0.0.1", "mirror.example");
    const env = { HTTP_PROXY: `127.0.0.1:${proxy.port}`, RELAY_TERRAFORM_MIRROR: behind, NO_PROXY: "10.0.0.0/8" };
    await download({ env: online(env) });
    expect(hosts).toEqual([behind.replace("http://", "")]);
  });

  it("names a variable without a valid proxy address", async () => {
    const env = { HTTP_PROXY: "socks5://p:1", RELAY_TERRAFORM_MIRROR: "http://mirror.example" };
    await expect(download({ env: online(env) })).rejects.toThrow(/HTTP_PROXY must be the address of an http/);
    nothingLeft();
  });

  it("names a cache folder that is not writable, and the variable for another", async () => {
    writeFileSync(join(folder, "file"), "");
    const env = online({ XDG_CACHE_HOME: join(folder, "file") });
    await expect(findEngine(env, { sha256 })).rejects.toThrow(
      /Terraform 1\.11\.4 would be kept in .*file.*, which cannot be written: .*\. XDG_CACHE_HOME names another folder\.\n {2}Install/,
    );
    expect(requests).toEqual([]);
  });

  it("says offline in one message what to install", async () => {
    await server.close();
    await expect(findEngine(online())).rejects.toThrow(
      /cannot be downloaded from .*ECONNREFUSED.*\n {2}Install Terraform from/s,
    );
    nothingLeft();
  });
});
