"""What can be cited, the parameters that law sets, and the files of dated facts."""

import re
from datetime import date
from pathlib import Path

import pytest

from cartagena.engine.countries import find_country, load_countries
from cartagena.engine.declaration import DeclarationError, Problems
from cartagena.engine.parties import load_groups, load_memberships, load_treaty_actions
from cartagena.engine.treaty import (
    TREATIES,
    TREATY_FOLDER,
    DatedValue,
    Parameter,
    UnknownParameterError,
    UnknownProvisionError,
    check_citations,
    cite,
    get_parameter,
    label_provision,
    list_provisions,
    load_parameters,
    load_provisions,
)

# The citations printed in the draft programme of work, as ids.
PROGRAMME_OF_WORK = [
    "cpb.art33",
    "BS-I/9.5",
    "cpb.art35",
    "BS-III/3.6",
    "BS-III/3.13",
    "BS-III/3.15",
    "BS-III/3.17",
    "BS-IV/4.10",
    "cpb.art18.2.b",
    "cpb.art18.2.c",
    "BS-IV/8.2",
    "BS-III/10.7",
    "BS-IV/16.5",
    "BS-IV/13.2",
    "BS-IV/17.8",
    "cpb.art8",
    "BS-IV/18.2",
    "cpb.art16.5",
    "cpb.art18.2.a",
    "cpb.art6.2",
    "cpb.art17",
    "cpb.art6.1",
]

# What mandatory information rests on (Article 20.3 and the articles it points to).
MANDATORY_INFORMATION = [
    "cpb.art20.3.a",
    "cpb.art11.5",
    "cpb.art14.2",
    "cpb.art20.3.b",
    "cpb.art19.1",
    "cpb.art19.2",
    "cpb.art19.3",
    "cpb.art17.2",
    "cpb.art17.3.e",
    "cpb.art20.3.e",
    "cpb.art6.1",
    "cpb.art6.2",
    "cpb.art17.1",
    "cpb.art25.3",
    "cpb.art10.3",
    "cpb.art10.4",
    "cpb.art20.3.d",
    "cpb.art14.4",
    "cpb.art11.1",
    "cpb.art11.4",
    "cpb.art11.6",
    "cpb.art12.1",
    "cpb.art13.1.a",
    "cpb.art13.1.b",
    "cpb.art20.3.c",
    "nklsp.art5",
]


def test_every_article_of_the_protocol_can_be_cited():
    articles = {p.id for p in list_provisions("cpb") if p.kind == "article"}

    assert articles == {f"cpb.art{number}" for number in range(1, 41)}


@pytest.mark.parametrize("provision_id", PROGRAMME_OF_WORK + MANDATORY_INFORMATION)
def test_citations_of_the_source_lead_somewhere(provision_id):
    assert cite(provision_id).id == provision_id


def test_the_paragraphs_of_the_plan_can_be_cited():
    paragraphs = [p.id for p in list_provisions("plan") if p.kind == "paragraph"]

    assert [p for p in paragraphs if p.count(".") == 1] == [f"plan.par{n}" for n in range(1, 16)]


def test_whole_treaties_and_the_adopted_plan_carry_their_day():
    assert cite("cpb").adopted_on == date(2000, 1, 29)
    assert cite("BS-V/16").adopted_on == date(2010, 10, 15)
    assert {cite(treaty).kind for treaty in TREATIES} == {"treaty"}


def test_every_id_has_one_form():
    form = re.compile(
        r"(cbd|cpb|np|nklsp)(\.(art|annex)\d+(\.\d+)?(\.[a-z])?)?"
        r"|(plan|note)(\.(par\d+(\.[a-z])?|annex\d))?"
        r"|[A-Z]+(-[IVX\d]+)?/\d+(\.annex\d?(\.[a-z]\.\d)?|\.\d+(\.[a-z])?|\.[a-z])?"
    )

    assert [p for p in load_provisions() if not form.fullmatch(p)] == []


def test_a_wrong_citation_names_the_nearest_provisions():
    with pytest.raises(UnknownProvisionError) as refused:
        cite("cpb.art20.3d")

    assert "cpb.art20.3.d (Final decisions on import or release)" in str(refused.value)
    assert "provisions.yaml" in str(refused.value)


def test_a_citation_in_another_case_is_refused_but_recognized():
    with pytest.raises(UnknownProvisionError, match="Nearest: BS-V/16"):
        cite("bs-v/16")


def test_all_wrong_citations_of_a_place_are_reported_together():
    problems = Problems()

    found = check_citations(["cpb.art2.1", "cpb.art41", "BS-I/99"], "indicator 1.1.1", problems)

    assert [p.id for p in found] == ["cpb.art2.1"]
    assert [p.place for p in problems] == ["indicator 1.1.1", "indicator 1.1.1"]


@pytest.mark.parametrize(
    ("provision_id", "label"),
    [
        ("cpb", "Protocol"),
        ("cpb.art37.1", "Protocol, Article 37.1"),
        ("cpb.art20.3.d", "Protocol, Article 20.3 (d)"),
        ("cpb.annex3.8.a", "Protocol, Annex III, 8 (a)"),
        ("nklsp.art18.1", "Supplementary Protocol, Article 18.1"),
        ("BS-I/9.5", "Decision BS-I/9, paragraph 5"),
        ("BS-I/12.annex", "Decision BS-I/12, Annex"),
        ("plan.par12.d", "Draft plan, paragraph 12 (d)"),
    ],
)
def test_a_provision_is_written_as_people_write_it(provision_id, label):
    assert label_provision(provision_id) == label == cite(provision_id).label


def test_parameters_of_entry_into_force_are_those_of_the_treaties():
    needed = {t: get_parameter(f"{t}.instruments_needed").value_on(date.max) for t in TREATIES}

    assert needed == {"cbd": 30, "cpb": 50, "np": 50, "nklsp": 40}
    assert get_parameter("nklsp.entry_into_force").value_on(date.max) == date(2018, 3, 5)
    assert get_parameter("cpb.counts_regional_organizations").value_on(date.max) is False


def test_due_dates_of_reports_are_those_the_clearing_house_stores():
    due = {c: get_parameter(f"reports.{c}.due") for c in ("interim", "nr1", "nr2", "nr3", "nr4")}

    assert {cycle: str(parameter.value_on(date.max)) for cycle, parameter in due.items()} == {
        "interim": "2005-09-11",
        "nr1": "2007-09-11",
        "nr2": "2011-09-30",
        "nr3": "2015-10-31",
        "nr4": "2019-10-01",
    }
    assert get_parameter("reports.nr5.due").evidence == "unsure"


def test_a_parameter_changes_on_its_day():
    values = (DatedValue(5, ("BS-IV/7",)), DatedValue(7, ("BS-VII/7",), date(2015, 1, 1)))
    reserve = Parameter("reserve", "Reserve", "days", values)

    assert [reserve.value_on(date(2014, 12, 31)), reserve.value_on(date(2015, 1, 1))] == [5, 7]


def test_a_parameter_without_a_value_yet_says_so():
    late = Parameter("late", "Late", "days", (DatedValue(5, ("BS-IV/7",), date(2009, 1, 1)),))

    with pytest.raises(UnknownParameterError, match="2009-01-01"):
        late.value_on(date(2008, 12, 31))


def test_an_unknown_parameter_names_the_nearest():
    with pytest.raises(UnknownParameterError, match="Nearest: .*cpb.entry_into_force"):
        get_parameter("cpb.entry_in_force")


def test_every_problem_of_a_provisions_file_is_reported(tmp_path):
    path = tmp_path / "provisions.yaml"
    path.write_text(
        "provisions:\n"
        "- {id: cpb, kind: treaty, title: The Protocol, heading: No such key}\n"
        "- {id: BS-I/9.5, kind: paragraph, title: An orphan}\n"
        "- {id: plan, kind: chapter, title: Not a kind}\n"
        "- {id: note, kind: document, title: Once}\n"
        "- {id: note, kind: document, title: Twice}\n"
    )

    with pytest.raises(DeclarationError) as refused:
        load_provisions(path)

    message = str(refused.value)
    assert len(refused.value.problems) == 4
    assert all(part in message for part in ("heading", "chapter", "stands twice", "'BS-I/9'"))


def test_every_problem_of_a_parameters_file_is_reported(tmp_path):
    path = tmp_path / "parameters.yaml"
    path.write_text(
        "parameters:\n"
        "- {id: a, title: A, unit: date, values: [{value: 3, cites: [cpb.art41]}]}\n"
        "- {id: b, title: B, unit: days, values: [{value: true, cites: []}]}\n"
    )

    with pytest.raises(DeclarationError) as refused:
        load_parameters(path)

    assert len(refused.value.problems) == 4


def test_the_shipped_facts_have_the_expected_rows():
    assert len(load_countries()) == 198
    assert len(load_treaty_actions()) == 584
    assert len(load_memberships()) == 561


def test_regional_groups_have_the_expected_members():
    # 54 + 57 + 23 + 33 + 30 = 197; the Holy See is in none.
    by_group = {g.code: sum(m.group == g.code for m in load_memberships()) for g in load_groups()}

    assert {code: by_group[code] for code in ("AFR", "AP", "CEE", "GRULAC", "WEOG")} == {
        "AFR": 54,
        "AP": 57,
        "CEE": 23,
        "GRULAC": 33,
        "WEOG": 30,
    }
    assert by_group["EU"] == 28


def test_weak_rows_say_why():
    weak = {(a.party, a.treaty) for a in load_treaty_actions() if a.doubt}

    assert weak == {("SLE", "cpb"), ("PSE", "cbd"), ("TZA", "nklsp"), ("UZB", "cpb")}


def test_countries_are_sorted_and_named_in_six_languages():
    countries = load_countries()

    assert [c.code for c in countries] == sorted(c.code for c in countries)
    assert {c.names.languages for c in countries} == {("ar", "en", "es", "fr", "ru", "zh")}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("KEN", "KEN"),
        ("ke", "KEN"),
        ("404", "KEN"),
        ("004", "AFG"),
        ("4", "AFG"),
        ("eu", "EUR"),
        ("European Union", "EUR"),
        ("欧洲联盟", "EUR"),
        (" cote d’ivoire ", "CIV"),
        ("Turkey", "TUR"),
        ("TÜRKİYE", "TUR"),
        ("Czech Republic", "CZE"),
        ("Vietnam", "VNM"),
        ("DR Congo", "COD"),
        ("Congo", "COG"),
        ("Niger", "NER"),
        ("Кения", "KEN"),
        ("كينيا", "KEN"),
        ("no", "NOR"),
        ("Nauru", "NRU"),
    ],
)
def test_a_country_is_found_by(text, code):
    country = find_country(text)

    assert country is not None
    assert country.code == code


@pytest.mark.parametrize("text", ["", "-", "Atlantis", "999", "Kenia y Uganda", "Taiwan"])
def test_what_names_no_country_finds_none(text):
    assert find_country(text) is None


def test_names_used_by_the_source_are_understood():
    # Short names in the table of treaty dates that differ from the official ones.
    names = "Bolivia|Brunei|Cape Verde|DR Congo|Iran|Ivory Coast|Laos|Micronesia|Moldova|Nauru"
    names += "|Netherlands|North Korea|Palestine|Russia|South Korea|Syria|São Tomé and Príncipe"
    names += "|Tanzania|United Kingdom|United States|Venezuela|Vietnam"

    assert [name for name in names.split("|") if find_country(name) is None] == []


def test_the_folder_says_where_its_facts_come_from():
    text = (TREATY_FOLDER / "sources.md").read_text(encoding="utf-8")

    shipped = {path.name for path in Path(TREATY_FOLDER).iterdir() if path.suffix == ".csv"}
    assert [name for name in sorted(shipped) if name not in text] == []
