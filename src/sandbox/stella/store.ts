/** Stella Connect's records: employees, requests, mails, survey answers, alerts. */
import type { SurveyMode } from "../../contract/survey-mode";
import type { SurveyRequest } from "../../vendors/stella/wire";
import type { EmployeeStatus } from "../scenario";

export interface Employee {
  readonly email: string;
  readonly customId: string;
  readonly name: string;
  readonly status: EmployeeStatus;
}

/** The reasons under "Invalid Requests" on the status page (docs/vendors/stella-connect-api.md section 5.1). */
export type RefusalName =
  | "Employee not found"
  | "Employee profile not complete"
  | "Deactivated employee"
  | "Invalid customer"
  | "Channel not enabled for company"
  | "Channel is in manual mode"
  | "Brand signifier not provided"
  | "Invalid/inactive brand signifier"
  | "Language not specified"
  /** Not in the part of Stella's list that is public: a body that is not a survey request. */
  | "Malformed request"
  /** Not in Stella's list: the look-ups of `/v1/webhooks/gladly` failed. */
  | "Gladly could not be read";

export type Decision =
  | { readonly kind: "refused"; readonly name: RefusalName; readonly detail: string }
  | { readonly kind: "accepted"; readonly deliveryStatus: string; readonly recipient: string | null };

/** The endpoint that received a request: `/v1/requests`, `/v1/auth` or `/v1/webhooks/gladly`. */
export type Endpoint = "requests" | "auth" | "webhook";

export interface RecordedRequest {
  readonly uuid: string;
  /** Increases by one with every request. */
  readonly sequenceId: number;
  readonly at: string;
  readonly way: Endpoint;
  readonly mode: SurveyMode;
  readonly decision: "accepted" | "refused";
  readonly refusal?: RefusalName;
  readonly detail?: string;
  /** Absent when the request was refused. */
  readonly deliveryStatus?: string;
  /** The address that the survey went to; null when none was sent. */
  readonly recipient: string | null;
  readonly answeredStatus: number;
  /** The parsed request. For `/v1/webhooks/gladly`, the one that Stella built from Gladly's data. */
  readonly request: SurveyRequest;
  readonly channel: string;
  readonly customerEmail?: string;
  readonly employeeEmail?: string;
  /** From the employee's profile. */
  readonly employeeName?: string;
  readonly brand?: string;
  readonly extInteractionId?: string;
  /** Known only for `/v1/webhooks/gladly`. */
  readonly gladlyCustomerId?: string;
  readonly response?: SurveyResponse;
}

export interface SurveyResponse {
  readonly stars: number;
  readonly comment: string;
  readonly at: string;
  /** Result of adding the answer to the customer's timeline in Gladly, in words. */
  readonly timeline: string;
}

/** A survey invitation in a mailbox. */
export interface Mail {
  readonly at: string;
  readonly to: string;
  readonly subject: string;
  readonly surveyUrl: string;
  readonly requestUuid: string;
  readonly extInteractionId?: string;
  /** The customer's address, also in test mode, when the survey went to the test address. */
  readonly customerEmail?: string;
}

export interface Alert {
  readonly at: string;
  readonly to: string;
  readonly subject: string;
  readonly failed: number;
  readonly requests: number;
}

export class StellaStore {
  employees: readonly Employee[] = [];
  private readonly requests = new Map<string, RecordedRequest>();
  private readonly byCustomer = new Map<string, RecordedRequest[]>();
  readonly testInbox: Mail[] = [];
  readonly outbox: Mail[] = [];
  readonly alerts: Alert[] = [];

  list(): readonly RecordedRequest[] {
    return [...this.requests.values()];
  }

  find(uuid: string): RecordedRequest | undefined {
    return this.requests.get(uuid);
  }

  /** Earlier requests about a customer's address, oldest first. */
  aboutCustomer(email: string): readonly RecordedRequest[] {
    return this.byCustomer.get(email.toLowerCase()) ?? [];
  }

  add(request: RecordedRequest): void {
    this.requests.set(request.uuid, request);
    if (request.customerEmail === undefined) return;
    const key = request.customerEmail.toLowerCase();
    const others = this.byCustomer.get(key);
    if (others === undefined) this.byCustomer.set(key, [request]);
    else others.push(request);
  }

  /** Stores the answer of a survey with its request. */
  answer(uuid: string, response: SurveyResponse): void {
    const request = this.requests.get(uuid);
    if (request !== undefined) this.requests.set(uuid, { ...request, response });
  }

  /** The number of the next request. */
  nextSequenceId(): number {
    return this.requests.size + 1;
  }

  clear(): void {
    this.requests.clear();
    this.byCustomer.clear();
    this.testInbox.length = 0;
    this.outbox.length = 0;
    this.alerts.length = 0;
  }
}
