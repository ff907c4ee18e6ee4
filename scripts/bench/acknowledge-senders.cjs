// Delivers events over raw connections, one at a time on each, and sends their times to the parent process. It uses raw
// connections because Node's HTTP client costs more than the measured servers.
const { connect } = require("node:net");

const [url, deliveries, connections] = process.argv.slice(2);
const port = Number(new URL(url).port);
const authorization = `Basic ${Buffer.from("connect:bench").toString("base64")}`;
const times = [];
let next = 0;
let open = Number(connections);
const begun = performance.now();

for (let connection = 0; connection < Number(connections); connection += 1) {
  const socket = connect(port, "127.0.0.1");
  socket.setNoDelay(true);
  let sent = 0;
  const deliver = () => {
    if (next >= Number(deliveries)) return socket.end();
    next += 1;
    const body = JSON.stringify({
      id: `event-${next}`,
      type: "CONVERSATION/CLOSED",
      timestamp: new Date().toISOString(),
      content: { customerId: `customer-${next}`, conversationId: `conversation-${next}` },
    });
    sent = performance.now();
    socket.write(
      `POST /v1/webhooks/gladly HTTP/1.1\r\nhost: x\r\nauthorization: ${authorization}\r\n` +
        `content-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body}`,
    );
  };
  let answer = "";
  socket.on("connect", deliver);
  socket.on("data", (part) => {
    answer += part.toString("latin1");
    if (!answer.endsWith("ok\n")) {
      if (!answer.startsWith("HTTP/1.1 200")) process.send({ failed: answer });
      return;
    }
    answer = "";
    times.push(performance.now() - sent);
    deliver();
  });
  socket.on("error", (error) => process.send({ failed: error.message }));
  socket.on("close", () => {
    open -= 1;
    if (open === 0) process.send({ times, seconds: (performance.now() - begun) / 1000 });
  });
}
