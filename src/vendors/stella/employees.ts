/**
 * Whose profile Stella has approved: `GET /v2/employees` (docs/vendors/stella-connect-api.md section 7).
 *
 * Answers contain no status. Only the list that is filtered with `status=active` shows which profiles are active, so the whole
 * list is read.
 */
import * as z from "zod/mini";
import { readStella, type StellaReaderOptions, StellaReadFailed, type StellaReadKey, stellaAddress } from "./read";

const optional = <T extends z.ZodMiniType>(schema: T) => z.optional(z.nullable(schema));

const EmployeePage = z.looseObject({
  employees: z.array(z.looseObject({ email: optional(z.string()) })),
  meta: optional(z.looseObject({ next_page: optional(z.string()) })),
});

/** Employees in one answer: Stella's largest. */
const PAGE = 500;
const CALL = "GET /v2/employees";

/** The agents for whom Stella accepts surveys, by e-mail address. */
export class ActiveProfiles {
  private readonly exact: ReadonlySet<string>;
  private readonly anyCase: ReadonlyMap<string, string>;

  constructor(emails: readonly string[]) {
    const trimmed = emails.map((email) => email.trim()).filter((email) => email !== "");
    this.exact = new Set(trimmed);
    this.anyCase = new Map(trimmed.map((email) => [email.toLowerCase(), email]));
  }

  /** How many profiles are active. */
  get size(): number {
    return this.exact.size;
  }

  /**
   * Whether an address has an active profile. Compared exactly except for surrounding spaces: Medallia does not publish whether
   * case matters, and assuming that it does not would promise surveys that may be refused.
   */
  has(email: string): boolean {
    return this.exact.has(email.trim());
  }

  /** The active profile's address that differs from this one only in case, for a hint; undefined if there is none. */
  differsByCase(email: string): string | undefined {
    return this.has(email) ? undefined : this.anyCase.get(email.trim().toLowerCase());
  }
}

/** Reads the list of active profiles, page by page. */
export class StellaEmployees {
  constructor(private readonly options: StellaReaderOptions) {}

  /**
   * Every active profile.
   *
   * @param seconds the time now, in seconds since the epoch: a new token is signed for every page
   * @throws StellaReadFailed
   */
  async active(key: StellaReadKey, seconds: () => number): Promise<ActiveProfiles> {
    const emails: string[] = [];
    const search = new URLSearchParams({ status: "active", number_of_employees: String(PAGE) });
    let address: string | undefined = stellaAddress(this.options, `/v2/employees?${search}`);
    const read = new Set<string>();
    while (address !== undefined) {
      if (read.has(address)) throw new StellaReadFailed(`Stella's pages of ${CALL} lead in a circle`);
      read.add(address);
      const body = await readStella(this.options, CALL, address, key, seconds());
      const page = EmployeePage.safeParse(body);
      if (!page.success) {
        throw new StellaReadFailed(`Stella's answer to ${CALL} is not understood: ${z.prettifyError(page.error)}`);
      }
      emails.push(...page.data.employees.flatMap(({ email }) => email ?? []));
      address = nextPage(page.data.meta?.next_page ?? undefined, address);
    }
    return new ActiveProfiles(emails);
  }
}

/**
 * The next page's address from Stella's answer, because its example and its list of parameters disagree about the format. The
 * request contains the key, so the address must not lead to another server.
 */
function nextPage(given: string | undefined, current: string): string | undefined {
  if (!given) return undefined;
  const next = URL.canParse(given, current) ? new URL(given, current) : undefined;
  if (next !== undefined && next.origin === new URL(current).origin) return next.href;
  throw new StellaReadFailed(`the next page that Stella names for ${CALL} is not on ${new URL(current).origin}`);
}
