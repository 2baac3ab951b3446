"""OECD unique identifiers are read however they are spelled, and mistakes are told."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cartagena.engine.unique_identifier import (
    UniqueIdentifier,
    compute_check_digit,
    find_unique_identifier,
    read_unique_identifiers,
)

REGISTERED = [
    "ACS-BNØØ3-6", "ACS-BNØØ5-8", "ACS-GMØØ8-6", "BPS-PHØ48-1", "BXN-1Ø211-9", "BXN-1Ø215-4",
    "BXN-1Ø222-2", "BXN-1Ø224-4", "CIE-ADBB6-5", "CIE-ADBB7-6", "CIE-ADBB8-7", "CTC-14117-4",
    "CTC-75Ø64-3", "CTC-932Ø9-4", "DAS-21Ø23-5", "DAS-24236-5", "DAS-4Ø278-9", "DAS-59122-7",
    "DAS-8191Ø-7", "DAS-Ø15Ø7-1", "DP-Ø61Ø61-7", "DP-ØØ4114-3", "FGN-Ø1A21-5", "FGN-Ø3S19-5",
    "FGN-Ø4K22-1", "FGN-Ø6K59-4", "IFD-264Ø7-2", "IFD-524Ø1-4", "IND-1ØØ15-7", "IND-1ØØØ3-4",
    "ISK-311NR-4", "MON-87411-9", "MON-87427-7", "MON-8746Ø-4", "MON-87751-7", "MON-877Ø1-2",
    "MON-877Ø8-9", "MON-883Ø2-9", "MON-88913-8", "MON-88Ø17-3", "MON-89788-1", "MON-89924-2",
    "MON-89Ø34-3", "MON-ØØ179-5", "MON-ØØ1Ø1-8", "MON-ØØ6Ø3-6", "MON-ØØØ21-9", "MON-ØØØ73-7",
    "NMK-8917Ø-9", "NMK-89576-1", "NMK-89761-6", "NMK-89812-3", "QUT-QCAV4-6", "SN-2128Ø1-2",
    "SN-2Ø18Ø6-5", "SPS-ØØE12-8", "SPS-ØØF37-7", "SPS-ØØØZ6-5", "SYN-BTØ11-1", "SYN-E3272-5",
    "SYN-IR162-4", "SYN-IR67B-1", "SYN-IR6Ø4-5", "SYN-Ø53Ø7-1", "TUC-873RH-7",
]  # fmt: skip
"""Single events, as the register of the Clearing-House spells them."""

WITHOUT_O = string.ascii_uppercase.replace("O", "") + string.digits


@pytest.mark.parametrize("identifier", REGISTERED)
def test_registered_identifier_is_sound_and_stays_as_it_is(identifier: str) -> None:
    spelling = read_unique_identifiers(identifier)
    assert (spelling.canonical, spelling.problems) == (identifier, ())
    found = find_unique_identifier(identifier)
    assert found is not None
    assert str(found) == identifier


@pytest.mark.parametrize("identifier", REGISTERED)
def test_spelling_does_not_matter(identifier: str) -> None:
    for text in (
        identifier.lower(),
        identifier.replace("Ø", "0"),
        identifier.replace("-", ""),
        identifier.replace("-", " - "),
        identifier.replace("-", "\u2013"),
        identifier.replace("Ø", "∅"),
    ):
        assert str(find_unique_identifier(text)) == identifier, text


def test_check_digit_is_summed_until_one_digit_is_left() -> None:
    # M 13 + O 15 + N 14 = 42; 0 + 0 + 6 + 0 + 3 = 9; 42 + 9 = 51; 5 + 1 = 6
    assert compute_check_digit("MONØØ6Ø3") == 6
    # T 20 + U 21 + C 3 = 44; 8 + 7 + 3 = 18; R 18 + H 8 = 26; 88; 8 + 8 = 16; 1 + 6 = 7
    assert compute_check_digit("TUC873RH") == 7


def test_wrong_check_digit_is_told_with_the_right_one() -> None:
    spelling = read_unique_identifiers("MON-ØØ6Ø3-7")
    (problem,) = spelling.problems
    assert spelling.has_errors
    assert "it should be 6" in str(problem)
    assert find_unique_identifier("MON-ØØ6Ø3-7") is None


@pytest.mark.parametrize("text", ["MON-O06O3-6", "MON-ØØ6O3-6", "MONOO6O36", "M0N-ØØ6Ø3-6"])
def test_letter_o_for_zero_is_understood_and_told(text: str) -> None:
    spelling = read_unique_identifiers(text)
    assert spelling.canonical == "MON-ØØ6Ø3-6"
    assert [problem.severity for problem in spelling.problems] == ["warning"]
    assert "letter O and figure zero" in str(spelling.problems[0])


def test_letter_o_that_the_check_digit_proves_stays() -> None:
    # A 1 + B 2 + C 3 = 6; T 20 + O 15 + 1 + 2 + 3 = 41; 47; 4 + 7 = 11; 1 + 1 = 2
    # with a zero: 6 + 26 = 32; 3 + 2 = 5
    assert read_unique_identifiers("ABC-TO123-2").canonical == "ABC-TO123-2"
    assert read_unique_identifiers("ABC-TO123-5").canonical == "ABC-TØ123-5"


@pytest.mark.parametrize(
    "text",
    [
        "DAS-24236-5 × DAS-21Ø23-5 × MON-88913-8",
        "DAS-24236-5 x das-21023-5 X MON-88913-8",
        "DAS-24236-5xDAS-21Ø23-5xMON-88913-8",
        "das-24236-5xdas-21023-5xmon-88913-8",
        "DAS-24236-5*DAS-21Ø23-5 * MON-88913-8",
        "DAS-24236-5, DAS-21Ø23-5; MON-88913-8",
        "DAS242365\nDAS210235\nMON889138",
    ],
)
def test_stack_is_several_identifiers(text: str) -> None:
    spelling = read_unique_identifiers(text)
    assert spelling.is_stack
    assert spelling.canonical == "DAS-24236-5 × DAS-21Ø23-5 × MON-88913-8"
    assert spelling.problems == ()
    assert find_unique_identifier(text) is None


def test_one_wrong_event_of_a_stack_does_not_hide_the_others() -> None:
    spelling = read_unique_identifiers("MON-ØØ6Ø3-6 x nonsense x MON-ØØ6Ø3-6 x MON-88Ø17-3")
    assert spelling.canonical == "MON-ØØ6Ø3-6 × MON-88Ø17-3"
    assert [str(problem)[:17] for problem in spelling.problems] == [
        "'NONSENSE' is no ",
        "MON-ØØ6Ø3-6 stand",
    ]


def test_identifier_of_unusual_length_is_taken_with_a_warning() -> None:
    # So the register spells it. I 9 + N 14 + I 9 = 32; F 6 + M 13 + A 1 + P 16 + D 4 + F 6 = 46; 78
    spelling = read_unique_identifiers("INI-FMAPDF-6")
    assert spelling.canonical == "INI-FMAPDF-6"
    assert [problem.severity for problem in spelling.problems] == ["warning"]


@pytest.mark.parametrize(
    "text", ["", " ", "×", "MON", "BCH-LMO-SCBD-14796-12", "MON-ØØ6Ø3-", "改性"]
)
def test_what_is_none_is_told_in_a_sentence(text: str) -> None:
    spelling = read_unique_identifiers(text)
    assert spelling.identifiers == ()
    assert spelling.has_errors
    assert str(spelling.problems[0]).endswith("MON-ØØ6Ø3-6.")


@given(
    st.text(alphabet=string.ascii_uppercase, min_size=3, max_size=3),
    st.text(alphabet=WITHOUT_O, min_size=5, max_size=5),
)
def test_every_sound_identifier_is_read_back(applicant: str, event: str) -> None:
    made = UniqueIdentifier(applicant, event, compute_check_digit(applicant + event))
    assert find_unique_identifier(str(made)) == made
    assert find_unique_identifier(f"{applicant}-{event}-{made.check_digit}".lower()) == made


@given(st.text(max_size=60))
def test_no_text_breaks_the_reader(text: str) -> None:
    spelling = read_unique_identifiers(text)
    assert spelling.identifiers or spelling.problems
