"use strict";
// Comfort for a section of a report: questions appear and go at once, answers are saved by
// themselves, what others answer is shown, and a copy stays in this browser while the line is poor.
// The page works without it.
const form = document.getElementById("report");
const rules = JSON.parse(document.getElementById("rules").textContent);
const state = document.getElementById("state");
const words = form.dataset;
const inputs = [...form.querySelectorAll("input, textarea")].filter((each) => each.name && !each.name.startsWith("desk-") && each.name !== "csrfmiddlewaretoken");
const store = `report-${words.key}`;
const revision = form.elements["desk-revision"];
let dirty = false, busy = false, timer = 0, failures = 0, left = false;

const say = (text, bad = false) => { state.textContent = text; state.classList.toggle("bad", bad); };

function readCells() {
  const cells = {};
  for (const input of inputs) {
    if (input.type === "radio") { if (input.checked) cells[input.name] = input.value; }
    else if (input.type === "checkbox") cells[input.name] = input.checked ? "x" : "";
    else cells[input.name] = input.value.trim();
  }
  return cells;
}

function putCells(cells) {
  for (const input of inputs) {
    const text = cells[input.name];
    if (text === undefined) continue;
    if (input.type === "radio") input.checked = input.value === text;
    else if (input.type === "checkbox") input.checked = text !== "";
    else input.value = text;
  }
}

function follow() {
  const answers = collectAnswers({ ...rules.cells, ...readCells() });
  const off = findSwitchedOff(answers, rules.gates);
  for (const row of form.querySelectorAll("[data-question]")) {
    const key = row.dataset.question;
    const note = row.querySelector(".left-note");
    const filled = Boolean(answers[key]);
    row.hidden = off.has(key) && !filled;
    row.classList.toggle("left-over", off.has(key) && filled);
    if (note) note.hidden = !(off.has(key) && filled);
  }
}

// Only what was changed here: the copy must never bring back an older answer of somebody else.
let baseline = readCells();
const changedCells = () => Object.fromEntries(Object.entries(readCells()).filter(([name, text]) => text !== baseline[name]));
const keep = () => {
  try { localStorage.setItem(store, JSON.stringify({ at: Date.now(), form: form.elements["desk-form"].value, cells: changedCells() })); } catch { /* full or forbidden */ }
};
const forget = () => { try { localStorage.removeItem(store); } catch { /* forbidden */ } };

// Whether there is a new token for the form; there is none for who is signed out.
async function renew() {
  const answer = await fetch(words.token, { headers: { Accept: "application/json" }, redirect: "manual" });
  if (answer.type === "opaqueredirect") return false;
  if (!answer.ok) throw new Error("no token");
  const token = (await answer.json()).token;
  for (const input of document.querySelectorAll("[name=csrfmiddlewaretoken]")) input.value = token;
  return true;
}

// What others answered is shown at once, unless the same is being answered here: then the revision
// stays as it was, and the next save tells both.
function showTheirs(told) {
  const now = readCells();
  const names = Object.keys(told.theirs).filter((name) => name in baseline && told.theirs[name] !== baseline[name]);
  if (names.some((name) => now[name] !== baseline[name])) return;
  revision.value = told.revision;
  putCells(Object.fromEntries(names.map((name) => [name, told.theirs[name]])));
  for (const name of names) {
    baseline[name] = told.theirs[name];
    const field = inputs.find((each) => each.name === name).closest("fieldset");
    if (field.querySelector(".theirs")) continue;
    const note = document.createElement("p");
    note.className = "note warn small theirs";
    note.textContent = words.theirs;
    field.append(note);
  }
  if (names.length) follow();
}

function showPresent(names) {
  const others = document.getElementById("others");
  others.hidden = !names.length;
  others.querySelector("span").textContent = names.join(", ");
}

function failed(answer, told) {
  document.getElementById("signed-out").hidden = answer.status !== 401;
  left = answer.status === 409;
  if (answer.status === 401 || answer.status >= 500) { dirty = true; failures += 1; }
  say(told.error, true);
}

async function save() {
  if (busy || left || !dirty || !words.autosave) return;
  busy = true;
  dirty = false;
  const sent = readCells();
  say(words.saving);
  try {
    let answer = await post();
    if (answer.status === 403 && !answer.headers.get("Content-Type").includes("json")) {
      if (!await renew()) { failed({ status: 401 }, { error: words.signedOut }); return; }
      answer = await post();
    }
    const told = await answer.json();
    if (!answer.ok) { failed(answer, told); return; }
    failures = 0;
    document.getElementById("signed-out").hidden = true;
    baseline = sent;
    showTheirs(told);
    showPresent(told.present);
    if (told.problems.length) say(`${told.problems[0][1]}. ${told.problems[0][2]}`, true);
    else say(`${words.saved} ${told.saved} UTC`);
    if (!dirty) forget();
  } catch {
    dirty = true;
    failures += 1;
    say(words.offline, true);
  } finally {
    busy = false;
    plan();
  }
}

const post = () => fetch(words.autosave, { method: "POST", body: new FormData(form), headers: { Accept: "application/json" } });

// A sign of life, so that others see who is here, and a look at what they answered.
async function look() {
  if (busy || left || document.hidden || !words.autosave) return;
  try {
    const answer = await fetch(`${words.autosave}?desk-revision=${revision.value}`, { headers: { Accept: "application/json" } });
    if (!answer.ok) return;
    const told = await answer.json();
    if (busy) return;
    showTheirs(told);
    showPresent(told.present);
  } catch { /* the next save tells that there is no connection */ }
}

const plan = () => { clearTimeout(timer); if (dirty) timer = setTimeout(save, Math.min(60000, 3000 * 2 ** failures)); };
const hurry = () => { failures = 0; plan(); };

form.addEventListener("input", (event) => {
  keepExclusive(event.target, inputs, rules.exclusive);
  dirty = true;
  say(words.unsaved);
  keep();
  follow();
  plan();
});
form.addEventListener("submit", () => { left = true; clearTimeout(timer); keep(); });
addEventListener("beforeunload", (event) => { if (dirty && !left) event.preventDefault(); });
addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });
addEventListener("online", hurry);
addEventListener("focus", hurry);
setInterval(look, 25000);

// What was typed here and never reached the server is offered, never put back unasked: somebody else
// may have answered meanwhile.
const note = document.getElementById("kept");
const drop = () => { note.hidden = true; forget(); };
let kept = null;
try { kept = JSON.parse(localStorage.getItem(store)); } catch { /* nothing was kept */ }
const isLost = kept && kept.cells && kept.form !== words.received;
if (isLost && Object.entries(kept.cells).some(([name, text]) => name in baseline && baseline[name] !== text)) {
  note.hidden = false;
  note.querySelector("span").textContent = new Date(kept.at).toLocaleString(document.documentElement.lang);
} else drop();
note.querySelector("[data-drop]").addEventListener("click", drop);
note.querySelector("[data-take]").addEventListener("click", () => {
  putCells(kept.cells);
  note.hidden = true;
  dirty = true;
  keep();
  follow();
  plan();
});
follow();
