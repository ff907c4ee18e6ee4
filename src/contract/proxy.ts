/**
 * Which proxy a request uses, by the rules of Go programs such as Terraform and other providers: HTTPS_PROXY, HTTP_PROXY and
 * NO_PROXY, or their names in lower case. Requests to this machine never use a proxy. No Node.js library supports networks
 * such as `10.0.0.0/8` in NO_PROXY.
 */
import { BlockList, isIP } from "node:net";

type Environment = Readonly<Record<string, string | undefined>>;

/** The proxy's address; undefined if the request needs none. @throws if the variable's address is invalid */
export function proxyFor(url: URL, environment: Environment): URL | undefined {
  const name = url.protocol === "https:" ? "HTTPS_PROXY" : "HTTP_PROXY";
  const proxy = environment[name] || environment[name.toLowerCase()];
  const host = url.hostname.replace(/^\[|\]$/g, "").toLowerCase();
  if (!proxy || host === "localhost" || host === "::1" || isInside(host, "127.0.0.0", 8)) return undefined;
  const port = url.port || (url.protocol === "https:" ? "443" : "80");
  const exceptions = (environment.NO_PROXY || environment.no_proxy || "").split(",");
  if (exceptions.some((exception) => excepts(exception.trim().toLowerCase(), host, port))) return undefined;
  const address = /^[a-z0-9+.-]+:\/\//i.test(proxy) ? proxy : `http://${proxy}`;
  const parsed = URL.canParse(address) ? new URL(address) : undefined;
  if (parsed && /^https?:$/.test(parsed.protocol)) return parsed;
  throw new Error(`${name} must be the address of an http or https proxy, such as http://proxy.example.com:3128`);
}

/** One entry of NO_PROXY: `*`, an address, a network as `10.0.0.0/8`, or a domain, each but the network with a port. */
function excepts(exception: string, host: string, port: string): boolean {
  if (exception === "") return false;
  if (exception === "*") return true;
  const network = /^(.+)\/(\d+)$/.exec(exception);
  if (network) return isIP(host) > 0 && isInside(host, network[1] ?? "", Number(network[2]));
  const [, name = exception, onlyPort] = /^(.*[^:]):(\d+)$/.exec(exception) ?? [];
  if (onlyPort !== undefined && onlyPort !== port) return false;
  const bare = name.replace(/^\[|\]$/g, "");
  if (isIP(bare) > 0) return bare === host;
  const domain = bare.replace(/^\*(?=\.)/, "");
  return domain.startsWith(".") ? host.endsWith(domain) : host === domain || host.endsWith(`.${domain}`);
}

function isInside(host: string, network: string, prefix: number): boolean {
  const family = isIP(network);
  if (family === 0 || family !== isIP(host) || prefix > (family === 4 ? 32 : 128)) return false;
  const list = new BlockList();
  const type = family === 4 ? "ipv4" : "ipv6";
  list.addSubnet(network, prefix, type);
  return list.check(host, type);
}
