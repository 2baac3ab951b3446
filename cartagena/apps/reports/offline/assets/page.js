"use strict";
// The rules of the form, as cartagena.engine.answer_values runs them: conditions look back only, and
// an answer that is itself switched off opens nothing.
const data = JSON.parse(document.getElementById("data").textContent);
const inputs = [...document.querySelectorAll("main [name]")];
const state = document.getElementById("state");
const store = `cartagena ${data.about.identifier} ${data.about.cycle}`;

function readCells() {
  const cells = {};
  for (const input of inputs) {
    cells[input.name] = input.type === "checkbox" ? (input.checked ? "x" : "") : input.value.trim();
  }
  return cells;
}

function fillCells(cells) {
  for (const input of inputs) {
    const text = cells[input.name] || "";
    if (input.type === "checkbox") input.checked = text !== "";
    else input.value = text;
  }
}

function collectAnswers(cells) {
  const answers = {};
  for (const [name, text] of Object.entries(cells)) {
    if (!text) continue;
    const [path, part] = name.split("#");
    const slash = path.indexOf("/");
    const question = slash < 0 ? path : path.slice(0, slash);
    const found = (answers[question] ||= { options: new Set(), beside: new Set() });
    if (slash < 0) found.options.add(part ? "" : text);
    else if (part) found.beside.add(path.slice(slash + 1));
    else found.options.add(path.slice(slash + 1));
  }
  for (const [question, found] of Object.entries(answers)) {
    if (!found.options.size) delete answers[question];
  }
  return answers;
}

function holds(condition, answers, off) {
  return condition.any_of.some(({ question, values }) => {
    const given = answers[question];
    if (!given || off.has(question)) return false;
    if (values === null) return true;
    const chosen = [...given.options];
    if (condition.rule === "@hasValuesExcept") return !chosen.some((code) => values.includes(code));
    if (condition.rule === "@hasAdditionalValues") {
      return chosen.some((code) => values.includes(code) && given.beside.has(code));
    }
    return chosen.some((code) => values.includes(code));
  });
}

function findSwitchedOff(answers) {
  const off = new Set();
  for (const gate of data.gates) {
    if (off.has(gate.parent) || gate.conditions.some((each) => !holds(each, answers, off))) {
      off.add(gate.key);
    }
  }
  return off;
}

function keepExclusive(input) {
  const [question, code] = [input.name.split("/")[0], input.name.slice(input.name.indexOf("/") + 1)];
  const alone = data.exclusive[question];
  if (!alone || input.type !== "checkbox" || !input.checked) return;
  for (const other of inputs) {
    const own = other.name.slice(other.name.indexOf("/") + 1);
    if (other === input || other.type !== "checkbox" || !other.name.startsWith(`${question}/`)) continue;
    if (alone.includes(code) || alone.includes(own)) other.checked = false;
  }
}

function update() {
  const cells = readCells();
  const answers = collectAnswers(cells);
  const off = findSwitchedOff(answers);
  for (const row of document.querySelectorAll("[data-question]")) {
    row.hidden = off.has(row.dataset.question);
  }
  const asked = data.mandatory.filter((key) => !off.has(key));
  const missing = asked.filter((key) => !answers[key]);
  state.textContent = `${asked.length - missing.length} / ${asked.length}`;
  window.cartagena = { off: [...off], missing };
  try { localStorage.setItem(store, JSON.stringify(cells)); } catch { /* a page may not store here */ }
}

function saveFile() {
  const text = JSON.stringify({ about: data.about, cells: readCells() }, null, 1);
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type: "application/json" }));
  link.download = `${data.about.cycle}-${data.about.government}.json`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}

async function openFile(event) {
  const [file] = event.target.files;
  if (!file) return;
  try {
    const read = JSON.parse(await file.text());
    if (read.about.cycle !== data.about.cycle || read.about.government !== data.about.government) throw 0;
    fillCells(read.cells);
    update();
  } catch {
    state.textContent = data.texts.wrong_file;
    state.className = "problem";
  }
}

let kept = null;
try { kept = JSON.parse(localStorage.getItem(store)); } catch { /* nothing was kept */ }
fillCells({ ...data.cells, ...(kept || {}) });
document.addEventListener("input", (event) => { keepExclusive(event.target); update(); });
document.getElementById("save").addEventListener("click", saveFile);
document.getElementById("open").addEventListener("change", openFile);
update();
