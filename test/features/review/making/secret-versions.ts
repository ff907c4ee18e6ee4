/** The part of AWS Secrets Manager that a plan reads: every secret has a value, which is never returned. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { json } from "node:stream/consumers";
import { z } from "zod";

export interface SecretVersions {
  readonly url: string;
  close(): void;
}

const Call = z.looseObject({ SecretId: z.string() });

export async function startSecretVersions(): Promise<SecretVersions> {
  const server = createServer(async (request, response) => {
    const { SecretId: id } = Call.parse(await json(request));
    const version = {
      VersionId: "v1",
      VersionStages: ["AWSCURRENT"],
      CreatedDate: 1795305600,
      LastAccessedDate: 1795305600,
    };
    response.writeHead(200, { "content-type": "application/x-amz-json-1.1" });
    response.end(JSON.stringify({ ARN: id, Name: id, Versions: [version] }));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, close: () => server.close() };
}
