/** The right column: Stella Connect, as its administrators and the customers see it. */
import { aloud, cards, chip, empty, folded, modeBadge, section, time } from "../../page/elements";
import { type Html, html } from "../../page/html";
import type { StellaView } from "../stella/stella-sandbox";
import type { Mail, RecordedRequest } from "../stella/store";
import { action, form } from "./forms";

/** Mails and refusals shown, newest first. The rest are only counted. */
const SHOWN = 12;

export function stellaColumn(view: StellaView): Html {
  const refused = view.requests.filter(({ decision }) => decision === "refused");
  const unsent = view.requests.filter(({ decision, recipient }) => decision === "accepted" && recipient === null);
  return html`<h2><span class="dot stella"></span>Stella Connect</h2>
${section("inbox", "Test inbox", mailbox(view.testInbox, view, "A survey made with the test key arrives here."), view.testInbox.length)}
${section("outbox", "Surveys to customers", mailbox(view.outbox, view, "Nothing goes to customers until the production key is used."), view.outbox.length)}
${section("unsent", "Recorded, not sent", unsent.length === 0 ? empty("None.") : requestList(unsent), unsent.length)}
${section(
  "status",
  "API status: invalid requests",
  html`${view.alerts.map((alert) => html`<p class="alert">${time(alert.at)} Alert to ${alert.to}: ${alert.subject}.</p>`)}${
    refused.length === 0 ? empty("None.") : requestList(refused)
  }`,
  refused.length,
)}
${section("settings", "Settings", settings(view))}`;
}

function mailbox(mails: readonly Mail[], view: StellaView, whenEmpty: string): Html {
  if (mails.length === 0) return empty(whenEmpty);
  return cards(mails.toReversed(), SHOWN, (mail) => {
    const response = view.requests.find(({ uuid }) => uuid === mail.requestUuid)?.response;
    return html`<li id="mail-${mail.requestUuid}" class="card">
<div class="row"><strong>${mail.to}</strong><span class="grow"></span>${time(mail.at)}</div>
<p class="facts"><span>${mail.subject}</span>${mail.customerEmail !== undefined && mail.customerEmail !== mail.to && html`<span>for ${mail.customerEmail}</span>`}</p>
<div class="row">${
      response
        ? html`<span class="stars" role="img" aria-label="${response.stars} of 5 stars">${"★".repeat(response.stars)}${"☆".repeat(5 - response.stars)}</span><span class="quiet">${response.timeline}</span>`
        : html`<a class="button" id="open-${mail.requestUuid}" href="${mail.surveyUrl}" target="_blank" rel="noopener">Open the survey${aloud(` to ${mail.to}, in a new tab`)}</a>`
    }</div></li>`;
  });
}

function requestList(requests: readonly RecordedRequest[]): Html {
  return cards(
    requests.toReversed(),
    SHOWN,
    (request) => html`<li id="request-${request.uuid}" class="card">
<div class="row"><strong>${request.refusal ?? request.deliveryStatus}</strong><span class="grow"></span>${time(request.at)}</div>
<p class="facts"><span>${modeBadge(request.mode)}</span>${request.detail !== undefined && html`<span>${request.detail}</span>`}<span>${request.customerEmail ?? html`<em>no e-mail</em>`}</span></p></li>`,
  );
}

function settings({ settings: { channels, suppressionDays }, employees }: StellaView): Html {
  const rows = Object.entries(channels).map(
    ([name, { integrated }]) =>
      html`<tr><td>${name}</td><td>${action(
        "integrated",
        { channel: name, on: integrated ? "no" : "yes" },
        html`${integrated ? "On" : "Off"}${aloud(`: Integrated Channel ${name}`)}`,
        { style: "switch", id: `integrated-${name}`, on: integrated },
      )}</td></tr>`,
  );
  return html`${folded("channels", "Integrated Channel", html`<table><thead><tr><th>Channel</th><th>Requests from the API</th></tr></thead><tbody>${rows}</tbody></table>`)}
${folded(
  "suppression",
  html`Suppression period <span class="count">${suppressionDays === 0 ? "off" : `${suppressionDays} days`}</span>`,
  form(
    "suppression",
    {},
    html`<label>Days between two surveys to a customer<input name="days" type="number" min="0" max="365" value="${suppressionDays}"></label><button>Save</button>`,
  ),
)}
${folded(
  "employees",
  "Profiles",
  html`<table><thead><tr><th>Employee</th><th>Status</th></tr></thead><tbody>${employees.map(
    ({ name, email, status }) =>
      html`<tr><td>${name}</td><td>${chip(status === "Active" ? "good" : "warn", status)} ${action(
        "profile",
        { email, status: status === "Active" ? "Deactivated" : "Active" },
        html`${status === "Active" ? "Deactivate" : "Approve"}${aloud(` ${name}`)}`,
        { id: `profile-${email}` },
      )}</td></tr>`,
  )}</tbody></table>`,
)}`;
}
