/** The part of AWS Secrets Manager that `relay secrets` uses, over HTTP on loopback, for AWS's own client. */
import { json } from "node:stream/consumers";
import { z } from "zod";
import { type Loopback, loopback } from "../../../support/loopback";

const Call = z.looseObject({ SecretId: z.string(), SecretString: z.string().optional() });

export interface SecretsManager extends Loopback {
  /** Values by name. Undefined for a secret without a value. */
  readonly values: Map<string, string | undefined>;
  /** Names of secrets that are scheduled for deletion. */
  readonly deleted: Set<string>;
  /** Actions that were called. */
  readonly calls: string[];
}

export async function startSecretsManager(...containers: readonly string[]): Promise<SecretsManager> {
  const values = new Map<string, string | undefined>(containers.map((name) => [name, undefined]));
  const deleted = new Set<string>();
  const calls: string[] = [];
  const server = await loopback(async (request, response) => {
    const action = String(request.headers["x-amz-target"]).split(".").at(-1) ?? "";
    const { SecretId: id, SecretString: value } = Call.parse(await json(request));
    calls.push(`${action} ${id}`);
    const answer = (status: number, body: object) =>
      response.writeHead(status, { "content-type": "application/x-amz-json-1.1" }).end(JSON.stringify(body));
    const known = values.get(id);
    if (!values.has(id) || (action === "GetSecretValue" && known === undefined)) {
      return answer(400, { __type: "ResourceNotFoundException", Message: "Secrets Manager can't find it." });
    }
    if (deleted.has(id)) {
      // AWS's error text (test/rehearsal/emulator/changes.py).
      const Message = "You can't perform this operation on the secret because it was marked for deletion.";
      if (action !== "DescribeSecret") return answer(400, { __type: "InvalidRequestException", Message });
      return answer(200, { Name: id, VersionIdsToStages: { v1: ["AWSCURRENT"] }, DeletedDate: 1797897600 });
    }
    if (action === "PutSecretValue") {
      values.set(id, value);
      return answer(200, { Name: id });
    }
    if (action === "GetSecretValue") return answer(200, { Name: id, SecretString: known });
    const stages =
      known === undefined ? {} : { VersionIdsToStages: { v1: ["AWSCURRENT"] }, LastChangedDate: 1795305600 };
    return answer(200, { Name: id, ...stages });
  });
  return { ...server, values, deleted, calls };
}
