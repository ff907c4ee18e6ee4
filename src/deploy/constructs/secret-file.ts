/**
 * A secret in a file on this machine, as an expression that Terraform evaluates. The synthesized JSON, the plan and the state
 * contain the expression or nothing, never the value. Use it only for write-only arguments and for a provider's own settings.
 */
export function secretFile(path: string): string {
  const file = `"\${path.module}/${path}"`.replaceAll("\\", "/");
  // Without the file, the provider's next call fails with a message that says which server to start. That helps more than the
  // error of file(). The placeholder has no space, because the provider refuses a token with one.
  return `\${sensitive(fileexists(${file}) ? trimspace(file(${file})) : "there-is-no-secret-in-${path.split("/").pop()}")}`;
}
