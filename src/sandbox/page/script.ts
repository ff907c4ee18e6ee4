/**
 * The page's script: it sends forms without leaving the page, and takes in what changed as the server says it
 * (server-sent events). Without it the page works all the same, one reload at a time.
 *
 * Regions are not replaced but brought into line node by node, so that the focus, an open fold and a half-written field
 * stay as they are.
 */
export const SCRIPT = `
"use strict";
const said = document.getElementById("said");
let quiet;

function say(words, wrong) {
  said.textContent = words;
  said.classList.toggle("wrong", Boolean(wrong));
  clearTimeout(quiet);
  quiet = setTimeout(() => { said.textContent = ""; }, wrong ? 12000 : 4000);
}

function align(have, want) {
  if (have.nodeType !== want.nodeType || have.nodeName !== want.nodeName || (have.id || "") !== (want.id || "")) {
    have.replaceWith(want.cloneNode(true));
    return;
  }
  if (have.nodeType === Node.TEXT_NODE) {
    if (have.data !== want.data) have.data = want.data;
    return;
  }
  const kept = have.nodeName === "DETAILS" ? "open" : undefined;
  for (const { name } of [...have.attributes]) if (name !== kept && !want.hasAttribute(name)) have.removeAttribute(name);
  for (const { name, value } of want.attributes) {
    if (name !== kept && have.getAttribute(name) !== value) have.setAttribute(name, value);
  }
  alignChildren(have, want);
}

function alignChildren(have, want) {
  const known = new Map([...have.children].filter((child) => child.id).map((child) => [child.id, child]));
  let at = have.firstChild;
  for (const next of [...want.childNodes]) {
    const same = next.id && known.get(next.id);
    if (same && same !== at) have.insertBefore(same, at);
    const current = same || at;
    if (!current || (!same && current.id)) {
      have.insertBefore(next.cloneNode(true), at);
      continue;
    }
    at = current.nextSibling;
    align(current, next);
  }
  while (at) {
    const surplus = at;
    at = at.nextSibling;
    surplus.remove();
  }
}

function take(regions) {
  const focused = document.activeElement.id;
  for (const [id, markup] of Object.entries(regions)) {
    const region = document.getElementById(id);
    const wanted = document.createElement(region.nodeName);
    wanted.innerHTML = markup;
    alignChildren(region, wanted);
  }
  // What moved to another list was made again there, and takes the focus along.
  if (focused && document.activeElement.id !== focused) document.getElementById(focused)?.focus({ preventScroll: true });
}

document.addEventListener("submit", async (event) => {
  event.preventDefault();
  const form = event.target;
  try {
    const response = await fetch(form.getAttribute("action"), {
      method: "POST",
      headers: { accept: "application/json" },
      body: new URLSearchParams(new FormData(form)),
    });
    const { message } = await response.json();
    const menu = form.closest("#reset-menu");
    if (menu) menu.open = false;
    say(message, !response.ok);
  } catch {
    say("The sandbox does not answer. Does it still run?", true);
  }
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of document.querySelectorAll("details.popover[open]")) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});

const stream = new EventSource("/_sandbox/page/stream");
stream.addEventListener("regions", ({ data }) => take(JSON.parse(data)));
stream.addEventListener("open", () => document.body.classList.remove("lost"));
stream.addEventListener("error", () => document.body.classList.add("lost"));

let seen = "";
let base = 0;
let since = 0;
setInterval(() => {
  const clock = document.getElementById("clock");
  const now = clock.getAttribute("datetime");
  if (now !== seen) [seen, base, since] = [now, Date.parse(now), performance.now()];
  const at = new Date(base + (performance.now() - since) * Number(clock.dataset.scale));
  clock.textContent = at.toISOString().slice(11, 19);
}, 250);
`;
