/** Errors and warnings for the user, each with the attribute that it is about. */
import { type AttributePath, Diagnostic_Severity, type Diagnostic as Message } from "./generated/tfplugin6";
import { formatPath, type Path } from "./values/path";

/** One error or warning, as Terraform shows it to the user. */
export interface Diagnostic {
  /** An error fails the call; a warning does not. */
  readonly severity: "error" | "warning";
  /** One line. */
  readonly summary: string;
  /** What happened, what was expected, what to do next. */
  readonly detail: string;
  /** The attribute that it is about. @default the whole block */
  readonly path?: Path;
}

/** Collects the diagnostics of one call. */
export class Diagnostics {
  private readonly gathered: Diagnostic[] = [];

  /** Adds an error. The call then fails when it ends. */
  error(summary: string, detail: string, path?: Path): void {
    this.add("error", summary, detail, path);
  }

  /** Adds a warning. Terraform shows it and continues. */
  warning(summary: string, detail: string, path?: Path): void {
    this.add("warning", summary, detail, path);
  }

  /** Everything so far, in the order in which it was added. */
  get diagnostics(): readonly Diagnostic[] {
    return this.gathered;
  }

  /** Whether there is at least one error. */
  get failed(): boolean {
    return this.gathered.some(({ severity }) => severity === "error");
  }

  private add(severity: Diagnostic["severity"], summary: string, detail: string, path?: Path): void {
    this.gathered.push({ severity, summary, detail, ...(path ? { path } : {}) });
  }
}

/** Ends an operation with one error for the user. Any other exception is a bug in the provider. */
export class OperationError extends Error {
  override readonly name = "OperationError";
  constructor(
    /** One line. */
    readonly summary: string,
    /** What happened, what was expected, what to do next. */
    readonly detail: string,
    /** The attribute that it is about. @default the whole block */
    readonly path?: Path,
    cause?: unknown,
  ) {
    super(`${summary}: ${detail}`, { cause });
  }
}

/**
 * The wire form. Terraform finds the line of an attribute, or of an element directly inside it, but points at the whole block
 * for a longer path (docs/vendors/terraform-provider.md trap 2). So the path is cut, and the text contains it in full.
 */
export function diagnosticMessage({ severity, summary, detail, path = [] }: Diagnostic): Message {
  const [first, second] = path;
  const found = [...(first ? [first] : []), ...(second && !("attribute" in second) ? [second] : [])];
  return {
    severity: severity === "error" ? Diagnostic_Severity.ERROR : Diagnostic_Severity.WARNING,
    summary,
    detail: found.length < path.length ? `${detail}\n\nAt ${formatPath(path)}.` : detail,
    attribute: found.length > 0 ? pathMessage(found) : undefined,
  };
}

/** A path in the protocol's form, which has one step each for attribute, map key and list index. */
export function pathMessage(path: Path): AttributePath {
  return {
    steps: path.map((step) => {
      if ("attribute" in step) return { selector: { $case: "attributeName", value: step.attribute } };
      if ("key" in step) return { selector: { $case: "elementKeyString", value: step.key } };
      return { selector: { $case: "elementKeyInt", value: BigInt(step.index) } };
    }),
  };
}
