/**
 * The page's script. It posts forms without leaving the page and applies the updates that the server pushes
 * (server-sent events). Without it the page still works, with reloads.
 *
 * It updates regions node by node instead of replacing them, so that the focus, open folds and half-written fields stay.
 */
export const SCRIPT = `
"use strict";
const messageLine = document.getElementById("message");
let clearMessage;

function showMessage(text, isError) {
  messageLine.textContent = text;
  messageLine.classList.toggle("wrong", Boolean(isError));
  clearTimeout(clearMessage);
  clearMessage = setTimeout(() => { messageLine.textContent = ""; }, isError ? 12000 : 4000);
}

function update(node, wanted) {
  if (node.nodeType !== wanted.nodeType || node.nodeName !== wanted.nodeName || (node.id || "") !== (wanted.id || "")) {
    node.replaceWith(wanted.cloneNode(true));
    return;
  }
  if (node.nodeType === Node.TEXT_NODE) {
    if (node.data !== wanted.data) node.data = wanted.data;
    return;
  }
  const kept = node.nodeName === "DETAILS" ? "open" : undefined;
  for (const { name } of [...node.attributes]) if (name !== kept && !wanted.hasAttribute(name)) node.removeAttribute(name);
  for (const { name, value } of wanted.attributes) {
    if (name !== kept && node.getAttribute(name) !== value) node.setAttribute(name, value);
  }
  updateChildren(node, wanted);
}

function updateChildren(node, wanted) {
  const known = new Map([...node.children].filter((child) => child.id).map((child) => [child.id, child]));
  let at = node.firstChild;
  for (const next of [...wanted.childNodes]) {
    const same = next.id && known.get(next.id);
    if (same && same !== at) node.insertBefore(same, at);
    const current = same || at;
    if (!current || (!same && current.id)) {
      node.insertBefore(next.cloneNode(true), at);
      continue;
    }
    at = current.nextSibling;
    update(current, next);
  }
  while (at) {
    const surplus = at;
    at = at.nextSibling;
    surplus.remove();
  }
}

function updateRegions(regions) {
  const focused = document.activeElement.id;
  for (const [id, markup] of Object.entries(regions)) {
    const region = document.getElementById(id);
    const wanted = document.createElement(region.nodeName);
    wanted.innerHTML = markup;
    updateChildren(region, wanted);
  }
  // An element that moved to another list is a new element there, so it gets the focus again.
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
    showMessage(message, !response.ok);
  } catch {
    showMessage("The sandbox does not answer. Is it still running?", true);
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
stream.addEventListener("regions", ({ data }) => updateRegions(JSON.parse(data)));
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
