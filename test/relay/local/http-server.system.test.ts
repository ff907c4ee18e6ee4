import { once } from "node:events";
import type { Server } from "node:http";
import { connect, type Socket } from "node:net";
import { createHttpServer, readTarget, respond } from "../../../src/relay/local/http-server";
import { listen, stopListening } from "../../../src/relay/local/listen";
import { eventually } from "../support/wait";

let server: Server | undefined;
const sockets: Socket[] = [];

afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy();
  server?.closeAllConnections();
  if (server !== undefined) await stopListening(server);
});

async function slowSender(url: string): Promise<Socket> {
  const socket = connect(Number(new URL(url).port), "127.0.0.1");
  sockets.push(socket);
  socket.on("error", () => undefined);
  await once(socket, "connect");
  socket.write("POST / HTTP/1.1\r\nhost: x\r\nx-slow: ");
  return socket;
}

test("slow senders are disconnected, so deliveries succeed with more slow senders than allowed connections", async () => {
  let crowded = 0;
  server = createHttpServer({
    handle: async (_request, response) => respond(response, 200, "ok\n"),
    crowded: () => {
      crowded += 1;
    },
    mostConnections: 20,
  });
  const url = await listen(server, 0);
  for (let sender = 0; sender < 60; sender += 1) {
    await slowSender(url);
    if (sender % 10 === 9) expect((await fetch(url, { headers: { connection: "close" } })).status).toBe(200);
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
  server = createHttpServer({
    handle: async ({ path }, response) => {
      if (path === "/held") await held;
      respond(response, 200, "ok\n");
    },
    mostConnections: 3,
  });
  const url = await listen(server, 0);
  const waiting = fetch(`${url}/held`);
  await once(server, "request");
  for (let sender = 0; sender < 9; sender += 1) await slowSender(url);
  expect((await fetch(url, { headers: { connection: "close" } })).status).toBe(200);
  release();
  expect((await waiting).status).toBe(200);
});

test("an exception in a handler is logged and answered 500", async () => {
  const errors: unknown[] = [];
  server = createHttpServer({
    handle: async () => {
      throw new Error("inside");
    },
    failed: (error) => errors.push(error),
  });
  const url = await listen(server, 0);
  expect((await fetch(url)).status).toBe(500);
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
