/**
 * A secret that lies in a file on this machine, as an expression that Terraform evaluates itself: the synthesized
 * JSON, the plan and the state hold the expression or nothing, never the value. Give it only to write-only arguments
 * and to a provider's own settings.
 */
export function secretFile(path: string): string {
  const file = `"\${path.module}/${path}"`.replaceAll("\\", "/");
  // Without the file the call that follows fails with a diagnostic that names the server and what to start: more help
  // than the error of file(), which tells of a function. The value has no space in it: the provider refuses a token with one.
  return `\${sensitive(fileexists(${file}) ? trimspace(file(${file})) : "there-is-no-secret-in-${path.split("/").pop()}")}`;
}
