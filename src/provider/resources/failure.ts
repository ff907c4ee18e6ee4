/** Turns Gladly's failures into messages that say what to do. */
import { messageOf } from "../../contract/error-message";
import { GladlyRefusal, GladlyUnexpectedAnswer, GladlyUnreachable } from "../../vendors/gladly/errors";
import { type Diagnostics, OperationError } from "../protocol/diagnostics";
import { isLoopback } from "../protocol/schema/validator";
import type { Path } from "../protocol/values/path";

/** Runs calls to Gladly and explains failures that can happen to every resource. */
export async function explained<T>(url: string, doing: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw explain(error, url, doing);
  }
}

/** The error with a message for the user. Returns errors that are not Gladly's unchanged. */
export function explain(error: unknown, url: string, doing: string, path?: Path): unknown {
  if (error instanceof GladlyUnreachable) {
    const advice = unreachableAdvice(error, url);
    return new OperationError("Gladly cannot be reached", `${doing}: ${error.message}. ${advice}`, path, error);
  }
  if (error instanceof GladlyUnexpectedAnswer) {
    return new OperationError(
      "Gladly's answer is not understood",
      `${doing}: ${error.message}. Check that the provider's \`url\`, ${url}, is the address of a Gladly organization, and that nothing in between answers in its place.`,
      path,
      error,
    );
  }
  if (!(error instanceof GladlyRefusal)) return error;
  switch (error.status) {
    case 401:
      return new OperationError(
        "Gladly refused the user or the token",
        `${doing}: ${error.message}. Check the provider's \`user\` (the e-mail address of a Gladly user with the API User permission) and \`token\` (an API token of that same user in this same organization, ${url}), or GLADLY_USER and GLADLY_TOKEN.`,
        path,
        error,
      );
    case 403:
      return new OperationError(
        "Gladly does not permit this",
        `${doing}: ${error.message}. The user needs the API User permission.`,
        path,
        error,
      );
    case 429:
      return new OperationError(
        "Gladly is busy",
        `${doing}: ${error.message}. All clients of an organization share 10 requests a second, and the retries were not enough. Try again, or lower -parallelism.`,
        path,
        error,
      );
    default: {
      // A list cannot be missing or have moved, so the address is probably wrong.
      const elsewhere = error.status === 404 || (error.status >= 300 && error.status < 400);
      const advice = elsewhere ? ` Is ${url} the address of a Gladly organization?` : "";
      return new OperationError("Gladly refused", `${doing}: ${error.message}.${advice}`, path, error);
    }
  }
}

/**
 * Whether a failed create may have succeeded after all: the answer was lost, or something in front of Gladly answered instead.
 */
export function isAmbiguous(error: unknown): boolean {
  if (error instanceof GladlyUnreachable) return error.method === "POST" && !error.neverArrived;
  if (error instanceof GladlyRefusal) return error.method === "POST" && error.status >= 500;
  return error instanceof GladlyUnexpectedAnswer;
}

/** Runs a create. If it failed but may have succeeded, searches for the object. @returns the new object's id */
export async function createdOrFound(
  what: string,
  report: Diagnostics,
  create: () => Promise<string>,
  find: () => Promise<string | undefined>,
): Promise<string> {
  try {
    return await create();
  } catch (error) {
    if (!isAmbiguous(error)) throw error;
    const found = await find().catch(() => {
      throw new OperationError(
        "Gladly did not answer",
        `${messageOf(error)}. It may still have created the ${what}, and this could not be checked. Once Gladly answers again, look there for the ${what} and import it if it exists. Otherwise apply again.`,
        undefined,
        error,
      );
    });
    if (found === undefined) {
      throw new OperationError(
        "Gladly did not create it",
        `${messageOf(error)}. A check afterwards showed that Gladly does not have the ${what}: nothing was created. Apply again.`,
        undefined,
        error,
      );
    }
    report.warning(
      "Gladly's answer was lost",
      `${messageOf(error)}. Gladly had still created the ${what} (${found}), so it is managed here and was not created a second time.`,
    );
    return found;
  }
}

function unreachableAdvice(error: GladlyUnreachable, url: string): string {
  if (error.neverSent)
    return "All calls wait for Gladly's limit of requests a second. Raise the resource's `timeouts`.";
  if (error.timedOut) {
    return "Gladly, or something on the way, is slow. Try again, or raise the resource's `timeouts`.";
  }
  if (error.message.includes("through the proxy")) {
    return "Check HTTPS_PROXY and NO_PROXY, and whether that proxy lets this machine reach Gladly. If it replaces certificates with its own, set SSL_CERT_FILE or NODE_EXTRA_CA_CERTS to its authority's PEM file.";
  }
  if (error.tls) {
    return "The TLS connection failed. If your company's own authority signs the certificate, set SSL_CERT_FILE or NODE_EXTRA_CA_CERTS to its PEM file. If the other end does not support TLS, correct the provider's `url`.";
  }
  if (URL.canParse(url) && isLoopback(new URL(url).hostname)) {
    return "The address is this machine's own. Is the sandbox running? Start it with `npx relay sandbox`.";
  }
  return "Check the provider's `url` (or GLADLY_URL), DNS, and that this machine can reach it over https.";
}
