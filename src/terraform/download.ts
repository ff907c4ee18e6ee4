/** Downloads the pinned Terraform into the user's cache, checked and atomically, and only once if started twice. */
import { createHash } from "node:crypto";
import { createWriteStream, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { chmod } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { setTimeout as delay } from "node:timers/promises";
import { fileFault, systemCode } from "../contract/file-fault";
import { proxyFor } from "../contract/proxy";
import { PINNED_TERRAFORM, type Platform } from "./pinned";
import { isAlive } from "./process";

/** The download failed. The message says what happened and what to do. */
export class DownloadFailed extends Error {
  override readonly name = "DownloadFailed";
}

export interface DownloadOptions {
  readonly env: NodeJS.ProcessEnv;
  readonly platform: Platform;
  /** SHA-256 of the archive, in hexadecimal. @default the pinned one */
  readonly sha256?: string;
  /** Milliseconds without data after which the download is aborted. @default 30000 */
  readonly stallMs?: number;
  /** Called with what is downloaded, from where and how large, and then with the progress. */
  readonly tell: (progress: DownloadProgress) => void;
}

export interface DownloadProgress {
  readonly url: string;
  readonly to: string;
  /** Bytes. */
  readonly done: number;
  /** Bytes; undefined if the server does not say. */
  readonly total?: number;
}

const { version } = PINNED_TERRAFORM;

/** Path of a downloaded Terraform: in `XDG_CACHE_HOME`, else in the system's cache folder. */
export function cachedTerraform(env: NodeJS.ProcessEnv, platform: Platform): string {
  const caches = env.XDG_CACHE_HOME || join(homedir(), process.platform === "darwin" ? "Library/Caches" : ".cache");
  return join(caches, "gladly-stella-relay", "terraform", version, platform, "terraform");
}

/**
 * The path of the downloaded Terraform. `RELAY_TERRAFORM_MIRROR` names another server than releases.hashicorp.com with
 * the same paths; `HTTPS_PROXY`, `NO_PROXY` and `NODE_EXTRA_CA_CERTS` are honoured.
 *
 * @throws DownloadFailed; nothing half-written is left
 */
export async function downloadTerraform(options: DownloadOptions): Promise<string> {
  const target = cachedTerraform(options.env, options.platform);
  const folder = join(target, "..");
  const unlock = await prepare(folder, () => existsSync(target));
  if (unlock === undefined) return target;
  const archive = join(folder, `terraform.zip.${process.pid}`);
  const binary = `${target}.${process.pid}`;
  try {
    await fetchArchive(archive, target, options);
    await unpack(archive, binary);
    await chmod(binary, 0o755);
    renameSync(binary, target);
    return target;
  } finally {
    rmSync(archive, { force: true });
    rmSync(binary, { force: true });
    unlock();
  }
}

/** @returns undefined when another process has finished the work */
async function prepare(folder: string, isDone: () => boolean): Promise<(() => void) | undefined> {
  try {
    mkdirSync(folder, { recursive: true });
    return await lock(join(folder, "lock"), isDone);
  } catch (error) {
    throw new DownloadFailed(
      `Terraform ${version} would be kept in ${folder}, which cannot be written: ${fileFault(error) ?? causeOf(error)}. ` +
        "XDG_CACHE_HOME names another folder.",
    );
  }
}

async function fetchArchive(archive: string, to: string, options: DownloadOptions): Promise<void> {
  const { env, platform, tell, stallMs = 30_000 } = options;
  const server = (env.RELAY_TERRAFORM_MIRROR || "https://releases.hashicorp.com").replace(/\/+$/, "");
  const url = `${server}/terraform/${version}/terraform_${version}_${platform}.zip`;
  const { Agent, fetch, ProxyAgent }: typeof import("undici") = require("undici");
  const timeouts = { bodyTimeout: stallMs, headersTimeout: stallMs, connectTimeout: stallMs };
  const proxy = proxyOf(url, env);
  const dispatcher = proxy === undefined ? new Agent(timeouts) : new ProxyAgent({ ...timeouts, uri: proxy.href });
  const hash = createHash("sha256");
  let done = 0;
  try {
    const response = await fetch(url, { dispatcher });
    if (!response.ok || response.body === null) throw new Error(`the server answered ${response.status}`);
    const length = Number(response.headers.get("content-length"));
    const total = length > 0 ? { total: length } : {};
    tell({ url, to, done, ...total });
    const counted = async function* (chunks: AsyncIterable<Uint8Array>) {
      for await (const chunk of chunks) {
        hash.update(chunk);
        done += chunk.length;
        tell({ url, to, done, ...total });
        yield chunk;
      }
    };
    await pipeline(Readable.fromWeb(response.body), counted, createWriteStream(archive, { mode: 0o600 }));
  } catch (error) {
    throw new DownloadFailed(`Terraform ${version} cannot be downloaded from ${url}: ${causeOf(error)}.`);
  } finally {
    await dispatcher.destroy();
  }
  const expected = options.sha256 ?? PINNED_TERRAFORM.sha256[platform];
  const actual = hash.digest("hex");
  if (actual === expected) return;
  throw new DownloadFailed(
    `What ${url} answers is not Terraform ${version}: its SHA-256 is ${actual}, not ${expected}. It was deleted. A proxy ` +
      "or a mirror may have answered something else.",
  );
}

/** @throws DownloadFailed if the address or the proxy variable is invalid */
function proxyOf(url: string, env: NodeJS.ProcessEnv): URL | undefined {
  try {
    return proxyFor(new URL(url), env);
  } catch (error) {
    throw new DownloadFailed(`Terraform ${version} cannot be downloaded from ${url}: ${causeOf(error)}.`);
  }
}

/** Extracts the only needed file of the archive. */
async function unpack(archive: string, to: string): Promise<void> {
  const { openPromise }: typeof import("yauzl") = require("yauzl");
  const zip = await openPromise(archive);
  try {
    for await (const entry of zip.eachEntry()) {
      if (entry.fileName !== "terraform") continue;
      await pipeline(await zip.openReadStreamPromise(entry), createWriteStream(to));
      return;
    }
    throw new DownloadFailed(`The archive of Terraform ${version} holds no terraform.`);
  } finally {
    zip.close();
  }
}

/**
 * Waits for another process that is downloading.
 *
 * @returns undefined if that process has finished the download
 */
async function lock(file: string, isDone: () => boolean): Promise<(() => void) | undefined> {
  for (;;) {
    if (isDone()) return undefined;
    try {
      writeFileSync(file, `${process.pid}`, { flag: "wx" });
      return () => rmSync(file, { force: true });
    } catch (error) {
      if (systemCode(error) !== "EEXIST") throw error;
    }
    if (isAbandoned(file)) rmSync(file, { force: true });
    else await delay(100);
  }
}

/** Whether the lock's process has ended. */
function isAbandoned(file: string): boolean {
  let pid: number;
  try {
    pid = Number(readFileSync(file, "utf8"));
  } catch {
    // The owner has just finished.
    return false;
  }
  // The file was created, but its process id is not written yet.
  if (pid === 0) return false;
  return !isAlive(pid);
}

/** The message of the root cause: fetch itself says only "fetch failed". */
function causeOf(error: unknown): string {
  if (typeof error !== "object" || error === null) return String(error);
  if ("cause" in error && error.cause !== undefined) return causeOf(error.cause);
  const message = "message" in error ? String(error.message) : "";
  return message || String(("code" in error && error.code) || "unknown error");
}
