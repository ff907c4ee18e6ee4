import { defaultScenario } from "../../../src/sandbox/default-scenario";
import { type Sandbox, type Scenario, startSandbox } from "../../../src/sandbox/sandbox";
import { ActiveProfiles, StellaEmployees } from "../../../src/vendors/stella/employees";
import { StellaReadFailed, signToken } from "../../../src/vendors/stella/read";
import { type Loopback, loopback } from "../../support/loopback";

const seconds = () => Date.now() / 1000;

describe("the sandbox's Stella", () => {
  let sandbox: Sandbox;
  const key = { apiKey: "production-key", apiSecret: "sandbox-stella-api-secret" };
  const credentials = {
    gladlyUser: "relay@example.com",
    gladlyToken: "token",
    stellaTestKey: "test-key",
    stellaProductionKey: "production-key",
  };

  beforeAll(async () => {
    // 1,203 active profiles are three of Stella's largest pages.
    const many = Array.from({ length: 1201 }, (_value, index) => ({
      id: `agent-${index}`,
      name: `Agent ${index}`,
      emailAddress: `agent.${index}@example.com`,
      stellaProfile: "Active" as const,
    }));
    const scenario: Scenario = { ...defaultScenario, agents: [...defaultScenario.agents, ...many] };
    sandbox = await startSandbox({ credentials, scenario });
  });

  afterAll(() => sandbox.close());

  test("exactly the active profiles of all pages are read", async () => {
    const profiles = await new StellaEmployees({ baseUrl: `${sandbox.stella.url}/` }).active(key, seconds);
    expect(profiles.size).toBe(1203);
    expect(profiles.has("agent.0@example.com")).toBe(true);
    expect(profiles.has("agent.1200@example.com")).toBe(true);
    expect(profiles.has("robin.roe@example.com")).toBe(true);
    // Pending Review.
    expect(profiles.has("kim.novice@example.com")).toBe(false);
  });

  test("a key without permission to read is reported with Stella's answer", async () => {
    const employees = new StellaEmployees({ baseUrl: sandbox.stella.url });
    await expect(employees.active({ ...key, apiKey: "test-key" }, seconds)).rejects.toThrow(
      new StellaReadFailed("Stella answered 403 to GET /v2/employees"),
    );
    await expect(employees.active({ ...key, apiSecret: "another" }, seconds)).rejects.toThrow("Stella answered 403");
  });
});

describe("pages", () => {
  let server: Loopback;
  let url: string;
  let asked: { readonly url: string; readonly token: string | undefined }[];
  let answers: unknown[];
  const key = { apiKey: "the-key", apiSecret: "the-secret" };

  beforeEach(async () => {
    asked = [];
    server = await loopback((request, response) => {
      asked.push({ url: request.url ?? "", token: request.headers.authorization });
      const answer = answers[Math.min(asked.length, answers.length) - 1];
      response.end(typeof answer === "string" ? answer : JSON.stringify(answer));
    });
    url = server.url;
  });

  afterEach(() => server.close());

  const page = (email: string, next: unknown) => ({
    employees: [{ email, custom_employee_id: "1", new_field: {} }, { email: null }, {}],
    meta: { next_page: next, total: 3 },
    more: true,
  });

  test("each next page is fetched by Stella's address or path, with a new token", async () => {
    answers = [
      page("a@example.com", `${url}/v2/employees?after=1`),
      page("b@example.com", "/v2/employees?external_id=2"),
      page(" c@example.com ", null),
    ];
    let now = 99;
    const profiles = await new StellaEmployees({ baseUrl: url }).active(key, () => (now += 1));
    expect(["a", "b", "c"].every((name) => profiles.has(`${name}@example.com`))).toBe(true);
    expect(profiles.size).toBe(3);
    expect(asked.map((call) => call.url)).toEqual([
      "/v2/employees?status=active&number_of_employees=500",
      "/v2/employees?after=1",
      "/v2/employees?external_id=2",
    ]);
    expect(asked.map((call) => call.token)).toEqual([100, 101, 102].map((at) => signToken("the-secret", at)));
  });

  test.each([
    ["another host", () => "https://elsewhere.example.com/v2/employees?after=1"],
    ["another port", () => "http://127.0.0.1:9/v2/employees?after=1"],
    ["another host by a path", () => "//elsewhere.example.com/v2/employees"],
    ["no address at all", () => "http://"],
  ])("a next page on %s is not fetched, because the key would be sent there", async (_case, next) => {
    answers = [page("a@example.com", next()), page("b@example.com", null)];
    await expect(new StellaEmployees({ baseUrl: url }).active(key, seconds)).rejects.toThrow(
      `the next page that Stella names for GET /v2/employees is not on ${url}`,
    );
    expect(asked).toHaveLength(1);
  });

  test("a cycle of pages ends", async () => {
    answers = [page("a@example.com", "?after=1"), page("b@example.com", "?after=1")];
    await expect(new StellaEmployees({ baseUrl: url }).active(key, seconds)).rejects.toThrow("lead in a circle");
  });

  test("an answer without the list is reported with the missing field, and without the key", async () => {
    answers = [{ data: [] }];
    const error: unknown = await new StellaEmployees({ baseUrl: url })
      .active(key, seconds)
      .catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(StellaReadFailed);
    expect(String(error)).toContain("employees");
    expect(String(error)).not.toMatch(/the-key|the-secret/);
  });
});

test("addresses are compared exactly except for surrounding spaces, and a difference only in case is reported", () => {
  const profiles = new ActiveProfiles([" Robin.Roe@example.com", ""]);
  expect(profiles.size).toBe(1);
  expect(profiles.has("Robin.Roe@example.com ")).toBe(true);
  expect(profiles.has("robin.roe@example.com")).toBe(false);
  expect(profiles.differsByCase("robin.roe@example.com ")).toBe("Robin.Roe@example.com");
  expect(profiles.differsByCase("Robin.Roe@example.com")).toBeUndefined();
  expect(profiles.differsByCase("sam@example.com")).toBeUndefined();
});
