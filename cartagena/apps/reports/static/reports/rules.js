"use strict";
// The rules of a questionnaire, as cartagena.engine.answer_values runs them: conditions look back
// only, and an answer that is itself switched off opens nothing. Used on line and in the page for a
// stick alike.
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

function findSwitchedOff(answers, gates) {
  const off = new Set();
  for (const gate of gates) {
    if (off.has(gate.parent) || gate.conditions.some((each) => !holds(each, answers, off))) {
      off.add(gate.key);
    }
  }
  return off;
}

function keepExclusive(input, inputs, exclusive) {
  const [question, code] = [input.name.split("/")[0], input.name.slice(input.name.indexOf("/") + 1)];
  const alone = exclusive[question];
  if (!alone || input.type !== "checkbox" || !input.checked) return;
  for (const other of inputs) {
    const own = other.name.slice(other.name.indexOf("/") + 1);
    if (other === input || other.type !== "checkbox" || !other.name.startsWith(`${question}/`)) continue;
    if (alone.includes(code) || alone.includes(own)) other.checked = false;
  }
}

