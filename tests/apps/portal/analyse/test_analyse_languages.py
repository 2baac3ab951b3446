"""The analyser speaks the reader's language: what is left in English is marked as English."""

import re
from html.parser import HTMLParser

import pytest
from django.test import Client
from django.utils import translation

from cartagena.apps.portal.presenters.analysis_words import explain_problem, window_words
from cartagena.engine.analysis_query import BadAnalysisError, QueryProblem, read_query
from cartagena.engine.crosswalk import load_crosswalk
from cartagena.engine.questionnaire import load_format
from tests.apps.portal.analyse.addresses import ADDRESSES

VOID = {"meta", "link", "input", "br", "img", "hr", "source"}
OURS = re.compile(
    r"(?<![A-Za-z])(CSV|Excel|JSON|Parquet|API|NR\d|survey2014|nr\d\.Q\d+(:true)?|Kenia|East|Name|[A-Z]{3})"
    r"(?![A-Za-z])"
)
"""Names that are the same in all languages, codes, and what the reader typed."""


class Words(HTMLParser):
    """The words of a page that stand outside of elements marked as being in another language."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self._open: list[tuple[str, bool]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        values = dict(attributes)
        foreign = self.is_foreign or values.get("lang", "") in ("en", "fr", "es", "ru")
        foreign = foreign or tag == "bdi" or values.get("class") == "written"
        if not foreign:
            said = [values.get(name) for name in ("aria-label", "title", "placeholder")]
            self.found += [words for words in said if words]
        if tag not in VOID:
            self._open.append((tag, foreign))

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if not self.is_foreign:
            self.found.append(data)

    @property
    def is_foreign(self) -> bool:
        return bool(self._open) and self._open[-1][1]


BAD = (
    "/analyse/tables?q=zz&q=nr4.Q999&group=XX&group=AFR:KEN&group=East:&group=A:Kenia"
    "&where=x&cutoff=x&cycle=x&universe=x"
)


@pytest.mark.parametrize("prefix", ["/zh", "/ar"])
@pytest.mark.parametrize("address", [*ADDRESSES, BAD])
def test_no_english_is_left_over(web: Client, address: str, prefix: str) -> None:
    page = web.get(prefix + address)
    main = page.content.decode().partition("<main")[2].partition("</main>")[0]

    left = [OURS.sub("", words) for words in Words(f"<main{main}</main>").found]
    assert [words for words in left if re.search(r"[A-Za-z]{3,}", words)] == []


@pytest.mark.parametrize("language", ["ar", "es", "fr", "ru", "zh"])
def test_every_reason_and_every_time_is_said_in_each_language(language: str) -> None:
    windows = [
        link.window
        for cycle in ("nr3", "nr4", "nr5")
        for link in load_crosswalk(cycle).links
        if link.window
    ]
    values = {
        "q": ["zz", "nr4.Q999"], "cycle": ["x"], "universe": ["x", "y"], "timing": ["x"],
        "group": ["XX", "AFR:KEN", "A:", "B:Kenia", "C:KEN", "C:UGA"], "where": ["nr4.Q016:x"],
        "cutoff": ["x"],
    }  # fmt: skip
    many = {"q": [f"nr4.Q{n:03}" for n in range(401)]}
    problems = [*_list_problems(values), *_list_problems(many)[:1]]

    with translation.override("en"):
        english = [*map(explain_problem, problems), *map(window_words, windows)]
    with translation.override(language):
        said = [*map(explain_problem, problems), *map(window_words, windows)]
    assert len(windows) > 10
    assert len({problem.why for problem in problems}) == 13
    assert not set(english) & set(said)


def _list_problems(values: dict[str, list[str]]) -> tuple[QueryProblem, ...]:
    with pytest.raises(BadAnalysisError) as refused:
        read_query(values, ("AFR",), ("KEN", "UGA"))
    return refused.value.problems


def test_a_question_without_words_in_a_language_is_marked_as_english(web: Client) -> None:
    text = web.get("/zh/analyse/tables?q=nr4.Q014").content.decode()
    words = load_format("nr4").question("Q014").label.get("en")

    assert f'<span lang="en" dir="auto">{words}</span>' in text
