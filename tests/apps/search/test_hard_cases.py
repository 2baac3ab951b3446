"""Every hard case finds what it must and nothing else, and anything typed is understood somehow."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cartagena.apps.search.finding import SearchQuery
from cartagena.apps.search.highlight import make_snippet, mark_all
from tests.apps.search.finder import get_finder
from tests.apps.search.hard_cases import CASES, TEXTS, Case


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.language} {case.text}")
def test_a_hard_case_finds_what_it_must_and_nothing_else(case: Case) -> None:
    names = list(TEXTS)

    found = get_finder().find(SearchQuery(case.text, case.language, rows=100))

    in_order = [names[key] for key in found.keys]
    assert set(in_order) == {*case.found, *case.also}
    assert set(in_order[: len(case.found)]) == set(case.found), "the words typed come first"


@pytest.mark.parametrize(
    "case",
    [case for case in CASES if case.found or case.also],
    ids=lambda case: f"{case.language} {case.text}",
)
def test_a_hard_case_is_marked_in_its_hit(case: Case) -> None:
    found = get_finder().find(SearchQuery(case.text, case.language))

    for name in (*case.found, *case.also):
        language, title = TEXTS[name]
        assert "<mark>" in mark_all(title, language, found.marks)
        assert "<mark>" in make_snippet([TEXTS[name]], found.marks, case.language).html


PIECES = st.one_of(
    st.text(max_size=12),
    st.sampled_from(
        ['"', "-", "OR", " ", "(", ")", "*", "~", ":", "\\", "^", "[", "MON-ØØ6Ø3-6", "x", "'",
         "玉米", "الذرة", "\0", "\ud800", "maize", "-\"", "l'", "AND", "ـ", "ﷺ", "١٢"]
    ),
)  # fmt: skip


@settings(max_examples=400, deadline=None)
@given(
    st.lists(PIECES, max_size=8).map("".join),
    st.sampled_from(["en", "ar", "zh", "zh-hans", "xx", ""]),
    st.sampled_from(["relevance", "newest", "oldest", "title"]),
)
def test_whatever_is_typed_never_fails_and_what_is_shown_is_escaped(
    text: str, language: str, sort: str
) -> None:
    found = get_finder().find(SearchQuery(text, language, sort=sort))  # type: ignore[arg-type]

    assert len(found.keys) <= found.total
    shown = make_snippet([("en", f"<b>{text}</b>")], found.marks, language).html
    plain = shown.replace("<mark>", "").replace("</mark>", "")
    assert "<" not in plain
    assert ">" not in plain
