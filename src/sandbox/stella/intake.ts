/** Processes a survey request: decides, records, mails, and sends the alert about failures. */
import { randomUUID } from "node:crypto";
import type { SurveyMode } from "../../contract/survey-mode";
import type { SurveyRequest } from "../../vendors/stella/wire";
import type { SandboxClock } from "../clock";
import { decideRequest, employeeOf } from "./decision";
import type { StellaSettings } from "./settings";
import type { Decision, Endpoint, Mail, RecordedRequest, StellaStore } from "./store";

export interface IntakeDeps {
  readonly clock: SandboxClock;
  readonly store: StellaStore;
  readonly settings: () => StellaSettings;
  /** The server's address, for survey links. */
  readonly url: () => string;
}

export interface Arrival {
  readonly way: Endpoint;
  readonly mode: SurveyMode;
  readonly request: SurveyRequest;
  readonly gladlyCustomerId?: string;
  /** A refusal from before the decision, such as an invalid body. */
  readonly refusal?: Extract<Decision, { kind: "refused" }>;
  /** The status that was already answered. @default follows from the decision */
  readonly answered?: number;
}

/** Longest tag and custom property in characters, and most tags. More is cut (docs/vendors/stella-connect-api.md section 4). */
const LONGEST_VALUE = 2000;
const MOST_TAGS = 20;

const HOUR = 3600 * 1000;
/** A larger share of failures within one hour sends the alert (docs/vendors/stella-connect-api.md section 6). */
const ALERT_SHARE = 0.05;

export class Intake {
  private lastAlertAt = Number.NEGATIVE_INFINITY;

  constructor(private readonly deps: IntakeDeps) {}

  take(arrival: Arrival): RecordedRequest {
    const { clock, store, settings } = this.deps;
    const request = cut(arrival.request);
    const decision =
      arrival.refusal ??
      decideRequest({
        request,
        mode: arrival.mode,
        settings: settings(),
        employees: store.employees,
        earlier: store.aboutCustomer(request.customer?.email ?? ""),
        now: clock.now(),
      });
    const record = this.record({ ...arrival, request }, decision);
    store.add(record);
    this.mail(record);
    if (record.decision === "refused") this.alert();
    return record;
  }

  /** Forgets when the last alert was sent. */
  clear(): void {
    this.lastAlertAt = Number.NEGATIVE_INFINITY;
  }

  private record(arrival: Arrival, decision: Decision): RecordedRequest {
    const { clock, store, settings } = this.deps;
    const { request, way, mode, gladlyCustomerId } = arrival;
    const employee = employeeOf(request, store.employees, settings().assumptions);
    const status = decision.kind === "refused" ? settings().assumptions.refusalStatus : 200;
    return {
      uuid: randomUUID(),
      sequenceId: store.nextSequenceId(),
      at: clock.timestamp(),
      way,
      mode,
      ...(decision.kind === "refused"
        ? { decision: "refused", refusal: decision.name, detail: decision.detail, recipient: null }
        : { decision: "accepted", deliveryStatus: decision.deliveryStatus, recipient: decision.recipient }),
      answeredStatus: arrival.answered ?? status,
      request,
      channel: request.channel,
      ...(request.customer?.email === undefined ? {} : { customerEmail: request.customer.email }),
      ...(request.employee?.email === undefined ? {} : { employeeEmail: request.employee.email }),
      ...(employee === undefined ? {} : { employeeName: employee.name }),
      ...(request.brand === undefined ? {} : { brand: request.brand }),
      ...(request.ext_interaction_id === undefined ? {} : { extInteractionId: request.ext_interaction_id }),
      ...(gladlyCustomerId === undefined ? {} : { gladlyCustomerId }),
    };
  }

  private mail(record: RecordedRequest): void {
    if (record.recipient === null) return;
    const { store, url } = this.deps;
    const mail: Mail = {
      at: record.at,
      to: record.recipient,
      subject: `How did ${record.employeeName ?? "we"} do?`,
      surveyUrl: `${url()}/surveys/${record.uuid}`,
      requestUuid: record.uuid,
      ...(record.extInteractionId === undefined ? {} : { extInteractionId: record.extInteractionId }),
      ...(record.customerEmail === undefined ? {} : { customerEmail: record.customerEmail }),
    };
    (record.mode === "test" ? store.testInbox : store.outbox).push(mail);
  }

  /** At most one alert an hour. */
  private alert(): void {
    const { clock, store, settings } = this.deps;
    const { alertAddress, assumptions } = settings();
    const now = clock.now();
    if (now - this.lastAlertAt < HOUR) return;
    const recent = store
      .list()
      .filter(
        ({ at, mode }) =>
          Date.parse(at) > now - HOUR && (mode === "production" || assumptions.testFailuresCountForAlert),
      );
    const failed = recent.filter(({ decision }) => decision === "refused").length;
    if (recent.length < assumptions.alertMinimumRequests || failed <= recent.length * ALERT_SHARE) return;
    this.lastAlertAt = now;
    const subject = `${failed} of ${recent.length} survey requests failed within one hour`;
    store.alerts.push({ at: clock.timestamp(), to: alertAddress, subject, failed, requests: recent.length });
  }
}

/** The request as Stella stores it, with at most 20 tags and 2,000 characters in each value. */
function cut(request: SurveyRequest): SurveyRequest {
  const { tags, custom_properties: properties } = request;
  return {
    ...request,
    ...(tags === undefined ? {} : { tags: tags.slice(0, MOST_TAGS).map((tag) => tag.slice(0, LONGEST_VALUE)) }),
    ...(properties === undefined
      ? {}
      : {
          custom_properties: Object.fromEntries(
            Object.entries(properties).map(([key, value]) => [key, value.slice(0, LONGEST_VALUE)]),
          ),
        }),
  };
}
