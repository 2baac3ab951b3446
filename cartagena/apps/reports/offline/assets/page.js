"use strict";
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

function update() {
  const cells = readCells();
  const answers = collectAnswers(cells);
  const off = findSwitchedOff(answers, data.gates);
  for (const row of document.querySelectorAll("[data-question]")) {
    row.hidden = off.has(row.dataset.question);
  }
  const found = showChecks(cells, answers, off);
  const asked = data.mandatory.filter((key) => !off.has(key));
  const missing = asked.filter((key) => !answers[key]);
  state.textContent = `${asked.length - missing.length} / ${asked.length}`;
  window.cartagena = { off: [...off], missing, found };
  try { localStorage.setItem(store, JSON.stringify(cells)); } catch { /* a page may not store here */ }
}

// What the rules find, and what is needed and empty, each leading to its question.
function showChecks(cells, answers, off) {
  const found = runChecks(cells, off, data.checks, data.about.languages.split(","));
  const missing = data.mandatory.filter((key) => !off.has(key) && !answers[key]).map((key) => ({ questions: [key], what: data.checks.missing }));
  const list = document.getElementById("found");
  list.replaceChildren(...[...found, ...missing].map(({ questions: [key], what }) => {
    const line = document.createElement("li");
    const link = document.createElement("a");
    link.href = `#${key}`;
    link.textContent = data.checks.names[key];
    line.append(link, `: ${what}`);
    return line;
  }));
  document.getElementById("count").textContent = found.length + missing.length;
  return found;
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
document.addEventListener("input", (event) => { keepExclusive(event.target, inputs, data.exclusive); update(); });
document.getElementById("save").addEventListener("click", saveFile);
document.getElementById("open").addEventListener("change", openFile);
update();
