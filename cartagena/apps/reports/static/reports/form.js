"use strict";
// Comfort for a section of a report: questions appear and go at once, answers are saved by
// themselves, and a copy stays in this browser while the line is poor. The page works without it.
const form = document.getElementById("report");
const rules = JSON.parse(document.getElementById("rules").textContent);
const state = document.getElementById("state");
const inputs = [...form.querySelectorAll("input, textarea")].filter((each) => each.name && !each.name.startsWith("desk-") && each.name !== "csrfmiddlewaretoken");
const store = `report-${form.dataset.key}`;
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

function keep() {
  try { localStorage.setItem(store, JSON.stringify({ at: Date.now(), cells: readCells() })); } catch { /* full or forbidden */ }
}

async function renew() {
  const answer = await fetch(form.dataset.token, { headers: { Accept: "application/json" }, redirect: "error" });
  if (!answer.ok) throw new Error("no token");
  form.elements.csrfmiddlewaretoken.value = (await answer.json()).token;
}

async function save() {
  if (busy || left || !dirty || !form.dataset.autosave) return;
  busy = true;
  dirty = false;
  say(form.dataset.saving);
  try {
    const answer = await fetch(form.dataset.autosave, { method: "POST", body: new FormData(form), headers: { Accept: "application/json" } });
    if (answer.status === 403 && !answer.headers.get("Content-Type").includes("json")) { await renew(); throw new Error("again"); }
    const told = await answer.json();
    if (!answer.ok) { say(told.error, true); left = answer.status === 409; return; }
    failures = 0;
    form.elements["desk-revision"].value = told.revision;
    const others = document.getElementById("others");
    others.hidden = !told.present.length;
    others.querySelector("span").textContent = told.present.join(", ");
    if (told.problems.length) say(`${told.problems[0][1]}. ${told.problems[0][2]}`, true);
    else say(`${form.dataset.saved} ${told.saved} UTC`);
    if (!dirty) try { localStorage.removeItem(store); } catch { /* forbidden */ }
  } catch {
    dirty = true;
    failures += 1;
    say(form.dataset.offline, true);
  } finally {
    busy = false;
    plan();
  }
}

const plan = () => { clearTimeout(timer); if (dirty) timer = setTimeout(save, Math.min(60000, 3000 * 2 ** failures)); };

form.addEventListener("input", (event) => {
  keepExclusive(event.target, inputs, rules.exclusive);
  dirty = true;
  say(form.dataset.unsaved);
  keep();
  follow();
  plan();
});
form.addEventListener("submit", () => { left = true; clearTimeout(timer); keep(); });
addEventListener("beforeunload", (event) => { if (dirty && !left) event.preventDefault(); });
addEventListener("online", () => { failures = 0; plan(); });

// What was typed here and never reached the server is offered, never put back unasked: somebody else
// may have answered meanwhile.
const note = document.getElementById("kept");
const drop = () => { note.hidden = true; try { localStorage.removeItem(store); } catch { /* forbidden */ } };
let kept = null;
try { kept = JSON.parse(localStorage.getItem(store)); } catch { /* nothing was kept */ }
const shown = readCells();
if (kept && Object.keys(shown).some((name) => name in kept.cells && kept.cells[name] !== shown[name])) {
  note.hidden = false;
  note.querySelector("span").textContent = new Date(kept.at).toLocaleString(document.documentElement.lang);
} else drop();
note.querySelector("[data-drop]").addEventListener("click", drop);
note.querySelector("[data-take]").addEventListener("click", () => {
  for (const input of inputs) {
    const text = kept.cells[input.name];
    if (text === undefined) continue;
    if (input.type === "radio") input.checked = input.value === text;
    else if (input.type === "checkbox") input.checked = text !== "";
    else input.value = text;
  }
  note.hidden = true;
  dirty = true;
  follow();
  plan();
});
follow();
