// The twins of the rules that need nothing but the answers: see offline/checks.py.
function fillWords(words, given) {
  return words.replace(/%\((\w+)\)s/g, (_all, name) => String(given[name]));
}

// Arabic and Persian digits as those that are counted with.
function toDigits(text) {
  return text.replace(/[\u0660-\u0669\u06f0-\u06f9]/g, (sign) => sign.charCodeAt(0) % 16);
}

class CheckedReport {
  constructor(cells, off, checks, languages) {
    this.checks = checks;
    this.cells = cells;
    this.languages = languages;
    this.answers = collectAnswers(cells);
    for (const key of off) delete this.answers[key];
  }

  key(concept) { return this.checks.keys[concept]; }
  name(concept) { return this.checks.names[this.key(concept)]; }
  codes(concept) {
    const answer = this.answers[this.key(concept) ?? ""];
    return answer ? [...answer.options].filter((code) => code !== "") : [];
  }
  says(concept, ...codes) { return this.codes(concept).some((code) => codes.includes(code)); }
  bounds(concept) {
    const codes = this.codes(concept);
    return codes.length === 1 ? (this.checks.bounds[this.key(concept)] ?? {})[codes[0]] : undefined;
  }
  // Figures beside the chosen options of a question: option -> whole number.
  figures(concept) {
    const key = this.key(concept);
    const found = {};
    for (const code of this.codes(concept)) {
      const text = toDigits(this.cells[`${key}/${code}#n`] ?? "");
      if (/^[0-9]+$/.test(text)) found[code] = Number(text);
    }
    return found;
  }
  // The words of a question of its own: in the first of the report's languages that has some.
  words(key) {
    const said = Object.keys(this.cells).filter((name) => name.startsWith(`${key}#`) && this.cells[name]);
    const names = [...this.languages, "en"].map((code) => `${key}#${code}`);
    const found = names.find((name) => said.includes(name)) ?? said[0];
    return found ? this.cells[found].trim() : "";
  }
  say(words, given) { return fillWords(this.checks.words[words], given); }
  count(words, number) { return this.checks.counted[words][number]; }
  find(concepts, what) {
    return { questions: concepts.map((each) => this.key(each)).filter(Boolean), what };
  }
}

const CHECKS = {
  shares_make_one_hundred(report) {
    const shares = Object.values(report.figures("nr2.q048"));
    const total = shares.reduce((sum, share) => sum + share, 0);
    if (!shares.length || Math.abs(total - 100) <= 1) return [];
    const what = report.say("the shares are %(shares)s = %(total)s per cent, not 100", { shares: shares.join(" + "), total });
    return [report.find(["nr2.q048"], what)];
  },
  no_more_laboratories_operate_than_are_certified(report) {
    const certified = report.bounds("survey2014.s026"), operating = report.bounds("survey2014.s027");
    if (!certified || !operating || certified[1] === null || operating[0] <= certified[1]) return [];
    const what = report.say("%(operating)s, but %(certified)s (%(question)s)", {
      operating: report.count("at least %(count)s certified laboratory operates", operating[0]),
      certified: report.count("at most %(count)s is certified", certified[1]),
      question: report.name("survey2014.s026"),
    });
    return [report.find(["survey2014.s027", "survey2014.s026"], what)];
  },
  approvals_are_counted_alike(report) {
    const { APPROVAL, CONDITIONS } = report.checks.constants;
    const shares = report.figures("nr2.q048");
    if (!report.says("nr4.q034", "0") || ![APPROVAL, CONDITIONS].some((code) => shares[code] > 0)) return [];
    const what = report.say("no LMO was approved, but %(question)s gives a share of approvals", { question: report.name("nr2.q048") });
    return [report.find(["nr4.q034", "nr2.q048"], what)];
  },
  instruments_are_measures(report) {
    const none = report.says("nr2.q016", "instrument.none");
    const named = report.codes("nr2.q016").length > 0 && !none;
    const given = { question: report.name("nr2.q016") };
    let what;
    if (report.says("nr2.q015", "implementation.none") && named) what = report.say("no measures are in place, but %(question)s names instruments", given);
    else if (report.says("nr2.q015", ...report.checks.constants.FULLY) && none) what = report.say("measures are fully in place, but %(question)s names no instrument", given);
    return what ? [report.find(["nr2.q015", "nr2.q016"], what)] : [];
  },
  what_happened_is_available(report) {
    const { HAPPENED, NOT_AVAILABLE } = report.checks.constants;
    const tookPlace = (event, least) => least === null ? report.says(event, "true") : (report.bounds(event)?.[0] ?? -1) >= least;
    return HAPPENED.filter(([event, least, item]) => report.says(item, NOT_AVAILABLE) && tookPlace(event, least)).map(([event, , item]) =>
      report.find([item, event], report.say("the information is called not available, but %(question)s says that there was such a case", { question: report.name(event) })));
  },
  unpublished_information_has_a_reason(report) {
    const outside = report.checks.items.filter((item) => report.says(item, ...report.checks.constants.PARTLY));
    if (!outside.length || report.answers[report.key("nr4.q113")]) return [];
    return [report.find(["nr4.q113", ...outside], report.count("%(count)s kind of information is not fully published, without a reason", outside.length))];
  },
  texts_say_something(report) {
    const nothing = report.checks.constants.SAYS_NOTHING;
    return report.checks.texts.filter((key) => report.answers[key] && nothing.includes(report.words(key).toLowerCase())).map((key) =>
      ({ questions: [key], what: report.say("“%(words)s” says nothing", { words: report.words(key) }) }));
  },
};

function runChecks(cells, off, checks, languages) {
  const report = new CheckedReport(cells, off, checks, languages);
  return checks.rules.flatMap((rule) => CHECKS[rule](report).map((found) => ({ rule, ...found })));
}
