/** Arbitrary bytes for an HTTP port, and a client that sends them unchanged. */
import { connect } from "node:net";
import fc from "fast-check";

const token = fc.stringMatching(/^[A-Z]{1,8}$/);
const target = fc.oneof(
  fc.constantFrom(
    "/",
    "//",
    "/\\",
    "///x",
    "*",
    "",
    "?",
    "#",
    "http://",
    "http://[",
    "http://a:b@c/",
    "localhost:1",
    "//[",
  ),
  fc.constantFrom(
    "http://127.0.0.1/health",
    "HTTP://x/v1/webhooks/gladly?a",
    "/v1/webhooks/gladly",
    "/explain?limit=x",
  ),
  fc.string({ unit: "binary-ascii", maxLength: 60 }).map((text) => `/${text}`),
  fc.webUrl({ withQueryParameters: true, withFragments: true }),
  fc.nat(20_000).map((length) => `/${"a".repeat(length)}`),
);
const version = fc.constantFrom("HTTP/1.1", "HTTP/1.1", "HTTP/1.0", "HTTP/0.9", "HTTP/2.0", "HTTP/9.9", "http/1.1", "");
const header = fc.oneof(
  fc.constantFrom(
    ...[
      "host: x",
      "host: localhost",
      "host: 127.0.0.1",
      "host:",
      "host: a\r\nhost: b",
      "connection: close",
      "connection: upgrade",
    ],
    ...["upgrade: websocket", "upgrade: h2c", "expect: 100-continue", "expect: nonsense", "te: trailers", "trailer: x"],
    ...[
      "transfer-encoding: chunked",
      "transfer-encoding: gzip, chunked",
      "transfer-encoding : chunked",
      "transfer-encoding: xchunked",
    ],
    ...[
      "content-length: 0",
      "content-length: 5",
      "content-length: -1",
      "content-length: 5, 6",
      "content-length: 99999999999999999999",
    ],
    ...["authorization: Basic", "authorization: Basic Og==", "x-forwarded-for: ,,", "x: a\r\n b"],
  ),
  fc
    .tuple(fc.stringMatching(/^[a-z-]{1,12}$/), fc.string({ unit: "binary-ascii", maxLength: 80 }))
    .map((pair) => pair.join(": ")),
);
const body = fc.oneof(
  fc.constantFrom(
    "",
    "hello",
    "5\r\nhello\r\n0\r\n\r\n",
    "0\r\n\r\nGET //[ HTTP/1.1\r\n\r\n",
    "ffffffffffffffff\r\n",
    "-1\r\n",
  ),
  fc.string({ unit: "binary-ascii", maxLength: 200 }),
);
const request = fc
  .tuple(fc.oneof(fc.constantFrom("GET", "POST", "HEAD", "OPTIONS", "CONNECT", "PRI"), token), target, version)
  .chain(([method, where, protocol]) =>
    fc
      .tuple(fc.array(header, { maxLength: 6 }), body)
      .map(
        ([headers, text]) =>
          `${method} ${where} ${protocol}\r\n${headers.map((line) => `${line}\r\n`).join("")}\r\n${text}`,
      ),
  );

/** One connection's bytes: a request, several requests, half a request, another protocol, or noise. */
export const rawBytes: fc.Arbitrary<Buffer> = fc.oneof(
  { weight: 6, arbitrary: request.map((text) => Buffer.from(text, "latin1")) },
  {
    weight: 2,
    arbitrary: fc.array(request, { minLength: 2, maxLength: 4 }).map((list) => Buffer.from(list.join(""), "latin1")),
  },
  {
    weight: 2,
    arbitrary: fc.tuple(request, fc.double({ min: 0, max: 1, noNaN: true })).map(([text, share]) => {
      return Buffer.from(text.slice(0, Math.floor(text.length * share)), "latin1");
    }),
  },
  // The first bytes of TLS, HTTP/2, SOCKS and a proxy header.
  {
    weight: 1,
    arbitrary: fc
      .constantFrom(
        "16030100c8010000c40303",
        "505249202a20485454502f322e300d0a0d0a534d0d0a0d0a",
        "0501000000",
        "50524f58592054435034",
      )
      .map((hex) => Buffer.from(hex, "hex")),
  },
  { weight: 1, arbitrary: fc.uint8Array({ maxLength: 600 }).map((bytes) => Buffer.from(bytes)) },
);

/** How a connection ends: the sender half-closes it, waits for the answer, or aborts. */
export type Ending = "half-close" | "wait" | "reset";
export const ending: fc.Arbitrary<Ending> = fc.constantFrom("half-close", "half-close", "wait", "reset");

/** Sends the bytes. @returns what the server sent until it closed the connection or stopped sending */
export function sendRaw(port: number, bytes: Uint8Array, how: Ending = "half-close"): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1");
    let received = "";
    let silence: NodeJS.Timeout | undefined;
    const wait = (milliseconds: number) => {
      clearTimeout(silence);
      silence = setTimeout(() => socket.destroy(), milliseconds);
    };
    socket.on("data", (chunk) => {
      received += chunk.toString("latin1");
      if (how === "wait") wait(20);
    });
    socket.on("error", () => undefined);
    socket.on("close", () => {
      clearTimeout(silence);
      resolve(received);
    });
    socket.on("connect", () => {
      if (how === "half-close") socket.end(bytes);
      else if (how === "reset") socket.write(bytes, () => socket.resetAndDestroy());
      else socket.write(bytes);
      // The server waits for the rest of an incomplete request. This client does not.
      wait(how === "half-close" ? 5_000 : 40);
    });
  });
}
