/** The top of the page: the clock, the active faults and the reset button. */
import { chip, folded } from "../../page/elements";
import { type Html, html } from "../../page/html";
import type { ClockReading } from "../clock";
import type { Fault } from "../faults";
import { action } from "./forms";

export interface BarView {
  readonly clock: ClockReading;
  readonly gladlyFaults: readonly Fault[];
  readonly stellaFaults: readonly Fault[];
}

export function bar({ clock, gladlyFaults, stellaFaults }: BarView): Html {
  const faults = gladlyFaults.length + stellaFaults.length;
  return html`<div class="brand"><h1>Sandbox</h1><p class="quiet">Gladly and Stella Connect on this machine</p></div>
<div class="clock"><time id="clock" datetime="${clock.now}" data-scale="${clock.frozen ? 0 : clock.scale}">${clock.now.slice(11, 19)}</time>
<span class="quiet">UTC, ${clock.frozen ? "stopped" : `${clock.scale}×`}</span>
${action("advance", { milliseconds: "30000" }, "+30 s")}${action("advance", { milliseconds: "300000" }, "+5 min")}${action("advance", { milliseconds: "3600000" }, "+1 h")}</div>
<div class="tools">${folded(
    "faults",
    html`Faults ${faults > 0 && chip("bad", String(faults))}`,
    html`<div class="menu"><p class="quiet">Each fault ends after one minute on the sandbox's clock.</p>
${action("fault", { service: "stella", kind: "down" }, "Stella answers 503")}
${action("fault", { service: "stella", kind: "cut-after" }, "Stella accepts the next request, but its answer is lost")}
${action("fault", { service: "stella", kind: "slow" }, "Stella is 5 seconds slow")}
${action("fault", { service: "gladly", kind: "down" }, "Gladly's API answers 503")}
${action("fault", { service: "gladly", kind: "cut-before" }, "Gladly's API cuts connections")}
${faults > 0 && action("no-faults", {}, "End all faults", { style: "primary" })}
${[...gladlyFaults.map((fault) => faultLine("Gladly", fault)), ...stellaFaults.map((fault) => faultLine("Stella", fault))]}</div>`,
    "popover",
  )}${folded(
    "reset-menu",
    "Reset",
    html`<div class="menu"><p>Resets both services to the scenario. Webhooks, conversations, surveys, settings and faults are lost.</p>
${action("reset", {}, "Reset everything", { style: "danger" })}</div>`,
    "popover",
  )}</div>`;
}

function faultLine(service: string, { effect }: Fault): Html {
  switch (effect.kind) {
    case "status":
      return html`<p class="alert">${service} answers ${effect.status}.</p>`;
    case "latency":
      return html`<p class="alert">${service} is ${effect.milliseconds / 1000} s slow.</p>`;
    case "cut":
      return html`<p class="alert">${service} cuts connections ${effect.when} it acts.</p>`;
    default:
      return effect satisfies never;
  }
}
