// Comfort for the form of a draft: it shows and hides fields at once, saves by itself, keeps a copy
// in this browser while the line is poor, and proposes records. Every page works without it.
const form = document.getElementById("draft");
const state = document.getElementById("state");
const words = form.dataset;
const box = (id) => form.querySelector(`[data-field="${CSS.escape(id)}"]`);
const store = `desk-${words.key}`;
let dirty = false, busy = false, timer = 0, failures = 0, left = false;

const say = (text, bad = false) => { state.textContent = text; state.classList.toggle("bad", bad); };
const typed = () => [...new FormData(form)].filter(([name, value]) =>
  typeof value === "string" && name !== "csrfmiddlewaretoken" && !name.startsWith("desk-comment"));

// What a field says, as conditions ask for it.
const valuesOf = (id) => {
  const found = [];
  for (const input of box(id)?.querySelectorAll("input, select, textarea") ?? []) {
    const name = input.name.split("--")[0];
    if (name !== id || (/radio|checkbox/.test(input.type) && !input.checked)) continue;
    const value = input.value.trim();
    if (!value || input.name.endsWith("--as")) continue;
    const kind = input.type === "radio" && (value === "yes" || value === "no");
    const code = value.match(/\(([^()]+)\)$/);
    found.push(kind ? String(value === "yes") : code && input.hasAttribute("list") ? code[1] : value);
  }
  return found;
};
const holds = (condition) => condition.some((tests) => tests.every((test) => {
  const values = valuesOf(test.f);
  if (test.empty) return !values.length;
  if (test.in) return values.some((value) => test.in.includes(value));
  return values.length > 0 && !values.some((value) => test.out.includes(value));
}));
const follow = () => {
  for (const field of form.querySelectorAll("[data-asked]")) {
    const asked = holds(JSON.parse(field.dataset.asked));
    const filled = valuesOf(field.dataset.field).length > 0;
    field.hidden = !asked && !filled;
    field.classList.toggle("left-over", !asked && filled);
    const note = field.querySelector(".left-note");
    if (note) note.hidden = asked || !filled;
  }
  for (const field of form.querySelectorAll("[data-required]")) {
    const mark = field.querySelector("legend .need");
    if (mark) mark.hidden = !holds(JSON.parse(field.dataset.required));
  }
  for (const part of form.querySelectorAll("section.part")) {
    const fields = [...part.querySelectorAll(":scope > .field")];
    part.hidden = fields.length > 0 && fields.every((field) => field.hidden);
    const link = document.querySelector(`.sections a[href="#${part.id}"]`);
    if (link) link.parentElement.hidden = part.hidden;
  }
};

// Saving. What is not saved yet also stands in this browser, and goes when the server has it.
const fieldOf = (name) => name.split("--")[0];
const byField = (pairs) => {
  const found = new Map();
  for (const [name, value] of pairs) {
    if (!name.startsWith("desk-")) found.set(fieldOf(name), `${found.get(fieldOf(name)) ?? ""}\n${name}=${value}`);
  }
  return found;
};
let baseline = byField(typed());
// Only fields that were changed here: the copy must never bring back an older text of others.
const keep = () => {
  const now = byField(typed());
  const fields = [...new Set([...now.keys(), ...baseline.keys()])].filter((id) =>
    now.get(id) !== baseline.get(id) && !box(id)?.disabled);
  const pairs = typed().filter(([name]) => fields.includes(fieldOf(name)));
  try {
    localStorage.setItem(store, JSON.stringify({ at: Date.now(), form: form.elements["desk-form"].value, fields, typed: pairs }));
  } catch { /* full or forbidden */ }
};
const forget = () => { try { localStorage.removeItem(store); } catch { /* forbidden */ } };
const renew = async () => {
  const answer = await fetch(words.token, { headers: { Accept: "application/json" }, redirect: "error" });
  if (!answer.ok) throw new Error("no token");
  const token = (await answer.json()).token;
  for (const input of document.querySelectorAll("[name=csrfmiddlewaretoken]")) input.value = token;
};
const showOthers = (names) => {
  const note = document.getElementById("others");
  note.hidden = !names.length;
  note.querySelector("span").textContent = names.join(", ");
};
// A field that somebody else changed still shows the old text here: it is no longer sent.
const yield_ = (fields) => {
  for (const id of fields) {
    const field = box(id);
    if (!field || field.disabled) continue;
    field.disabled = true;
    const note = document.createElement("p");
    note.className = "note warn small";
    note.textContent = words.theirs;
    field.append(note);
  }
};
const save = async () => {
  if (busy || left) return;
  busy = true;
  const wasDirty = dirty;
  dirty = false;
  const body = new FormData();
  const sent = typed();
  body.append("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
  if (wasDirty) { for (const [name, value] of sent) body.append(name, value); say(words.saving); }
  try {
    const answer = await fetch(words.autosave, { method: "POST", body, headers: { Accept: "application/json" } });
    if (answer.status === 403) { await renew(); dirty = wasDirty; throw new Error("again"); }
    const told = await answer.json();
    if (answer.ok) {
      failures = 0;
      form.elements["desk-revision"].value = wasDirty ? told.revision : form.elements["desk-revision"].value;
      showOthers(told.present);
      if (wasDirty) {
        yield_(told.theirs);
        say(`${words.saved} ${told.saved} UTC`);
        baseline = byField(sent);
        if (!dirty) forget();
      }
    } else {
      dirty = wasDirty;
      if (answer.status === 409) left = true;
      say(answer.status === 401 ? words.signedOut : told.error, true);
    }
  } catch {
    dirty = wasDirty || dirty;
    failures += 1;
    if (dirty) say(words.offline, true);
  } finally {
    busy = false;
    plan();
  }
};
const plan = () => {
  clearTimeout(timer);
  timer = setTimeout(save, dirty ? Math.min(60000, 4000 * 2 ** failures) : 25000);
};
const changed = () => { dirty = true; say(words.unsaved); keep(); follow(); plan(); };
form.addEventListener("input", changed);
form.addEventListener("change", changed);
form.addEventListener("submit", () => { left = true; clearTimeout(timer); keep(); });
addEventListener("beforeunload", (event) => { if (dirty && !left) event.preventDefault(); });

// Rows: added and removed here at once; the server does the same without this file.
const blankOf = (rows) => {
  const items = rows.querySelectorAll(":scope > .item");
  const last = items[items.length - 1];
  const copy = last.cloneNode(true);
  const old = last.dataset.row;
  const number = Math.max(...[...items].map((item) => Number(item.dataset.row.split("--").pop()))) + 1;
  const fresh = `${rows.dataset.rows}--${number}`;
  const swap = (text) => text.replace(old, fresh);
  for (const element of [copy, ...copy.querySelectorAll("*")]) {
    for (const name of ["name", "id", "for", "data-row", "data-rows", "value"]) {
      const value = element.getAttribute(name);
      if (value?.includes(old)) element.setAttribute(name, swap(value));
      else if (value && /^(id|for|list)$/.test(name) && value.startsWith("i-")) element.setAttribute(name, `${value}-${number}`);
    }
    if (element.matches("input:not([type=checkbox], [type=radio], [type=hidden]), textarea")) { element.value = ""; element.setAttribute("value", ""); }
    if (element.matches("textarea")) element.textContent = "";
    if (element.checked) element.checked = false;
  }
  copy.classList.add("blank");
  last.after(copy);
  copy.querySelector("input, select, textarea")?.focus();
};
form.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (!button) return;
  const row = button.name === "desk-remove" && button.closest(".item");
  if (button.hasAttribute("data-add")) {
    const rows = button.closest(".rows");
    if (rows.querySelector(":scope > .item .chosen") && !rows.querySelector(":scope > .item.blank")) return;
    event.preventDefault();
    blankOf(rows);
  } else if (row) {
    event.preventDefault();
    row.remove();
    changed();
  }
});

// Proposals for references.
let asked = 0;
form.addEventListener("input", async (event) => {
  const input = event.target;
  if (!input.dataset?.suggest || input.value.trim().length < 2) return;
  const mine = ++asked;
  await new Promise((done) => setTimeout(done, 250));
  if (mine !== asked) return;
  const query = new URLSearchParams({ types: input.dataset.suggest, q: input.value });
  try {
    const answer = await fetch(`${words.suggestions}?${query}`, { headers: { Accept: "application/json" } });
    const { found } = await answer.json();
    const list = document.getElementById("proposals") ?? form.appendChild(document.createElement("datalist"));
    list.id = "proposals";
    list.replaceChildren(...found.map((one) => new Option(`${one.title} (${one.number})`, one.number)));
    input.setAttribute("list", "proposals");
  } catch { /* no proposals */ }
});

// Text of an earlier visit that the server never got.
const note = document.getElementById("kept");
const recover = () => {
  let kept = null;
  try { kept = JSON.parse(localStorage.getItem(store)); } catch { return; }
  if (!kept?.fields?.length) return;
  if (kept.form === words.received) { forget(); return; }
  const then = kept.typed;
  const [old, now] = [byField(then), byField(typed())];
  if (kept.fields.every((id) => old.get(id) === now.get(id))) { forget(); return; }
  note.querySelector("span").textContent = new Date(kept.at).toLocaleString(document.documentElement.lang);
  note.hidden = false;
  note.querySelector("[data-drop]").addEventListener("click", () => { forget(); note.hidden = true; });
  note.querySelector("[data-take]").addEventListener("click", () => { take(then, kept.fields); note.hidden = true; changed(); });
};
const take = (pairs, fields) => {
  const values = new Map();
  for (const [name, value] of pairs) values.set(name, [...(values.get(name) ?? []), value]);
  for (const rows of form.querySelectorAll(".rows")) {
    const wanted = new Set([...values.keys()].filter((name) => name.startsWith(`${rows.dataset.rows}--`))
      .map((name) => name.slice(rows.dataset.rows.length + 2).split("--")[0]));
    for (let n = rows.querySelectorAll(":scope > .item").length; n < wanted.size && n < 60; n += 1) blankOf(rows);
  }
  for (const input of form.elements) {
    if (!input.name || !fields.includes(fieldOf(input.name))) continue;
    if (!values.has(input.name)) {
      if (/radio|checkbox/.test(input.type)) input.checked = false;
      continue;
    }
    const said = values.get(input.name);
    if (/radio|checkbox/.test(input.type)) input.checked = said.includes(input.value);
    else if (input.type !== "hidden") input.value = said[0];
  }
};

follow();
recover();
plan();
