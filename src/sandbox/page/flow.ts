/** The strip below the bar: where closes go now, and whether customers get surveys. */
import { modeBadge, time } from "../../page/elements";
import { type Html, html } from "../../page/html";
import type { ConfigurationChange } from "../gladly/change-log";
import type { GladlyView } from "../gladly/view";
import type { StellaView } from "../stella/stella-sandbox";
import type { RelayView } from "./relay-view";
import type { CloseReceiver } from "./survey-mode";

export function flow(
  gladly: GladlyView,
  relay: RelayView,
  stella: StellaView,
  receivers: readonly CloseReceiver[],
  changes: readonly ConfigurationChange[],
): Html {
  const latest = changes.at(-1);
  const modes = [...new Set(receivers.map(({ mode }) => mode))];
  const [mode] = modes.length === 1 ? modes : [];
  return html`<h2 class="sr">Where a close goes</h2>
<ol class="stations">
<li><strong>Gladly</strong><span>${gladlyText(gladly, receivers)}</span></li>
<li><strong>Relay</strong><span>${relayText(relay, receivers)}</span></li>
<li><strong>Stella Connect</strong><span>${stellaText(mode, stella, receivers)}</span></li>
</ol>
<p id="mode" class="banner ${mode ?? "unknown"}">${mode ? modeBadge(mode) : undefined} <span>${bannerText(mode, stella, receivers, modes.length)}</span></p>
${latest && html`<p id="changed">Last change at ${time(latest.at)}: <strong>${latest.what}</strong> ${latest.details.join(", ")} <a href="#changes-title">All changes</a></p>`}`;
}

function gladlyText({ webhooks }: GladlyView, receivers: readonly CloseReceiver[]): string {
  if (receivers.length > 0)
    return `sends each close to ${receivers.length === 1 ? "one webhook" : `${receivers.length} webhooks`}`;
  return webhooks.length === 0 ? "has no webhook: closes are not delivered" : "has no enabled webhook for closes";
}

function relayText(relay: RelayView, receivers: readonly CloseReceiver[]): string {
  const isUsed = receivers.some(({ to }) => to === "relay");
  if (!isUsed) return receivers.length > 0 ? "is not used: Gladly posts to Stella Connect" : "gets no events";
  if (relay.kind === "none") return "gets the events; the sandbox does not know its operations port";
  if (relay.kind === "silent") return `gets the events, but its operations port ${relay.why}`;
  return relay.delivery === undefined ? "stores, decides and delivers" : `delivers by ${relay.delivery}`;
}

function stellaText(
  mode: CloseReceiver["mode"],
  { settings }: StellaView,
  receivers: readonly CloseReceiver[],
): string {
  if (receivers.length === 0) return "gets no requests";
  const manual = Object.entries(settings.channels).filter(([, { integrated }]) => !integrated);
  const refused =
    manual.length > 0 && mode === "production" ? `; refuses ${manual.map(([name]) => name).join(", ")}` : "";
  return `${mode === undefined ? "gets the requests" : `gets requests with the ${mode} key`}${refused}`;
}

function bannerText(
  mode: CloseReceiver["mode"],
  { settings }: StellaView,
  receivers: readonly CloseReceiver[],
  modes: number,
): string {
  if (receivers.length === 0) return "Nothing is connected yet. Apply an environment, or add a webhook below.";
  if (modes > 1) return "Several webhooks lead to Stella Connect with different keys: each close gets several surveys.";
  if (mode === "test")
    return `Every survey goes to ${settings.testAddress}. Customers get nothing. Answers are not collected.`;
  if (mode === "production") return "Surveys go to customers. Answers are collected.";
  return "The survey mode is unknown: neither the relay nor the webhook's password shows it.";
}
