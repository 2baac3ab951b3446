// What a browser has to do to analyse reports when the server sends raw answers: parse them all, and
// for each report, each group that holds its country and each answer add one; then percentages of
// all, by column and by row. Written from the description of such an analyser; runs in Node and in
// Chromium. `analyse(texts, task)` takes the reports of each source as one JSON text.
"use strict";

function valuesOf(answer) {
  if (answer === undefined || answer === null) return [];
  if (Array.isArray(answer)) return answer.flatMap(valuesOf);
  if (typeof answer !== "object") return [String(answer)];
  if (answer.options) return answer.options.flatMap(valuesOf);
  const value = answer.value ?? answer.identifier;
  return value === undefined || typeof value === "object" ? [] : [String(value)];
}

function countQuestion(reports, question, groups) {
  const counts = {};
  for (const report of reports) {
    const country = report.government.identifier;
    for (const group of groups) {
      if (!group.members.has(country)) continue;
      for (const value of valuesOf(report[question])) {
        const ofValue = (counts[value] ??= {});
        ofValue[group.name] = (ofValue[group.name] ?? 0) + 1;
      }
    }
  }
  const totals = { all: 0, byGroup: {}, byValue: {} };
  for (const [value, ofValue] of Object.entries(counts)) {
    for (const [group, count] of Object.entries(ofValue)) {
      totals.all += count;
      totals.byGroup[group] = (totals.byGroup[group] ?? 0) + count;
      totals.byValue[value] = (totals.byValue[value] ?? 0) + count;
    }
  }
  const shares = {};
  for (const [value, ofValue] of Object.entries(counts)) {
    shares[value] = {};
    for (const [group, count] of Object.entries(ofValue)) {
      shares[value][group] = {
        global: count / totals.all,
        byColumn: count / totals.byGroup[group],
        byRow: count / totals.byValue[value],
      };
    }
  }
  return { counts, shares };
}

function analyse(texts, task) {
  const started = performance.now();
  const reports = {};
  for (const [source, text] of Object.entries(texts)) reports[source] = JSON.parse(text);
  const parsed = performance.now();
  const groups = Object.entries(task.groups).map(([name, members]) => ({
    name,
    members: new Set(members),
  }));
  const counts = {};
  for (const [source, question] of task.questions) {
    counts[`${source}.${question}`] = countQuestion(reports[source], question, groups).counts;
  }
  return { parse: parsed - started, loop: performance.now() - parsed, counts };
}

if (typeof process !== "undefined" && process.versions?.node) {
  const fs = require("node:fs");
  const [taskFile, repeats] = process.argv.slice(2);
  const task = JSON.parse(fs.readFileSync(taskFile, "utf8"));
  const runs = [];
  for (let run = 0; run < Number(repeats); run += 1) {
    const started = performance.now();
    const texts = {};
    for (const [source, file] of Object.entries(task.files)) {
      texts[source] = fs.readFileSync(file, "utf8");
    }
    const read = performance.now() - started;
    runs.push({ read, ...analyse(texts, task) });
  }
  const counts = runs.at(-1).counts;
  process.stdout.write(JSON.stringify({ runs: runs.map(({ counts: _, ...times }) => times), counts }));
}
