import { once } from "node:events";
import { connect } from "node:net";
import { createHttpServer, readTarget, respond } from "../../../src/relay/local/http-server";
import { type Loopback, loopback } from "../../support/loopback";
import { eventually } from "../support/wait";

let open: Loopback;
afterEach(() => open.close());

async function slowSender(): Promise<void> {
  const socket = connect(open.port, "127.0.0.1");
  socket.on("error", () => undefined);
  await once(socket, "connect");
  socket.write("POST / HTTP/1.1\r\nhost: x\r\nx-slow: ");
}

test("slow senders are disconnected, so deliveries succeed with more slow senders than allowed connections", async () => {
  let crowded = 0;
  const server = createHttpServer({
    handle: async (_request, response) => respond(response, 200, "ok\n"),
    crowded: () => {
      crowded += 1;
    },
    mostConnections: 20,
  });
  open = await loopback(server);
  for (let sender = 0; sender < 60; sender += 1) {
    await slowSender();
    if (sender % 10 === 9) expect((await fetch(open.url, { headers: { connection: "close" } })).status).toBe(200);
  }
  await eventually(
    () => crowded,
    (count) => count >= 40,
  );
});

test("a connection whose request is being answered is not disconnected", async () => {
  let release: () => void = () => undefined;
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  const server = createHttpServer({
    handle: async ({ path }, response) => {
      if (path === "/held") await held;
      respond(response, 200, "ok\n");
    },
    mostConnections: 3,
  });
  open = await loopback(server);
  const waiting = fetch(`${open.url}/held`);
  await once(server, "request");
  for (let sender = 0; sender < 9; sender += 1) await slowSender();
  expect((await fetch(open.url, { headers: { connection: "close" } })).status).toBe(200);
  release();
  expect((await waiting).status).toBe(200);
});

test("an exception in a handler is logged and answered 500", async () => {
  const errors: unknown[] = [];
  const server = createHttpServer({
    handle: async () => {
      throw new Error("inside");
    },
    failed: (error) => errors.push(error),
  });
  open = await loopback(server);
  expect((await fetch(open.url)).status).toBe(500);
  expect(errors).toEqual([new Error("inside")]);
});

test.each([
  ["/a?b=c", { path: "/a", host: "h" }],
  ["//", { path: "//", host: "h" }],
  ["*", { path: "*", host: "h" }],
  ["http://other:1/a?b", { path: "/a", host: "other:1" }],
  ["HTTPS://other", { path: "/", host: "other" }],
  ["http://other?b", { path: "/", host: "other" }],
  ["http://user@other/", undefined],
  ["http://", undefined],
  ["other:443", undefined],
  ["", undefined],
])("the target %s is read as in RFC 9112", (target, parts) => {
  const read = readTarget(target, "h");
  expect(read && { path: read.path, host: read.host }).toEqual(parts);
});
