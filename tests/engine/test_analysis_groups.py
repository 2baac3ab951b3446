"""A pasted list of Parties is read whole: any language, any order of signs, unknown names named."""

import pytest

from cartagena.engine.analysis_groups import read_members
from cartagena.engine.countries import LANGUAGES, load_countries

KNOWN = tuple(country.code for country in load_countries())


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("KEN,UGA", "KEN UGA"),
        ("ke; ug", "KEN UGA"),
        ("Kenya\nUganda\n\nKenya", "KEN UGA"),
        ("1. Kenya\n2) Uganda\n• Japan\n- Norway", "KEN UGA JPN NOR"),
        ("Kenya, Uganda, and Tanzania", "KEN UGA TZA"),
        ("Trinidad and Tobago, Kenya", "TTO KEN"),
        ("Bolivia, Plurinational State of, Kenya", "BOL KEN"),
        ("Congo, Democratic Republic of the; Congo", "COD COG"),
        ("Côte d'Ivoire\tCote d’Ivoire", "CIV"),  # noqa: RUF001
        ("肯尼亚、乌干达和中国", "KEN UGA CHN"),
        ("كينيا، أوغندا؛ مصر", "KEN UGA EGY"),
        ("Кения, Уганда и Япония", "KEN UGA JPN"),
        ("European Union", "EUR"),
        (" ,;\n", ""),
    ],
)
def test_a_list_is_read_as_people_write_it(text: str, codes: str) -> None:
    members = read_members(text, KNOWN)

    assert members.codes == tuple(codes.split())
    assert members.unknown == ()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("between", [", ", "\n", "; "])
def test_the_names_of_all_countries_are_read_in_each_language(language: str, between: str) -> None:
    text = between.join(country.names.get(language) for country in load_countries())

    assert read_members(text, KNOWN).codes == KNOWN


def test_unknown_names_are_all_named_with_what_is_near() -> None:
    members = read_members("Kenia, Uganda, Ruritania, Kenya and Nowhere", KNOWN)

    assert members.codes == ("UGA",)
    assert members.unknown == ("Kenia", "Ruritania", "Kenya and Nowhere")
    assert "KEN" in members.near


def test_a_country_that_the_facts_do_not_know_is_unknown() -> None:
    members = read_members("Kenya, Uganda", ("KEN",))

    assert (members.codes, members.unknown) == (("KEN",), ("Uganda",))
