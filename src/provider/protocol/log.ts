/**
 * Structured logs on standard error, one JSON object per line, as Terraform's plugin host reads them. `TF_LOG` and
 * `TF_LOG_PROVIDER` set the level. Without them nothing is written.
 */
import { writeSync } from "node:fs";

const LEVELS = ["trace", "debug", "info", "warn", "error"] as const;
/** How important a line is, least important first. Terraform shows a line only at its own level or above. */
export type Level = (typeof LEVELS)[number];
/** The fields of a line besides its message. Never put a secret here without {@link maskedLogger}. */
export type Fields = Readonly<Record<string, string | number | boolean>>;

/** Writes lines that Terraform puts into its own log. */
export interface Logger {
  /** Single steps of one call. */
  trace(message: string, fields?: Fields): void;
  /** What a developer of the provider needs. */
  debug(message: string, fields?: Fields): void;
  /** What happened, once for each operation. */
  info(message: string, fields?: Fields): void;
  /** Something unexpected that did not fail the call. */
  warn(message: string, fields?: Fields): void;
  /** A bug in the provider, with its stack. */
  error(message: string, fields?: Fields): void;
}

/** The lowest level to write; undefined writes nothing. `JSON` is Terraform's name for "trace, as JSON". */
export function levelFrom(environment: Readonly<Record<string, string | undefined>>): Level | undefined {
  const asked = (environment.TF_LOG_PROVIDER || environment.TF_LOG || "").toLowerCase();
  if (asked === "" || asked === "off") return undefined;
  return LEVELS.find((level) => level === asked) ?? "trace";
}

/** The same logger, with every text passed through `mask`, because the secrets become known after the logger exists. */
export function maskedLogger(log: Logger, mask: (text: string) => string): Logger {
  const masked =
    (level: Level) =>
    (message: string, fields: Fields = {}) => {
      const clean = Object.entries(fields).map(([key, value]) => [
        key,
        typeof value === "string" ? mask(value) : value,
      ]);
      log[level](mask(message), Object.fromEntries(clean));
    };
  return {
    trace: masked("trace"),
    debug: masked("debug"),
    info: masked("info"),
    warn: masked("warn"),
    error: masked("error"),
  };
}

/** A logger of a module, such as `provider.gladly`. */
export function createLogger(
  module: string,
  least: Level | undefined,
  write: (line: string) => void = (line) => writeSync(2, line),
  now: () => Date = () => new Date(),
): Logger {
  const log =
    (level: Level) =>
    (message: string, fields: Fields = {}) => {
      if (least === undefined || LEVELS.indexOf(level) < LEVELS.indexOf(least)) return;
      write(
        `${JSON.stringify({
          ...fields,
          "@level": level,
          "@message": message,
          // The host parses a line only when its time has exactly six fraction digits (docs/vendors/terraform-provider.md trap 6).
          "@timestamp": now().toISOString().replace("Z", "000Z"),
          "@module": module,
        })}\n`,
      );
    };
  return { trace: log("trace"), debug: log("debug"), info: log("info"), warn: log("warn"), error: log("error") };
}
