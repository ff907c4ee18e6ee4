/** The real terminal: standard output, standard error, and signals to stop. */
import { writeSync } from "node:fs";
import { harmless } from "../report/printable";
import type { Terminal } from "./command";

/** The process's own streams and signals. */
export function processTerminal(): Terminal {
  const controller = new AbortController();
  const stop = () => controller.abort();
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, stop);
  // Another command started this one with a channel. End when that command has ended, for any reason.
  if (process.channel !== undefined) {
    process.channel?.unref();
    process.on("disconnect", stop);
  }
  return {
    out: (text) => write(1, harmless(text)),
    err: (text) => write(2, harmless(text)),
    env: process.env,
    stop: controller.signal,
    interactive: Boolean(process.stderr.isTTY),
    columns: process.stdout.isTTY ? process.stdout.columns : undefined,
    colour: Boolean(process.stdout.isTTY) && !process.env.NO_COLOR,
  };
}

/** Synchronous, so that nothing is lost if the process ends right after. A closed reader is not an error. */
function write(descriptor: number, text: string): void {
  let rest = Buffer.from(text);
  while (rest.length > 0) {
    try {
      rest = rest.subarray(writeSync(descriptor, rest));
    } catch (error) {
      const code = error instanceof Error && "code" in error ? error.code : undefined;
      if (code === "EAGAIN") continue;
      if (code === "EPIPE") return;
      throw error;
    }
  }
}
