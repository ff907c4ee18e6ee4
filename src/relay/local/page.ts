/**
 * The relay's own page: received events, their outcomes and reasons, what waits, what is parked, and the relay's health. It
 * uses the same read model as `relay explain` and `/health` and is rendered on the server, without a script. It shows only
 * ids: no names, messages, addresses or secrets.
 */
import { aloud, chip, empty, modeBadge, section, station, type Tone, time } from "../../page/elements";
import { frame } from "../../page/frame";
import { type Html, html } from "../../page/html";
import type { Explanation } from "../explain";
import { REASONS, type Reason } from "../reasons";

export interface PageView {
  readonly health: {
    readonly ok: boolean;
    readonly findings?: readonly { readonly id: string; readonly what: string; readonly remedy: string }[];
    readonly waiting?: number;
    readonly handedOut?: number;
    readonly parked?: number;
    readonly environment?: string | undefined;
    readonly surveyMode?: string | undefined;
    readonly delivery?: string | undefined;
  };
  readonly parked: readonly { readonly reason: string; readonly count: number }[];
  /** Newest first. */
  readonly closes: readonly Explanation[];
  readonly filter: { readonly state: string | null; readonly conversation: string | null };
  /** Confirms the last action. */
  readonly done?: string | undefined;
}

/** The states of `relay explain`, with the labels of the dashboard's graphs. */
const STATES: Readonly<Record<Explanation["state"], { readonly tone: Tone; readonly label: string }>> = {
  sent: { tone: "good", label: "Sent" },
  recorded: { tone: "calm", label: "Recorded" },
  skipped: { tone: "calm", label: "Skipped" },
  retrying: { tone: "warn", label: "Retrying" },
  pending: { tone: "warn", label: "Waiting" },
  parked: { tone: "bad", label: "Parked" },
};

export function relayPage(view: PageView): Html {
  const { environment, surveyMode, delivery } = view.health;
  const title = `Relay${environment ? ` ${environment}` : ""}`;
  return frame(
    title,
    html`<link rel="stylesheet" href="/page.css">`,
    html`<a class="skip" href="#closes-title">To the closes</a>
<header><h1>${title}</h1>${surveyMode && modeBadge(surveyMode)}${delivery && html` <span class="quiet">delivery: ${delivery}</span>`}
<span class="grow"></span><a class="button" href="">Reload</a> ${view.health.ok ? chip("good", "Healthy") : chip("bad", "Not healthy")}</header>
<main>
${view.done && html`<p class="alert calm" role="status">${view.done}</p>`}
${section("health", "Health", health(view), undefined, 2)}
${section("parked", "Parked events", parked(view.parked), view.health.parked, 2)}
${section("closes", "Closes", closes(view), undefined, 2)}
<p class="quiet">The same as <code>relay explain</code>. For programs: <a href="/health">/health</a>, <a href="/metrics">/metrics</a>, <a href="/explain">/explain</a>.</p>
</main>`,
  );
}

function health({ health: { findings = [], waiting, handedOut } }: PageView): Html {
  return html`<ul class="numbers"><li><strong>${waiting ?? "?"}</strong> waiting</li><li><strong>${handedOut ?? "?"}</strong> being processed</li></ul>
${findings.length === 0 && empty("No findings.")}
<ul class="cards">${findings.map(
    ({ id, what, remedy }) =>
      html`<li class="card"><div class="row wrap">${chip("bad", id)}<strong>${what}</strong></div><p class="quiet">${remedy}</p></li>`,
  )}</ul>`;
}

function parked(reasons: PageView["parked"]): Html {
  if (reasons.length === 0) return empty("None. Events that need a person are kept here, and are never dropped.");
  return html`<ul class="cards">${reasons.map(
    ({
      reason,
      count,
    }) => html`<li class="card"><div class="row wrap">${chip("bad", String(count))}<strong>${reason}</strong><span class="grow"></span>
<form method="post" action="/replay" class="inline"><input type="hidden" name="reason" value="${reason}"><button>Replay${aloud(` events parked as ${reason}`)}</button></form></div>
<p class="quiet">${meaningOf(reason)}. Cure the cause before you replay.</p></li>`,
  )}</ul>`;
}

function closes({ closes: all, filter }: PageView): Html {
  const shown = all.filter(({ state }) => filter.state === null || state === filter.state);
  const query = (state: string | null) => {
    const parameters = new URLSearchParams();
    if (state !== null) parameters.set("state", state);
    if (filter.conversation !== null) parameters.set("conversation", filter.conversation);
    return parameters.toString();
  };
  const link = (state: string | null, label: string, count: number) =>
    html`<a class="button" href="/?${query(state)}"${state === filter.state && html` aria-current="page"`}>${label} <span class="count">${count}</span></a>`;
  return html`<form method="get" action="/" class="fields"><label>Conversation id<input name="conversation" value="${filter.conversation ?? ""}" autocomplete="off"></label><button>Find</button></form>
<nav aria-label="Filter" class="row wrap">${link(null, "All", all.length)}${Object.entries(STATES).map(
    ([state, { label }]) => link(state, label, all.filter((close) => close.state === state).length),
  )}</nav>
${shown.length === 0 ? empty(filter.conversation ? "The relay knows no such close." : "No close yet.") : html`<ul class="cards">${shown.map(close)}</ul>`}`;
}

function close(explanation: Explanation): Html {
  const { conversationId, eventId, state, reason, meaning, surveyMode, closedAt, receivedAt } = explanation;
  const { finishedAt, nextAttemptAt, attempts, lostAnswers, duplicates } = explanation;
  const { tone, label } = STATES[state];
  return html`<li class="card">
<div class="row wrap">${chip(tone, label)}${surveyMode && modeBadge(surveyMode)}<strong class="mono">${conversationId ?? "conversation unknown"}</strong></div>
<ol class="line">
${station("good", "Closed", "in Gladly", closedAt)}
${station("good", "Received", html`event <span class="mono">${eventId}</span>`, receivedAt)}
${station(
  tone,
  label,
  html`${meaning ? html`<strong>${reason}</strong>: ${meaning}` : "not processed yet"}${attempts > 1 ? `; ${attempts} attempts` : ""}${
    lostAnswers > 0 ? `; ${lostAnswers} lost answers` : ""
  }${duplicates > 0 ? `; ${duplicates} duplicates dropped` : ""}`,
  finishedAt,
)}
${nextAttemptAt && station("warn", "Next", html`attempt at ${time(nextAttemptAt)}`)}
</ol></li>`;
}

function meaningOf(reason: string): string {
  return (
    Object.entries(REASONS).find(([known]: [string, Reason | string]) => known === reason)?.[1] ?? "unknown reason"
  );
}
