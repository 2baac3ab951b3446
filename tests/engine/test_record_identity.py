"""Records are named by identifiers, references and public numbers, whatever their spelling."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cartagena.engine.record_identity import (
    PublicNumber,
    build_public_number,
    find_public_number,
    is_guid,
    is_identifier,
    normalize_identifier,
    parse_public_number,
    split_reference,
)
from cartagena.engine.record_type import load_record_types, public_number

GUID = "E8C5A15C-A736-4FB7-A1B6-192412BE7E45"


@pytest.mark.parametrize(
    "text", ["BCH-DEC-CN-105-2", "bch-dec-cn-105-2", " BCH-dec-cn-105-2 ", "BCH–DEC–CN–105–2"]
)
def test_public_number_is_read_in_any_spelling(text: str) -> None:
    found = parse_public_number(text)
    assert found == PublicNumber("BCH", "DEC", "CN", 105, 2)
    assert str(found) == "BCH-DEC-CN-105-2"
    assert (found.record_type, found.government) == ("biosafetyDecision", "CHN")


def test_focal_points_have_a_prefix_of_their_own_and_reference_records_the_secretariat() -> None:
    assert str(build_public_number("focalPoint", "KEN", 7, 1)) == "CHM-NFP-KE-7-1"
    assert str(build_public_number("modifiedOrganism", None, 14796, 12)) == "BCH-LMO-SCBD-14796-12"
    assert str(build_public_number("modifiedOrganism", "KEN", 1, 1)) == "BCH-LMO-SCBD-1-1"
    assert str(build_public_number("biosafetyLaw", "EUR", 3, 1)) == "BCH-LAW-EU-3-1"
    assert parse_public_number("BCH-LMO-SCBD-14796-12").government is None
    assert parse_public_number("chm-nfp-ke-7").record_type == "focalPoint"


def test_number_without_revision_means_the_record() -> None:
    found = parse_public_number("BCH-DEC-CN-105")
    assert found.revision is None
    assert str(found) == "BCH-DEC-CN-105"


@pytest.mark.parametrize(
    "text",
    ["", "105", "BCH-DEC-CN", "BCH-DEC-CHN-105-2", "BCH-DEC-CN-0-1", "BCH-DEC-CN-105-0",
     "BCH-DEC-CN-105-2-3", "BCH DEC CN 105", "MON-ØØ6Ø3-6"],
)  # fmt: skip
def test_what_is_no_public_number_is_told(text: str) -> None:
    assert find_public_number(text) is None
    with pytest.raises(ValueError, match="Write it as BCH-DEC-CN-105-2"):
        parse_public_number(text)


def test_number_of_no_record_type_is_told() -> None:
    with pytest.raises(ValueError, match="no record type is numbered BCH-XYZ"):
        parse_public_number("BCH-XYZ-CN-105-2")


def test_numbers_begin_with_one() -> None:
    with pytest.raises(ValueError, match="begin with 1"):
        build_public_number("biosafetyLaw", "KEN", 0)


@given(
    st.sampled_from(sorted(load_record_types())),
    st.sampled_from(["KEN", "EUR", "CHN", None]),
    st.integers(min_value=1, max_value=10**9),
    st.integers(min_value=1, max_value=10**6),
)
def test_built_number_is_read_back(
    record_type: str, government: str | None, document: int, revision: int
) -> None:
    built = build_public_number(record_type, government, document, revision)
    assert parse_public_number(str(built).lower()) == built
    assert built.record_type == record_type
    assert public_number(record_type, government, document, revision) == str(built)


def test_identifier_is_a_guid_or_an_older_form() -> None:
    assert is_guid(GUID)
    assert not is_guid("SIMP-" + GUID)
    assert is_identifier("SIMP-" + GUID)
    assert is_identifier("52000000cbd0080000001234")
    assert not is_identifier("short")
    assert not is_identifier("has spaces in it")


def test_guid_is_kept_in_capitals_and_other_identifiers_as_they_are() -> None:
    assert normalize_identifier("{" + GUID.lower() + "}") == GUID
    assert normalize_identifier("52000000cbd0080000001234") == "52000000cbd0080000001234"
    with pytest.raises(ValueError, match="identifies no record"):
        normalize_identifier("../../etc/passwd")


def test_reference_may_name_a_revision() -> None:
    assert split_reference(f"{GUID}@3") == (GUID, 3)
    assert split_reference(GUID) == (GUID, None)
    with pytest.raises(ValueError, match="names no revision"):
        split_reference(f"{GUID}@0")
