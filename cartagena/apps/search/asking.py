"""From what was typed to a query of the index, and to the tokens that are marked in hits.

Words in Latin letters are looked for in the languages that know them: those in which records have
the very word, or else the word most like it; and in the reader's, if it has the stem. So `casa`
never finds the French `cas`, though both have the stem `cas`.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import tantivy

from cartagena.apps.search import analyser, store
from cartagena.apps.search.analyser import LATIN, NEUTRAL
from cartagena.apps.search.analyser_arabic import list_asked_forms
from cartagena.apps.search.analyser_codes import Code, list_codes
from cartagena.apps.search.analyser_latin import list_asked_spellings
from cartagena.apps.search.asked import Asked, Group, Part, write_exactly
from cartagena.apps.search.asked_meanings import Named, list_named
from cartagena.apps.search.meanings import meaning_token
from cartagena.apps.search.stop_words import STOP_WORDS
from cartagena.engine.record_identity import is_identifier

Query = tantivy.Query
Must, Should, MustNot = tantivy.Occur.Must, tantivy.Occur.Should, tantivy.Occur.MustNot
_TITLE_BOOST = 3.0
_OWN_BOOST = 200.0
_EXACT_BOOST = 100.0
_LONG_RUN = 5
_PUNCTUATION = re.compile(r"[\s\-–_/.,;:()×xX]+")  # noqa: RUF001


@dataclass(frozen=True)
class Also:
    """The meanings of words that were asked for, by which more is found; `exactly` is the question
    that finds the words alone.
    """

    meanings: tuple[str, ...]
    exactly: str


@dataclass
class Built:
    """A query, what it marks in texts, whether it asks for anything, what it also looks for."""

    query: tantivy.Query
    marks: set[str] = field(default_factory=set)
    is_empty: bool = True
    also: Also | None = None


class Builder:
    """Builds one query. `language` is the reader's."""

    def __init__(self, searcher: tantivy.Searcher, language: str) -> None:
        self._schema = store.get_schema()
        self._searcher = searcher
        self._language = language.split("-")[0]
        self._marks: set[str] = set()
        self._also: Also | None = None

    def build(self, asked: Asked) -> Built:
        """The query for all that was asked."""
        clauses: list[tuple[tantivy.Occur, tantivy.Query]] = []
        groups = list(asked.groups)
        clauses += self._take_codes(asked, groups)
        clauses += self._take_names(groups)
        clauses += self._take_meanings(asked, groups)
        plain = [g for g in groups if not self._is_left_out(g)]
        for group in plain or ([] if clauses else groups):
            clauses += self._build_group(group)
        if not any(occur == Must for occur, _query in clauses):
            clauses.append((Must, Query.const_score_query(Query.all_query(), 0.0)))
            is_empty = len(clauses) == 1
        else:
            is_empty = False
        return Built(Query.boolean_query(clauses), self._marks, is_empty, self._also)

    # Codes: what is typed over several words is one number --------------------------------------

    def _take_codes(
        self, asked: Asked, groups: list[Group]
    ) -> list[tuple[tantivy.Occur, tantivy.Query]]:
        """Codes that cover all the words asked for; their words are asked for no more."""
        singles = [g for g in groups if len(g) == 1 and not g[0].is_excluded]
        if len(singles) != len(groups):
            return []
        codes = [c for c in list_codes(asked.words, asked=True) if not c.token.startswith("c:")]
        if not codes or _left_over(asked.words, codes):
            return []
        groups.clear()
        spans: dict[tuple[int, int], list[str]] = {}
        for code in codes:
            spans.setdefault((code.start, code.end), []).append(code.token)
        return [(Must, self._build_code(tokens)) for tokens in spans.values()]

    def _take_names(self, groups: list[Group]) -> list[tuple[tantivy.Occur, tantivy.Query]]:
        """Names typed as two words (`MON 810`): both words, or the name written as one."""
        clauses = []
        place = 0
        while place + 1 < len(groups):
            pair = [*groups[place], *groups[place + 1]]
            code = self._find_name(pair)
            if code is None:
                place += 1
                continue
            both = Query.boolean_query([(Must, self._build_part(part)) for part in pair])
            clauses.append((Must, _any([self._build_code([code.token]), both])))
            del groups[place : place + 2]
        return clauses

    def _find_name(self, pair: Sequence[Part]) -> Code | None:
        if len(pair) != 2 or any(part.is_phrase or part.is_excluded for part in pair):
            return None
        text = f"{pair[0].text} {pair[1].text}"
        codes = [c for c in list_codes(text, asked=True) if c.token.startswith("c:")]
        return codes[0] if len(codes) == 1 and " " in text[codes[0].start : codes[0].end] else None

    def _build_code(self, tokens: Sequence[str]) -> tantivy.Query:
        self._marks.update(tokens)
        choices = []
        for token in tokens:
            own = self._term(store.OWN, token, "basic")
            choices.append(Query.boost_query(Query.const_score_query(own, 1.0), _OWN_BOOST))
            choices.append(Query.const_score_query(self._term(store.FORMS, token, "basic"), 1.0))
        return _any(choices)

    # Meanings: what is also called otherwise ------------------------------------------------------

    def _take_meanings(
        self, asked: Asked, groups: list[Group]
    ) -> list[tuple[tantivy.Occur, tantivy.Query]]:
        """Words that name something declared: these words or, below, any name of it."""
        clauses: list[tuple[tantivy.Occur, tantivy.Query]] = []
        found = list_named(groups)
        together: dict[int, list[Named]] = {}
        taken: list[list[Group]] = []
        for named in found:
            together.setdefault(named.first, []).append(named)
        for first, several in reversed(together.items()):
            mine = groups[first : several[0].last]
            exact = [
                each for g in mine if not self._is_left_out(g) for each in self._build_group(g)
            ]
            clauses.append((Must, _any([_above(exact), *map(self._build_meaning, several)])))
            del groups[first : several[0].last]
            taken.append(mine)
        if found:
            meanings = dict.fromkeys(each for named in found for each in named.meanings)
            self._also = Also(tuple(meanings), write_exactly(asked.groups, taken))
        return clauses

    def _build_meaning(self, named: Named) -> tantivy.Query:
        clauses: list[tuple[tantivy.Occur, tantivy.Query]] = []
        for token in map(meaning_token, named.meanings):
            self._marks.add(token)
            title = self._term(store.TITLE, token, "freq")
            clauses.append((Must, self._term(store.WORDS, token, "position")))
            clauses.append((Should, Query.boost_query(title, _TITLE_BOOST)))
        clauses += [(Must, self._build_word(word)) for word in named.rest]
        return Query.boolean_query(clauses)

    # Words ---------------------------------------------------------------------------------------

    def _is_left_out(self, group: Sequence[Part]) -> bool:
        """Whether a word says too little to be asked for."""
        if len(group) != 1 or group[0].is_phrase or group[0].is_excluded:
            return False
        words = list(analyser.WORD.findall(group[0].text))
        if len(words) != 1:
            return False
        script = analyser.script_of(words[0])
        languages = (script,) if script else LATIN
        return any(f"{each}:{analyser.fold(words[0], each)}" in STOP_WORDS for each in languages)

    def _build_group(self, group: Sequence[Part]) -> list[tuple[tantivy.Occur, tantivy.Query]]:
        if group[0].is_excluded:
            marks = set(self._marks)
            query = self._build_part(group[0])
            self._marks = marks
            return [(MustNot, query)]
        clauses = [(Must, _any([self._build_part(part) for part in group]))]
        title = [q for part in group for q in self._build_title(part)]
        if title:
            clauses.append((Should, Query.boost_query(_any(title), _TITLE_BOOST)))
        return clauses

    def _build_part(self, part: Part) -> tantivy.Query:
        choices = []
        for code in list_codes(part.text, asked=True):
            if not _left_over(part.text, [code]):
                choices.append(self._build_code([code.token]))
        if is_identifier(part.text):
            own = self._term(store.OWN, f"id:{part.text.upper()}", "basic")
            choices.append(Query.boost_query(Query.const_score_query(own, 1.0), _OWN_BOOST))
        words = analyser.WORD.findall(part.text)
        if len(words) == 1:
            choices.append(self._build_word(words[0], is_phrase=part.is_phrase))
        elif words:
            choices.append(self._build_phrase(words))
        return _any(choices)

    def _build_word(self, word: str, *, is_phrase: bool = False) -> tantivy.Query:
        if analyser.script_of(word) == "zh":
            return self._build_han(word, is_phrase=is_phrase)
        tokens = self._tokens(word)
        self._marks.update(tokens)
        choices = [self._term(store.WORDS, token, "position") for token in tokens]
        if word.isdigit():
            own = self._term(store.OWN, f"{NEUTRAL}:{word}", "basic")
            choices.append(Query.boost_query(Query.const_score_query(own, 1.0), _OWN_BOOST))
        return _any(choices)

    def _build_han(self, word: str, *, is_phrase: bool) -> tantivy.Query:
        tokens, forms = analyser.read_word(word, "zh")
        if len(word) == 1:
            self._marks.update(forms)
            return self._term(store.FORMS, forms[0], "basic")
        self._marks.update(tokens)
        if len(tokens) == 1:
            return self._term(store.WORDS, tokens[0], "position")
        phrase = Query.phrase_query(self._schema, store.WORDS, list(tokens))
        if is_phrase or len(word) < _LONG_RUN:
            return phrase
        # Several words without spaces: most pairs must stand in the record, side by side is better.
        pairs = [(Should, self._term(store.WORDS, token, "position")) for token in tokens]
        most = Query.boolean_query(pairs, len(pairs) - len(word) // 4)
        return _any([Query.boost_query(phrase, 4.0), most])

    def _build_phrase(self, words: Sequence[str]) -> tantivy.Query:
        """Words side by side, in one language."""
        choices = []
        for language in self._languages_of(words):
            tokens = [token for word in words for token in analyser.read_word(word, language)[0]]
            self._marks.update(tokens)
            if len(tokens) > 1:
                choices.append(Query.phrase_query(self._schema, store.WORDS, list(tokens)))
            elif tokens:
                choices.append(self._term(store.WORDS, tokens[0], "position"))
        return _any(choices)

    def _build_title(self, part: Part) -> Iterable[tantivy.Query]:
        for word in analyser.WORD.findall(part.text):
            for token in self._tokens(word):
                yield self._term(store.TITLE, token, "freq")

    def _tokens(self, word: str) -> list[str]:
        """The tokens under which a word may stand in the index."""
        script = analyser.script_of(word)
        if script == "ar":
            stem = analyser.stem(analyser.fold(word, "ar"), "ar")
            return [f"ar:{form}" for form in list_asked_forms(stem)] if stem else []
        if script is not None or any(sign.isdigit() for sign in word):
            return list(analyser.read_word(word, NEUTRAL)[0])
        tokens = []
        for language in self._languages_of([word]):
            folded = analyser.fold(word, language)
            for spelling in list_asked_spellings(folded, language):
                found = analyser.stem(spelling, language)
                if found:
                    tokens.append(f"{language}:{found}")
        neutral = analyser.fold(word, NEUTRAL)
        return list(dict.fromkeys([*tokens, f"{NEUTRAL}:{neutral}"])) if neutral else tokens

    def _languages_of(self, words: Sequence[str]) -> list[str]:
        """The languages in which words in Latin letters are looked for, the reader's first."""
        order = sorted(LATIN, key=lambda language: language != self._language)
        latin = [word for word in words if analyser.script_of(word) is None]
        near = {
            language: min((self._closeness(word, language) for word in latin), default=1)
            for language in order
        }
        most = max(near.values())
        found = [
            language
            for language in order
            if near[language] == most or (language == self._language and near[language])
        ]
        if len(words) > 1 and any(self._has_form(word, NEUTRAL) for word in latin):
            found.append(NEUTRAL)
        return found

    def _closeness(self, word: str, language: str) -> int:
        """How many letters a word shares with a word that records have in a language.

        One more for the very word; 0 where no record has its stem.
        """
        folded = analyser.fold(word, language)
        if self._has_form(word, language):
            return len(folded) + 1
        stems = [analyser.stem(each, language) for each in list_asked_spellings(folded, language)]
        if not any(self._searcher.doc_freq(store.WORDS, f"{language}:{each}") for each in stems):
            return 0
        for length in range(len(folded), 1, -1):
            start = f"{language}={folded[:length]}"
            if self._searcher.terms_with_prefix(store.FORMS, start, limit=1):
                return length
        return 1

    def _has_form(self, word: str, language: str) -> bool:
        """Whether some record has this very word in a text of the language."""
        if any(sign.isdigit() for sign in word):
            return True
        folded = analyser.fold(word, language)
        spellings = [folded] if language == NEUTRAL else list_asked_spellings(folded, language)
        return any(self._searcher.doc_freq(store.FORMS, f"{language}={each}") for each in spellings)

    def _term(self, name: str, token: str, option: str) -> tantivy.Query:
        return Query.term_query(self._schema, name, token, option)


def _left_over(text: str, codes: Iterable[Code]) -> str:
    """What stands in a text beside codes, apart from signs between them."""
    rest = list(text)
    for code in codes:
        rest[code.start : code.end] = " " * (code.end - code.start)
    return _PUNCTUATION.sub("", "".join(rest))


def _above(clauses: list[tuple[tantivy.Occur, tantivy.Query]]) -> tantivy.Query:
    """All of some clauses, above whatever only means the same."""
    bonus = Query.const_score_query(Query.all_query(), _EXACT_BOOST)
    return Query.boolean_query([*clauses, (Should, bonus)])


def _any(choices: Sequence[tantivy.Query]) -> tantivy.Query:
    if not choices:
        return Query.empty_query()
    if len(choices) == 1:
        return choices[0]
    return Query.boolean_query([(Should, choice) for choice in choices])
