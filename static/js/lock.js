// Locks the page when no human has done anything for a while, and keeps what they were typing. Without this script the
// server locks all the same, with the next page that is asked for; then nothing covers what is on the screen until then.
// Nothing is stored in the browser: what was typed goes to the server, which encrypts it.

const lock = document.getElementById("lock");
const warning = document.getElementById("lock-warning");
const cover = document.getElementById("lock-cover");
const token = lock.querySelector("[name=csrfmiddlewaretoken]").value;

const WHOLE = Number(lock.dataset.left) * 1000;
const WARNED = Math.min(120_000, WHOLE / 4); // before it locks, in milliseconds
const REPORTED = Math.min(240_000, WHOLE / 5); // how often a human's doings are told to the server
const LOOKED = Math.min(15_000, WHOLE / 20);

let locksAt = Date.now() + WHOLE;
let endsAt = lock.dataset.ends ? Date.now() + Number(lock.dataset.ends) * 1000 : Infinity;
let lastInput = Date.now();
let lastPulse = Date.now();
let isLocking = false;

// --- What was typed ---

const edited = new Set();

function remember(form) {
  if (!form || form.method !== "post" || form.querySelector("[type=password], [autocomplete=one-time-code]")) return;
  edited.delete(form); // so that the last one stands last
  edited.add(form);
}

document.addEventListener("input", (event) => { if (event.isTrusted) remember(event.target.form); });
document.addEventListener("change", (event) => { if (event.isTrusted) remember(event.target.form); });
// A form that came back with errors, or from an earlier lock, holds what was typed, too.
document.querySelectorAll("main form .govuk-error-message, .errorlist").forEach((error) => remember(error.closest("form")));
if (lock.dataset.restored !== undefined) document.querySelectorAll("main form").forEach((form) => {
  if (form.querySelector("input:not([type=hidden]), textarea, select")) remember(form);
});

// The form that was typed into last.
function typed() {
  const form = [...edited].filter((one) => one.isConnected).pop();
  if (!form) return { page: location.pathname + location.search };
  const fields = new URLSearchParams();
  for (const [name, value] of new FormData(form)) if (typeof value === "string" && name !== "csrfmiddlewaretoken") fields.append(name, value);
  const action = new URL(form.getAttribute("action") || location.href, location.href);
  return {
    page: location.pathname + location.search,
    action: action.pathname + action.search,
    typed: fields.toString(),
  };
}

// --- The server's clock ---

async function post(address, fields) {
  const response = await fetch(address, {
    method: "POST",
    body: new URLSearchParams({ csrfmiddlewaretoken: token, ...fields }),
    headers: { Accept: "application/json" },
    redirect: "manual",
    credentials: "same-origin",
  });
  // Signed out elsewhere: the page itself then leads to where one signs in.
  if (response.type === "opaqueredirect" || [401, 403].includes(response.status)) { leave(location.href); return null; }
  if (!response.ok) throw new Error(String(response.status));
  return response.json();
}

async function pulse() {
  lastPulse = Date.now();
  const idle = Math.floor((Date.now() - lastInput) / 1000);
  const answer = await post(lock.dataset.pulse, { idle });
  if (!answer) return;
  locksAt = Date.now() + answer.left * 1000;
  endsAt = Date.now() + answer.ends * 1000;
}

// --- Locking ---

function hide() {
  document.title = lock.dataset.title;
  document.body.append(cover);
  document.body.classList.add("is-locked");
  cover.hidden = false;
}

function leave(address) {
  hide();
  location.replace(address);
}

function say(when) {
  cover.querySelectorAll("[data-when]").forEach((text) => { text.hidden = text.dataset.when !== when; });
  cover.querySelector("[data-again]").hidden = when !== "away";
}

async function lockNow() {
  if (isLocking) return;
  isLocking = true;
  if (warning.open) warning.close();
  const kept = typed();
  hide();
  say("leaving");
  try {
    const answer = await post(lock.querySelector("form").action, kept);
    if (answer) location.replace(answer.unlock);
  } catch {
    isLocking = false;
    say("away");
  }
}

cover.querySelector("[data-again]").addEventListener("click", lockNow);
document.querySelectorAll("form[data-locks]").forEach((form) => form.addEventListener("submit", (event) => {
  event.preventDefault();
  lockNow();
}));

// --- Warning ---

function warn() {
  const isEnd = endsAt < locksAt;
  warning.querySelectorAll("[data-when]").forEach((text) => { text.hidden = (text.dataset.when === "over") !== isEnd; });
  warning.querySelector("[data-stays]").hidden = isEnd;
  if (!warning.open) warning.showModal();
}

warning.querySelector("[data-stays]").addEventListener("click", () => warning.close());
warning.querySelector("[data-locks]").addEventListener("click", lockNow);

// --- Watching ---

function stays(event) {
  if (!event.isTrusted || isLocking) return;
  lastInput = Date.now();
  if (warning.open && endsAt > locksAt && !event.target.closest?.("[data-locks]")) { warning.close(); watch(); }
}

["keydown", "pointerdown", "touchstart", "wheel"].forEach((kind) => {
  document.addEventListener(kind, stays, { capture: true, passive: true });
});

// The end of the whole session comes a little early, so that there is time to keep what was typed.
const remaining = () => Math.min(locksAt, endsAt - 20_000) - Date.now();

let isAsking = false;

async function watch() {
  if (isLocking || isAsking) return;
  isAsking = true;
  try {
    const isNews = lastInput > lastPulse;
    // Somebody may be at work in another window of the same session: the server is asked before anything is covered.
    const isDue = remaining() <= WARNED && !(warning.open && remaining() > 0 && !isNews);
    if (isDue || (isNews && Date.now() - lastPulse > REPORTED)) await pulse();
  } catch {
    // Without the server the page's own clock goes on.
  } finally {
    isAsking = false;
  }
  if (remaining() <= 0) lockNow();
  else if (remaining() <= WARNED) warn();
  else if (warning.open) warning.close();
}

setInterval(watch, LOOKED);
document.addEventListener("visibilitychange", () => { if (!document.hidden) watch(); });

// A page brought back from the browser's memory shows nothing before the server has said that it may.
addEventListener("pageshow", (event) => {
  if (!event.persisted) return;
  hide();
  location.reload();
});

// What came back is seen: parts that are folded away open where something was typed.
if (lock.dataset.restored !== undefined) document.querySelectorAll("main form details").forEach((part) => {
  part.open ||= [...part.querySelectorAll("input:not([type=hidden]), textarea")].some((input) => (
    ["radio", "checkbox"].includes(input.type) ? input.checked : input.value));
});
