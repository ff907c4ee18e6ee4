/**
 * SQS (fauxqs) and DynamoDB (dynalite) on free loopback ports, in a process of their own: fauxqs is an ES module, and by
 * itself would listen on every interface. Prints the ports as one line of JSON; ends when its standard input does.
 */
import dynalite from "dynalite";
import { buildApp } from "fauxqs";

const app = buildApp({ logger: false });
await app.listen({ port: 0, host: "127.0.0.1" });

const table = dynalite({ createTableMs: 0 });
await new Promise((resolve) => table.listen(0, "127.0.0.1", resolve));

process.stdout.write(`${JSON.stringify({ sqs: app.server.address().port, dynamoDb: table.address().port })}\n`);
process.stdin.on("end", () => process.exit(0)).resume();
