"""Who mistypes is offered what was meant, in all six languages; what is right is left alone."""

import pytest

from cartagena.apps.search.edits import list_edits, measure_distance
from cartagena.apps.search.finding import SearchQuery
from cartagena.apps.search.spelling import list_corrections, write_as_in
from tests.apps.search.finder import get_finder


def correct(text: str, language: str) -> str | None:
    """The first correction that finds something, as the page offers it."""
    finder = get_finder()
    for corrected in list_corrections(finder.searcher, text, language):
        if finder.find(SearchQuery(corrected, language)).total:
            return corrected
    return None


@pytest.mark.parametrize(
    ("typed", "language", "meant"),
    [
        ("nevironment", "en", "environment"),  # the first letters swapped
        ("harmonizzation risk", "en", None),  # one word is mended, the other stands elsewhere
        ("assessmnet of riks", "en", "assessment of risks"),
        ("recommbinant maize", "en", None),  # no record has it
        ("soybaen", "en", "soybean"),
        ("transgneic", "en", "transgenic"),  # a declared name that no record has, but its meaning
        ("laboratry of Nairobi", "en", "laboratory of Nairobi"),
        ("évlauation", "fr", "evaluation"),
        ("pomme de tere", "fr", "pomme de terre"),
        ("organismse", "fr", "organismes"),
        ("evaluasion", "es", "evaluacion"),
        ("cutlivo", "es", "cultivo"),
        ("hibirdos", "es", "hibridos"),
        ("кукурза", "ru", "кукуруза"),
        ("окружающйе среды", "ru", "окружающей среды"),
        ("испытонию", "ru", "испытания"),
        ("السلامه الاحياءيةة", "ar", "السلامه الاحياءيه"),
        ("مسوولية", "ar", "مسءوليه"),
        ("انتاجج", "ar", "انتاج"),
        ("玉术", "zh", "玉米"),
        ("米玉", "zh", "玉米"),
        ("风检评估", "zh", "风险评估"),
        ("检测试验室", "zh", "检测实验室"),
        ("棉花花", "zh", "棉花"),
        ("MON-801", "en", "MON-810"),
        ("mon 180", "zh", "MON 810"),
        ("MON811 approval", "ar", "MON810 approval"),
        ("MON-ØØ6Ø3-7", "en", "MON-ØØ6Ø3-6"),
        ("mon 00630 6", "ru", "MON-ØØ6Ø3-6"),
        ("ACS-BN05-8", "en", "ACS-BNØØ5-8"),
    ],
)
def test_a_slip_is_mended(typed: str, language: str, meant: str | None) -> None:
    assert correct(typed, language) == meant


@pytest.mark.parametrize(
    ("typed", "language"),
    [
        ("assessments", "en"), ("Nairobi", "en"), ("GMO", "en"), ("MON810", "en"), ("x", "en"),
        ("MON-ØØ6Ø3-6", "en"), ("الذرة", "ar"), ("оценок", "ru"), ("玉米", "zh"), ("海", "zh"),
        ("qqqqqqqq", "en"), ("щщщщщщщщ", "ru"), ("龘龘", "zh"), ("2015", "en"), ("", "en"),
    ],
)  # fmt: skip
def test_what_is_right_or_near_to_nothing_is_left_alone(typed: str, language: str) -> None:
    assert correct(typed, language) is None


@pytest.mark.parametrize(
    ("corrected", "text", "shown"),
    [
        ("evaluacion de maiz", ("es", "Evaluación del maíz"), "evaluación de maíz"),
        ("السلامه الاحياءيه", ("ar", "السلامة الأحيائية"), "السلامة الأحيائية"),
        ("evaluation", ("fr", "L’évaluation"), "evaluation"),
        ("ребенок", ("ru", "Ребёнок"), "ребёнок"),
        ("MON810", ("en", "Approval of MON 810"), "MON810"),
    ],
)
def test_a_correction_is_shown_as_records_write_it(
    corrected: str, text: tuple[str, str], shown: str
) -> None:
    assert write_as_in(corrected, [text]) == shown


def test_edits_are_all_at_distance_one() -> None:
    edits = set(list_edits("maize", "abz")) - {"maize"}

    assert {"amize", "mize", "maizze", "mbize"} <= edits
    assert {measure_distance("maize", edit, 2) for edit in edits} == {1}
