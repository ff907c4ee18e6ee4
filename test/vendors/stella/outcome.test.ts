import { classifyAnswer, classifyFailure, isProfileRefusal, namedRefusal } from "../../../src/vendors/stella/outcome";

test.each([
  [200, "accepted"],
  [202, "accepted"],
  [400, "refused"],
  [409, "refused"],
  [422, "refused"],
  [401, "misconfigured"],
  [403, "misconfigured"],
  [404, "misconfigured"],
  [405, "misconfigured"],
  [408, "unavailable"],
  [425, "unavailable"],
  [429, "unavailable"],
  [302, "refused"],
])("an answer of %i is %s", (status, kind) => {
  expect(classifyAnswer(status, "", null)).toMatchObject({ kind, status });
});

test.each([500, 502, 503, 504, 520, 599])(
  "after an answer %i it is unknown whether Stella accepted the request, because it may be from a gateway",
  (status) => {
    expect(classifyAnswer(status, "", null)).toEqual({ kind: "ambiguous", detail: `Stella answered ${status}` });
  },
);

test("503 with Retry-After is a temporary refusal by Stella, and can be sent again", () => {
  expect(classifyAnswer(503, "", "30")).toMatchObject({ kind: "unavailable", status: 503, retryAfterSeconds: 30 });
  expect(classifyAnswer(502, "", "30").kind).toBe("ambiguous");
});

test.each([
  ['{"error":"Employee not found"}', "Employee not found", true],
  ["employee profile not complete: r@example.com is Created", "Employee profile not complete", true],
  ["<p>DEACTIVATED EMPLOYEE</p>", "Deactivated employee", true],
  ['{"error":"Invalid customer"}', "Invalid customer", false],
  ["nothing that is known", undefined, false],
])("the refusal in %j is %s", (detail, name, profile) => {
  expect([namedRefusal(detail), isProfileRefusal(detail)]).toEqual([name, profile]);
});

test("Retry-After is used when it is a number of seconds", () => {
  expect(classifyAnswer(429, "", "7")).toMatchObject({ retryAfterSeconds: 7 });
  expect(classifyAnswer(503, "", "Sun, 01 Mar 2026 12:00:00 GMT")).not.toHaveProperty("retryAfterSeconds");
});

test("a readable part of a refusal's body is kept", () => {
  expect(classifyAnswer(400, "x".repeat(1000), null)).toMatchObject({ detail: "x".repeat(300) });
});

const caused = (code: string) => new TypeError("fetch failed", { cause: Object.assign(new Error(code), { code }) });

test.each(["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN", "UND_ERR_CONNECT_TIMEOUT", "CERT_HAS_EXPIRED"])(
  "after %s the request was not sent, and can be retried safely",
  (code) => {
    expect(classifyFailure(caused(code))).toEqual({ kind: "unavailable", detail: `no connection to Stella (${code})` });
  },
);

test.each(["ECONNRESET", "UND_ERR_SOCKET", "EPIPE", "UND_ERR_HEADERS_TIMEOUT"])(
  "after %s it is unknown whether Stella accepted the request",
  (code) => {
    expect(classifyFailure(caused(code))).toEqual({ kind: "ambiguous", detail: `no answer from Stella (${code})` });
  },
);

test("when all of several addresses refuse, the request was not sent", () => {
  const refused = Object.assign(new Error("refused"), { code: "ECONNREFUSED" });
  expect(classifyFailure(new TypeError("fetch failed", { cause: new AggregateError([refused, refused]) })).kind).toBe(
    "unavailable",
  );
});

test("a timeout, or a thrown value that is not an error, is ambiguous", () => {
  expect(classifyFailure(new DOMException("late", "TimeoutError")).kind).toBe("ambiguous");
  expect(classifyFailure("odd")).toEqual({ kind: "ambiguous", detail: "no answer from Stella (unknown)" });
});
