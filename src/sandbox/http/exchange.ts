/** One request and its answer, without sockets, so that tests need no server. */
import type { IncomingHttpHeaders, ServerResponse } from "node:http";

export interface Call {
  readonly method: string;
  /** As sent, still percent-encoded. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  /** The requested host with its port, from the request target or else the `Host` header. */
  readonly host: string | undefined;
  /** The port that received the request. */
  readonly port: number | undefined;
  readonly body: Buffer;
}

export type Reply =
  | {
      readonly kind: "answer";
      readonly status: number;
      readonly headers: Readonly<Record<string, string>>;
      readonly body: string;
    }
  /** Server-sent events: `open` takes the response, which stays open. */
  | { readonly kind: "stream"; readonly open: (response: ServerResponse) => void }
  /** The connection is closed without an answer. */
  | { readonly kind: "cut" };

/** A JSON answer. */
export function json(status: number, value: unknown, headers: Readonly<Record<string, string>> = {}): Reply {
  return {
    kind: "answer",
    status,
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify(value),
  };
}

/** A text answer of the given content type. */
export function text(status: number, contentType: string, body: string): Reply {
  return { kind: "answer", status, headers: { "content-type": contentType }, body };
}

/** An answer without a body. */
export function empty(status: number, headers: Readonly<Record<string, string>> = {}): Reply {
  return { kind: "answer", status, headers, body: "" };
}
