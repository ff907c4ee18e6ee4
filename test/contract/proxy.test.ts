import { proxyFor } from "../../src/contract/proxy";

const through = (url: string, environment: Record<string, string>) =>
  proxyFor(new URL(url), environment)?.href ?? "straight";
const HTTPS_PROXY = "http://proxy.example.com:3128";

describe("the proxy of a request", () => {
  it.each([
    ["no variable", "https://a.example.com", {}, "straight"],
    ["HTTPS_PROXY", "https://a.example.com", { HTTPS_PROXY }, `${HTTPS_PROXY}/`],
    ["its name in lower case", "https://a.example.com", { https_proxy: HTTPS_PROXY }, `${HTTPS_PROXY}/`],
    ["an address without a scheme", "https://a.example.com", { HTTPS_PROXY: "p:1" }, "http://p:1/"],
    ["HTTP_PROXY for https", "https://a.example.com", { HTTP_PROXY: HTTPS_PROXY }, "straight"],
    ["this machine", "https://localhost:8443", { HTTPS_PROXY }, "straight"],
    ["this machine by its address", "https://127.0.0.1", { HTTPS_PROXY }, "straight"],
    ["this machine by its address of version 6", "https://[::1]:8443", { HTTPS_PROXY }, "straight"],
    ["an exception for all", "https://a.example.com", { HTTPS_PROXY, NO_PROXY: "*" }, "straight"],
    ["an exception for the domain", "https://a.example.com", { HTTPS_PROXY, NO_PROXY: "x, example.com" }, "straight"],
    ["an exception for domains below", "https://a.example.com", { HTTPS_PROXY, no_proxy: ".example.com" }, "straight"],
    [
      "which is not the domain itself",
      "https://example.com",
      { HTTPS_PROXY, NO_PROXY: ".example.com" },
      `${HTTPS_PROXY}/`,
    ],
    ["a star below a domain", "https://a.example.com", { HTTPS_PROXY, NO_PROXY: "*.example.com" }, "straight"],
    ["the end of another name", "https://badexample.com", { HTTPS_PROXY, NO_PROXY: "example.com" }, `${HTTPS_PROXY}/`],
    ["an exception for its port", "https://a.example.com", { HTTPS_PROXY, NO_PROXY: "a.example.com:443" }, "straight"],
    ["another port", "https://a.example.com", { HTTPS_PROXY, NO_PROXY: "a.example.com:80" }, `${HTTPS_PROXY}/`],
    ["a network", "https://10.1.2.3", { HTTPS_PROXY, NO_PROXY: "10.0.0.0/8" }, "straight"],
    ["another network", "https://11.1.2.3", { HTTPS_PROXY, NO_PROXY: "10.0.0.0/8,not/8" }, `${HTTPS_PROXY}/`],
    ["an address of version 6", "https://[2001:db8::1]", { HTTPS_PROXY, NO_PROXY: "2001:db8::/32" }, "straight"],
  ])("is chosen as Go programs do: %s", (_name, url, environment, expected) => {
    expect(through(url, environment)).toBe(expected);
  });

  it.each(["socks5://p:1", "http://"])("is refused with the variable's name when it is invalid: %s", (address) => {
    expect(() => through("https://a.example.com", { HTTPS_PROXY: address })).toThrow(/^HTTPS_PROXY must be/);
  });
});
