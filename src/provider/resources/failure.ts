/** Gladly's failures in words that a person can act on. */
import { GladlyRefusal, GladlyUnexpectedAnswer, GladlyUnreachable } from "../../vendors/gladly/errors";
import { OperationError } from "../protocol/diagnostics";
import { isLoopback } from "../protocol/schema/validator";
import type { Path } from "../protocol/values/path";

/** Runs calls to Gladly; a failure that is the same for every resource is explained here. */
export async function explained<T>(url: string, doing: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw explain(error, url, doing);
  }
}

/** The error as the user is to see it; errors that are not Gladly's are given back as they are. */
export function explain(error: unknown, url: string, doing: string, path?: Path): unknown {
  if (error instanceof GladlyUnreachable) {
    // A create is never repeated: it may have arrived although its answer was lost.
    const unsure = error.method === "POST" && !neverArrived(error);
    return new OperationError(
      unsure ? "Gladly did not answer" : "Gladly cannot be reached",
      unsure
        ? `${doing}: ${error.message}. It may have been created all the same: look in Gladly, and import it if it is there.`
        : `${doing}: ${error.message}. ${unreachableAdvice(url)}`,
      path,
      error,
    );
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
      // Nothing that is asked for without an id can be missing or have moved.
      const elsewhere = error.status === 404 || (error.status >= 300 && error.status < 400);
      const advice = elsewhere ? ` Is ${url} the address of a Gladly organization?` : "";
      return new OperationError("Gladly refused", `${doing}: ${error.message}.${advice}`, path, error);
    }
  }
}

/** No connection was made, so nothing can have been done. */
function neverArrived({ cause }: GladlyUnreachable): boolean {
  const code = typeof cause === "object" && cause !== null && "code" in cause ? cause.code : undefined;
  return code === "ECONNREFUSED" || code === "ENOTFOUND" || code === "EAI_AGAIN";
}

function unreachableAdvice(url: string): string {
  if (URL.canParse(url) && isLoopback(new URL(url).hostname)) {
    return "The address is this machine's own. Is the sandbox running? Start it with: npx relay sandbox";
  }
  return "Check the provider's `url` (or GLADLY_URL), the name lookup, and that this machine may reach it over https.";
}
