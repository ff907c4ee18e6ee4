/** The part of AWS Secrets Manager that a plan reads: every secret has a value, which is never returned. */
import { json } from "node:stream/consumers";
import { z } from "zod";
import { type Loopback, loopback } from "../../../support/loopback";

const Call = z.looseObject({ SecretId: z.string() });

export function startSecretVersions(): Promise<Loopback> {
  return loopback(async (request, response) => {
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
}
