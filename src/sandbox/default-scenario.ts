/**
 * The default scenario: a small parcel service. Ids are readable, but have Gladly's length and characters. Some start
 * with a dash, as some of Gladly's do (docs/vendors/gladly-api.md section 4).
 *
 * There is no webhook and no topic `do_not_send_stella`: the product creates them.
 */
import { parseScenario, type Scenario } from "./scenario";

export const defaultScenario: Scenario = parseScenario(
  {
    organization: { id: "organization-Parcels00", name: "Acme Parcels", timezone: "Europe/Berlin" },
    agents: [
      {
        id: "agent-Robin-Roe-000001",
        name: "Robin Roe",
        emailAddress: "robin.roe@example.com",
        stellaProfile: "Active",
      },
      {
        id: "-agent-Sam-Sample-0002",
        name: "Sam Sample",
        emailAddress: "sam.sample@example.com",
        stellaProfile: "Active",
      },
      {
        id: "agent-Kim-Novice-00003",
        name: "Kim Novice",
        emailAddress: "kim.novice@example.com",
        stellaProfile: "Pending Review",
      },
    ],
    inboxes: [
      {
        id: "inbox-Support-00000001",
        name: "Support",
        agentIds: ["agent-Robin-Roe-000001", "-agent-Sam-Sample-0002", "agent-Kim-Novice-00003"],
      },
      { id: "inbox-Claims-000000002", name: "Claims", agentIds: ["-agent-Sam-Sample-0002"] },
    ],
    teams: [
      {
        id: "team-Everybody-0000001",
        name: "Everybody",
        description: "All agents",
        agentIds: ["agent-Robin-Roe-000001", "-agent-Sam-Sample-0002", "agent-Kim-Novice-00003"],
      },
    ],
    topics: [
      { id: "-topic-Delivery-000001", name: "Delivery" },
      { id: "topic-Late-Parcel-0002", name: "Late parcel", parentId: "-topic-Delivery-000001" },
      { id: "topic-Refund-000000003", name: "Refund" },
      { id: "topic-Old-Campaign-004", name: "Spring campaign", disabled: true },
    ],
    customers: [
      { id: "customer-Ada-Adams-001", name: "Ada Adams", emails: ["ada.adams@example.net"], phones: ["+16505550123"] },
      { id: "-customer-Ben-Bauer-02", name: "Ben Bauer", emails: ["Ben.Bauer@example.net"] },
      { id: "customer-Cleo-Nomail-3", name: "Cleo Calls", phones: ["+16505550145"] },
      { id: "customer-Dan-Daly-0004", name: "Dan Daly", emails: ["dan.daly@example.net"] },
    ],
    conversations: [
      {
        id: "_conversation-Ada-0001",
        customerId: "customer-Ada-Adams-001",
        inboxId: "inbox-Support-00000001",
        agentId: "agent-Robin-Roe-000001",
        channel: "EMAIL",
        topicIds: ["topic-Late-Parcel-0002"],
        message: "My parcel was promised for Tuesday. Where is it?",
      },
      {
        id: "conversation-Ben-00002",
        customerId: "-customer-Ben-Bauer-02",
        inboxId: "inbox-Claims-000000002",
        agentId: "-agent-Sam-Sample-0002",
        channel: "CHAT",
        topicIds: ["topic-Refund-000000003"],
        message: "Can I have my money back?",
      },
      {
        id: "conversation-Cleo-0003",
        customerId: "customer-Cleo-Nomail-3",
        inboxId: "inbox-Support-00000001",
        agentId: "agent-Robin-Roe-000001",
        channel: "PHONE_CALL",
        topicIds: ["topic-Refund-000000003"],
        message: "A call about a parcel that arrived broken.",
      },
    ],
    stella: {
      testAddress: "survey-test@example.com",
      alertAddress: "survey-alerts@example.com",
    },
  },
  "default-scenario.ts",
);
