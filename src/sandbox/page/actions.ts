/**
 * What the page's buttons do. An action that Gladly's or Stella's own API offers calls that API, as any client would.
 * The others call the sandbox's controls.
 */
import * as z from "zod";
import { CONVERSATION_CLOSED } from "../../contract/event-types";
import { SURVEY_MODES } from "../../contract/survey-mode";
import { STELLA_WEBHOOK_PATH, WEBHOOK_USERNAME } from "../../contract/webhook-address";

/** Calls the two servers. `body` undefined sends no body. */
export interface Remote {
  readonly gladly: (method: string, path: string, body?: unknown) => Promise<void>;
  readonly stella: (method: string, path: string, body?: unknown) => Promise<void>;
  readonly stellaUrl: () => string;
  readonly keys: { readonly test: string; readonly production: string };
}

/** A form with an unknown action, or without a field that its action needs. */
export class InvalidAction extends Error {
  override readonly name = "InvalidAction";
}

const MINUTE = 60_000;

const FAULTS: Readonly<Record<string, unknown>> = {
  down: { effect: { kind: "status", status: 503 }, forMilliseconds: MINUTE },
  slow: { effect: { kind: "latency", milliseconds: 5000 }, forMilliseconds: MINUTE },
  "cut-before": { effect: { kind: "cut", when: "before" }, forMilliseconds: MINUTE },
  "cut-after": { effect: { kind: "cut", when: "after" }, times: 1, forMilliseconds: MINUTE },
};

const Mode = z.enum(SURVEY_MODES);

/**
 * Runs the action of a form.
 *
 * @returns a sentence that says what was done
 */
export async function act(form: URLSearchParams, remote: Remote): Promise<string> {
  const field = (name: string): string => {
    const value = form.get(name);
    if (value === null) throw new InvalidAction(`The form has no field "${name}".`);
    return value;
  };
  const part = (name: string) => encodeURIComponent(field(name));
  const conversation = () => `/api/v1/conversations/${part("conversation")}`;
  const { gladly, stella } = remote;
  switch (field("action")) {
    case "open": {
      const email = field("email");
      const customer = { name: field("name"), ...(email === "" ? {} : { email }) };
      await gladly("POST", "/_sandbox/conversations", {
        customer,
        channel: field("channel"),
        agentId: field("agent") || null,
      });
      return `A conversation with ${customer.name} is open.`;
    }
    case "toggle": {
      const to = field("to");
      await gladly("PATCH", conversation(), { status: { value: to, force: form.get("force") === "yes" } });
      return to === "CLOSED" ? "Closed." : "Reopened.";
    }
    case "add-topic":
      await gladly("POST", `${conversation()}/topics`, { topicIds: [field("topic")] });
      return "Topic added.";
    case "remove-topic":
      await gladly("DELETE", `${conversation()}/topics/${part("topic")}`);
      return "Topic removed.";
    case "assign":
      await gladly("PATCH", conversation(), { assignee: { inboxId: field("inbox"), agentId: field("agent") || null } });
      return field("agent") === "" ? "No agent is assigned." : "Assigned.";
    case "customer-writes":
      await gladly("POST", `/_sandbox/conversations/${part("conversation")}/messages`, {
        from: "customer",
        text: "One more question.",
      });
      return "The customer wrote and waits for a reply.";
    case "webhook": {
      const enabled = field("enabled") === "yes";
      await gladly("PATCH", `/api/v1/webhooks/${part("webhook")}`, { enabled });
      return enabled ? "The webhook is enabled: its receiver answered the PING." : "The webhook is disabled.";
    }
    case "webhook-key": {
      const mode = Mode.parse(field("mode"));
      await gladly("PATCH", `/api/v1/webhooks/${part("webhook")}`, {
        credentials: { username: WEBHOOK_USERNAME, password: remote.keys[mode] },
      });
      return `The webhook's password is now the ${mode} key.`;
    }
    case "connect":
      await gladly("POST", "/api/v1/webhooks", {
        name: "Send Stella Survey",
        url: `${remote.stellaUrl()}${STELLA_WEBHOOK_PATH}`,
        events: [CONVERSATION_CLOSED],
        enabled: true,
        credentials: { username: WEBHOOK_USERNAME, password: remote.keys.test },
      });
      return "The webhook “Send Stella Survey” was added with the test key.";
    case "redeliver":
      await gladly("POST", `/_sandbox/events/${part("event")}/redeliver`);
      return "Gladly sends the event again.";
    case "integrated":
      await stella("POST", "/_sandbox/settings", {
        channels: { [field("channel")]: { integrated: field("on") === "yes" } },
      });
      return `Integrated Channel ${field("channel")} is ${field("on") === "yes" ? "on" : "off"}.`;
    case "suppression":
      await stella("POST", "/_sandbox/settings", { suppressionDays: Number(field("days")) });
      return "Saved.";
    case "profile":
      await stella("POST", `/_sandbox/employees/${part("email")}`, { status: field("status") });
      return `${field("email")} is ${field("status")}.`;
    case "fault": {
      const fault = Object.hasOwn(FAULTS, field("kind")) ? FAULTS[field("kind")] : undefined;
      if (fault === undefined) throw new InvalidAction(`There is no fault "${field("kind")}".`);
      await (field("service") === "stella" ? stella : gladly)("POST", "/_sandbox/faults", fault);
      return "The fault is active.";
    }
    case "no-faults":
      await Promise.all([gladly("DELETE", "/_sandbox/faults"), stella("DELETE", "/_sandbox/faults")]);
      return "No fault is active.";
    case "advance":
      await gladly("POST", "/_sandbox/clock", { advance: Number(field("milliseconds")) });
      return "The clock moved forward.";
    case "reset":
      await Promise.all([gladly("POST", "/_sandbox/reset"), stella("POST", "/_sandbox/reset")]);
      return "Both services are reset to the scenario.";
    default:
      throw new InvalidAction(`There is no action "${field("action")}".`);
  }
}
