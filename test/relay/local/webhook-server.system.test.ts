import { once } from "node:events";
import type { Server } from "node:http";
import { connect } from "node:net";
import { RELAY_WEBHOOK_PATH } from "../../../src/contract/webhook-address";
import type { Delivery, IngestStatus } from "../../../src/relay/ingest";
import { createWebhookServer, KEPT_BODY } from "../../../src/relay/local/webhook-server";
import { type Loopback, loopback } from "../../support/loopback";

let server: Server;
let open: Loopback;
let seen: { authorization: Delivery["authorization"]; length: number; truncated: boolean }[];
let answer: IngestStatus;
let reads: boolean;

beforeEach(async () => {
  [seen, answer, reads] = [[], 200, true];
  server = createWebhookServer(async (delivery) => {
    if (!reads) return answer;
    const { bytes, truncated } = await delivery.body();
    seen.push({ authorization: delivery.authorization, length: bytes.length, truncated });
    return answer;
  });
  open = await loopback(server);
});

afterEach(() => open.close());

const post = (body: string | Uint8Array, path = RELAY_WEBHOOK_PATH) =>
  fetch(`${open.url}${path}`, { method: "POST", body });

/** Sends bytes unchanged. @returns what the server sent until it closed the connection */
async function raw(bytes: string): Promise<string> {
  const socket = connect(open.port, "127.0.0.1");
  let received = "";
  socket.on("data", (chunk) => {
    received += chunk.toString();
  });
  socket.on("error", () => undefined);
  socket.write(bytes);
  await once(socket, "close");
  return received;
}

test.each([200, 401, 503] as const)("the sender gets the answer %i", async (status) => {
  answer = status;
  const response = await post("{}");
  expect(response.status).toBe(status);
  expect(response.headers.get("www-authenticate")).toBe(status === 401 ? 'Basic realm="relay"' : null);
});

test("only POST to the webhook's path is a delivery, and a query is ignored", async () => {
  expect((await fetch(`${open.url}${RELAY_WEBHOOK_PATH}`)).status).toBe(405);
  expect((await post("{}", "/")).status).toBe(404);
  expect(seen).toEqual([]);
  expect((await post("{}", `${RELAY_WEBHOOK_PATH}?a=b`)).status).toBe(200);
});

test("a body of one megabyte is complete, a longer one is cut, and both are accepted", async () => {
  expect((await post(new Uint8Array(KEPT_BODY))).status).toBe(200);
  expect((await post(new Uint8Array(KEPT_BODY + 1))).status).toBe(200);
  expect(seen.map(({ length, truncated }) => ({ length, truncated }))).toEqual([
    { length: KEPT_BODY, truncated: false },
    { length: KEPT_BODY, truncated: true },
  ]);
});

test("two Authorization headers are recognized", async () => {
  const headers = "authorization: Basic YQ==\r\nauthorization: Basic Yg==\r\nconnection: close\r\n";
  await raw(`POST ${RELAY_WEBHOOK_PATH} HTTP/1.1\r\nhost: x\r\n${headers}content-length: 2\r\n\r\n{}`);
  expect(seen[0]?.authorization).toEqual(["Basic YQ==", "Basic Yg=="]);
});

test("a refused sender's body is not read, and its connection is closed", async () => {
  [answer, reads] = [401, false];
  const received = await raw(`POST ${RELAY_WEBHOOK_PATH} HTTP/1.1\r\nhost: x\r\ncontent-length: 1000000\r\n\r\n{`);
  expect(received).toMatch(/^HTTP\/1.1 401 /);
  expect(received.toLowerCase()).toContain("connection: close");
});

test("headers beyond 16 KB are refused before anything is read", async () => {
  const received = await raw(`POST ${RELAY_WEBHOOK_PATH} HTTP/1.1\r\nhost: x\r\nx: ${"y".repeat(20_000)}\r\n\r\n`);
  expect(received).toMatch(/^HTTP\/1.1 431 /);
  expect(seen).toEqual([]);
});

test("a request that is aborted is not a delivery", async () => {
  const socket = connect(open.port, "127.0.0.1");
  socket.write(`POST ${RELAY_WEBHOOK_PATH} HTTP/1.1\r\nhost: x\r\ncontent-length: 100\r\n\r\n{`);
  await once(server, "request");
  socket.destroy();
  expect((await post("{}")).status).toBe(200);
  expect(seen).toHaveLength(1);
});
