/** The emulated SQS (with SNS) and DynamoDB, in a child process. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { z } from "zod";

const Ports = z.object({ sqs: z.number(), dynamoDb: z.number() });

/** Their ports on loopback. */
export interface Emulators extends z.infer<typeof Ports> {
  stop(): Promise<void>;
}

export async function startEmulators(): Promise<Emulators> {
  const child = spawn(process.execPath, [join(__dirname, "queue-and-table.mjs")], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  const exited = once(child, "exit");
  const failed = exited.then(([code]) => {
    throw new Error(`the SQS and DynamoDB emulators ended with ${code}`);
  });
  const [line] = await Promise.race([once(createInterface({ input: child.stdout }), "line"), failed]);
  failed.catch(() => undefined);
  const stop = async () => {
    child.stdin.end();
    await exited;
  };
  return { ...Ports.parse(JSON.parse(String(line))), stop };
}
