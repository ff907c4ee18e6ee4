/** Explains system errors about files in plain language. */
import { messageOf } from "./error-message";
import { nearestFile } from "./near-file";

const WORDS: Readonly<Record<string, string>> = {
  ENOENT: "there is no such file or folder",
  EACCES: "you have no permission",
  EPERM: "you have no permission",
  EISDIR: "it is a folder",
  ENOTDIR: "a part of the path is not a folder",
  EEXIST: "it exists already",
  ENOSPC: "the disk is full",
  EDQUOT: "your quota of the disk is used up",
  EROFS: "the disk is read-only",
  EMFILE: "too many files are open",
  ENAMETOOLONG: "the name is too long",
  EADDRINUSE: "the port is in use",
};

/** @returns undefined for other errors */
export function fileFault(error: unknown): string | undefined {
  const code = systemCode(error);
  if (!/^E[A-Z]+$/.test(code) || typeof Reflect.get(Object(error), "syscall") !== "string") return undefined;
  return `${WORDS[code] ?? `the system says ${code}`}${code === "ENOENT" ? hint(error) : ""}`;
}

/** ` (did you mean …?)`, or nothing. */
function hint(error: unknown): string {
  const path: unknown = Reflect.get(Object(error), "path");
  const meant = typeof path === "string" ? nearestFile(path) : undefined;
  return meant === undefined ? "" : ` (did you mean ${meant}?)`;
}

/** The same for any error: other errors keep their own message. */
export function reasonOf(error: unknown): string {
  return fileFault(error) ?? messageOf(error);
}

/** The system's name of an error, such as ENOENT. An error need not be of this realm's class Error: jest has its own. */
export function systemCode(error: unknown): string {
  const code: unknown = Reflect.get(Object(error), "code");
  return typeof code === "string" ? code : "unknown";
}
