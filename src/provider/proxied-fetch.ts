/**
 * `fetch` through a company's proxy. It is a separate file of the build, because it includes its own HTTP client and is
 * loaded only if a variable names a proxy (src/provider/https-fetch.ts).
 */
import { ProxyAgent, fetch as undiciFetch } from "undici";
import { basicAuthorization } from "../contract/basic-auth";

/** Maximum number of connections, as without a proxy. */
const CONNECTIONS = 16;

/** A fetch that sends all requests through the proxy, with the user name and password of the proxy's address. */
export function proxiedFetch(proxy: URL, ca: string[]): (url: URL, init: RequestInit) => Promise<Response> {
  const uri = `${proxy.protocol}//${proxy.host}`;
  const token = basicAuthorization(decodeURIComponent(proxy.username), decodeURIComponent(proxy.password));
  const dispatcher = new ProxyAgent({
    uri,
    ...(proxy.username === "" ? {} : { token }),
    requestTls: { ca },
    proxyTls: { ca },
    connections: CONNECTIONS,
  });
  return async (url, { method = "GET", headers, body, signal }) => {
    const answer = await undiciFetch(url, {
      method,
      redirect: "manual",
      dispatcher,
      headers: Object.fromEntries(new Headers(headers)),
      ...(typeof body === "string" ? { body } : {}),
      ...(signal ? { signal } : {}),
    });
    const empty = answer.status === 204 || answer.status === 205 || answer.status === 304;
    const content = await answer.arrayBuffer();
    return new Response(empty ? null : content, { status: answer.status, headers: [...answer.headers] });
  };
}
