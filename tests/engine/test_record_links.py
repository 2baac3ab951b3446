"""References are found wherever a declaration puts them."""

import pytest

from cartagena.engine.record_links import list_links

GUID = "0E5A0000-0000-4000-8000-00000000000{}"


def test_references_come_in_the_order_of_the_form_and_once() -> None:
    body = {
        "genes": [{"identifier": GUID.format(4)}, {"identifier": f"{GUID.format(4)}@3"}],
        "developers": [{"identifier": GUID.format(1).lower()}],
    }

    found = list_links("modifiedOrganism", body)

    assert found == (("developers", GUID.format(1)), ("genes", GUID.format(4)))


def test_genes_of_a_construct_are_references() -> None:
    construct = [{"type": "senseStart"}, {"type": "sense", "identifier": GUID.format(4)}]

    found = list_links("modifiedOrganism", {"geneConstructs": [construct]})

    assert found == (("geneConstructs", GUID.format(4)),)


def test_a_dotted_field_is_found_inside_its_object() -> None:
    body = {"biosafety": {"modifiedOrganisms": [{"identifier": GUID.format(5)}]}}
    assert list_links("resource", body) == (("biosafety.modifiedOrganisms", GUID.format(5)),)


@pytest.mark.parametrize("value", [None, "text", 3, [None], [{"identifier": "x"}], [{}], [["a"]]])
def test_what_is_no_reference_is_left_out(value: object) -> None:
    body = {"developers": value, "geneConstructs": value}
    assert list_links("modifiedOrganism", body) == ()


def test_reports_point_nowhere() -> None:
    assert list_links("cpbNationalReport4", {"Q112_a": {"value": "x"}}) == ()
