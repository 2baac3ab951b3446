"""What the words of a question name, and what they do not."""

import pytest

from cartagena.apps.search.asked import read_asked
from cartagena.apps.search.asked_meanings import list_named
from cartagena.apps.search.finding import SearchQuery
from cartagena.engine.meanings import load_meanings
from tests.apps.search.finder import get_finder


def name(text: str) -> list[tuple[str, ...]]:
    """The meanings that a question names, one entry for each place."""
    return [named.meanings for named in list_named(read_asked(text).groups)]


def test_every_declared_name_is_understood_as_what_it_means() -> None:
    wrong = [
        (meaning, text)
        for meaning, _language, text in load_meanings().list_all()
        if {each for place in name(text) for each in place} != ({meaning} if meaning else set())
    ]

    assert wrong == []


@pytest.mark.parametrize(
    ("asked", "meanings"),
    [
        ("genetically modified maize", [("modified",), ("maize",)]),
        ("转基因玉米种子", [("modified", "maize")]),
        ("l’OGM", [("modified",)]),
        ("pommes de terre", [("potato",)]),
        ("pommes", [("apple",)]),
        ("GMO OR cotton", [("modified",), ("cotton",)]),
        ("-GMO cotton", [("cotton",)]),
        ('"GMO" cotton', [("cotton",)]),
        ("genetically cotton modified", [("cotton",)]),
        ("European corn borer", []),
        ("欧洲玉米螟", []),
        ("живые организмы", []),
        ("со странами", []),
        ("MON-ØØ6Ø3-6", []),
        ("", []),
    ],
)
def test_names_are_read_whole_and_the_longest_counts(
    asked: str, meanings: list[tuple[str, ...]]
) -> None:
    assert name(asked) == meanings


@pytest.mark.parametrize(
    ("asked", "exactly"),
    [
        ("GMO", '"GMO"'),
        ("genetically modified import", '"genetically modified" import'),
        ("import GMO OR cotton -risk", 'import "GMO" OR "cotton" -risk'),
        ('GMO "living modified" -"a b"', '"GMO" "living modified" -"a b"'),
        ("转基因玉米种子", '"转基因玉米种子"'),
    ],
)
def test_the_words_alone_can_be_asked_for(asked: str, exactly: str) -> None:
    finder = get_finder()

    also = finder.find(SearchQuery(asked)).also

    assert also is not None
    assert also.exactly == exactly
    assert finder.find(SearchQuery(exactly)).also is None
