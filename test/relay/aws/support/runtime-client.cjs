/**
 * A small client of Lambda's Runtime API: what AWS's own runtime does between a function and its host. It loads the
 * handler, asks for the next invocation, and posts what came of it (docs/vendors/aws-relay.md section 13).
 */
const { join } = require("node:path");

const api = `http://${process.env.AWS_LAMBDA_RUNTIME_API}/2018-06-01/runtime`;

async function post(path, value) {
  await (await fetch(`${api}/${path}`, { method: "POST", body: JSON.stringify(value) })).arrayBuffer();
}

function described(error) {
  return { errorType: error?.name ?? "Error", errorMessage: error?.message ?? String(error) };
}

function load() {
  const [file, name] = process.env._HANDLER.split(".");
  return require(join(process.env.LAMBDA_TASK_ROOT, `${file}.js`))[name];
}

async function main() {
  let handler;
  try {
    handler = load();
  } catch (error) {
    await post("init/error", described(error));
    process.exit(1);
  }
  for (;;) {
    const next = await fetch(`${api}/invocation/next`);
    const id = next.headers.get("lambda-runtime-aws-request-id");
    const deadline = Number(next.headers.get("lambda-runtime-deadline-ms"));
    const event = await next.json();
    try {
      const context = { awsRequestId: id, getRemainingTimeInMillis: () => deadline - Date.now() };
      await post(`invocation/${id}/response`, (await handler(event, context)) ?? null);
    } catch (error) {
      process.stderr.write(`${error?.stack ?? error}\n`);
      await post(`invocation/${id}/error`, described(error));
    }
  }
}

// The host is gone: so are we.
main().catch(() => process.exit(1));
