/**
 * What Stella Connect does with a survey request (docs/vendors/stella-connect-api.md sections 3, 5, 6, 9). One pure
 * function for all endpoints.
 */
import type { SurveyMode } from "../../contract/survey-mode";
import type { SurveyRequest } from "../../vendors/stella/wire";
import type { StellaSettings } from "./settings";
import type { Decision, Employee, RecordedRequest, RefusalName } from "./store";

export interface DecisionFacts {
  readonly request: SurveyRequest;
  readonly mode: SurveyMode;
  readonly settings: StellaSettings;
  readonly employees: readonly Employee[];
  /** Earlier requests about the same customer, for the suppression period. */
  readonly earlier: readonly RecordedRequest[];
  /** Milliseconds since the epoch. */
  readonly now: number;
}

const DAY = 24 * 3600 * 1000;

export function decideRequest(facts: DecisionFacts): Decision {
  return (
    channelRefusal(facts) ??
    brandRefusal(facts) ??
    languageRefusal(facts) ??
    employeeRefusal(facts) ??
    customerRefusal(facts) ??
    deliver(facts)
  );
}

function refused(name: RefusalName, detail: string): Decision {
  return { kind: "refused", name, detail };
}

/** Only the production key is refused in manual mode. */
function channelRefusal({ request, mode, settings }: DecisionFacts): Decision | undefined {
  const exact = settings.assumptions.channelNamesAreCaseSensitive;
  const same = (name: string) =>
    name === request.channel || (!exact && name.toLowerCase() === request.channel.toLowerCase());
  const channel = Object.entries(settings.channels).find(([name]) => same(name))?.[1];
  if (channel === undefined || !channel.enabled) {
    return refused("Channel not enabled for company", `channel "${request.channel}"`);
  }
  if (mode === "production" && !channel.integrated) {
    return refused("Channel is in manual mode", `channel "${request.channel}"`);
  }
  return undefined;
}

function brandRefusal({ request, settings }: DecisionFacts): Decision | undefined {
  if (settings.brands.length === 0) return undefined;
  if (request.brand === undefined) {
    return settings.brands.length > 1
      ? refused("Brand signifier not provided", "the company has several brands")
      : undefined;
  }
  const brand = settings.brands.find(({ label }) => label === request.brand);
  return brand?.active ? undefined : refused("Invalid/inactive brand signifier", `brand "${request.brand}"`);
}

function languageRefusal({ request, settings }: DecisionFacts): Decision | undefined {
  if (settings.languages.length <= 1 || request.language !== undefined) return undefined;
  return refused("Language not specified", `several are active: ${settings.languages.join(", ")}`);
}

/** The employee that a request names. */
export function employeeOf(
  { employee }: SurveyRequest,
  employees: readonly Employee[],
  { employeeEmailsAreCaseSensitive: exact }: StellaSettings["assumptions"],
): Employee | undefined {
  const { email, custom_id: customId } = employee ?? {};
  const normalize = (text: string) => (exact ? text : text.toLowerCase());
  return employees.find(
    (one) =>
      (email !== undefined && normalize(one.email) === normalize(email)) ||
      (customId !== undefined && one.customId === customId),
  );
}

function employeeRefusal({ request, employees, settings }: DecisionFacts): Decision | undefined {
  const { email, custom_id: customId } = request.employee ?? {};
  const employee = employeeOf(request, employees, settings.assumptions);
  if (employee === undefined) return refused("Employee not found", email ?? customId ?? "the request names none");
  switch (employee.status) {
    case "Active":
      return undefined;
    case "Deactivated":
      return refused("Deactivated employee", employee.email);
    case "Pending Review":
    case "Confirmed":
    case "Unapproved":
    case "Created":
      return refused("Employee profile not complete", `${employee.email} is ${employee.status}`);
    default:
      return employee.status satisfies never;
  }
}

function customerRefusal({ request, settings }: DecisionFacts): Decision | undefined {
  const { emailRequiredWithDoNotSend, customerNameRequired } = settings.assumptions;
  const { name, email } = request.customer ?? {};
  if (email === undefined || email === "") {
    const isOptional = request.do_not_send === true && !emailRequiredWithDoNotSend;
    if (!isOptional) return refused("Invalid customer", "no email address");
  } else if (!/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email)) {
    return refused("Invalid customer", "not an email address");
  }
  if (customerNameRequired && (name === undefined || name.trim() === "")) return refused("Invalid customer", "no name");
  return undefined;
}

/** The delivery status and recipient of an accepted request. */
function deliver(facts: DecisionFacts): Decision {
  const { request, mode, settings } = facts;
  const email = request.customer?.email ?? "";
  const status = (deliveryStatus: string, recipient: string | null): Decision => ({
    kind: "accepted",
    deliveryStatus,
    recipient,
  });
  if (request.do_not_send === true) return status("Not sent: do not send flag", null);
  if (mode === "production" || settings.assumptions.testKeyIsSuppressed) {
    if (includes(settings.unsubscribed, email)) return status("Not sent: consumer unsubscribed", null);
    if (isSuppressed(facts)) return status("Not sent: suppression period", null);
  }
  if (mode === "test") return status(settings.assumptions.sentLabel, settings.testAddress);
  if (includes(settings.bouncing, email)) {
    const bounced = facts.earlier.some((one) => one.deliveryStatus === "Hard bounce");
    return bounced ? status("Not sent: rejected", null) : status("Hard bounce", email);
  }
  return status(includes(settings.softBouncing, email) ? "Soft bounce" : settings.assumptions.sentLabel, email);
}

/** Whether the address got a survey of the same brand within the suppression period. */
function isSuppressed({ request, mode, settings, earlier, now }: DecisionFacts): boolean {
  const since = now - settings.suppressionDays * DAY;
  return earlier.some(
    (one) => one.mode === mode && one.recipient !== null && one.brand === request.brand && Date.parse(one.at) > since,
  );
}

function includes(addresses: readonly string[], email: string): boolean {
  return addresses.some((address) => address.toLowerCase() === email.toLowerCase());
}
