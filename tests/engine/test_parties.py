"""Who is a Party and a member on which day, and the rule of entry into force."""

from collections import Counter
from datetime import date

import pytest

from cartagena.engine.declaration import DeclarationError
from cartagena.engine.facts import Facts, schema_of
from cartagena.engine.parties import (
    Membership,
    TreatyAction,
    countries_table,
    entry_into_force,
    is_party,
    list_parties,
    load_countries,
    load_memberships,
    load_treaty_actions,
    members,
    memberships_table,
    read_memberships,
    read_treaty_actions,
    treaty_entry_into_force,
    treaty_table,
)
from cartagena.engine.treaty import TREATIES, get_parameter

ACTIONS = load_treaty_actions()
MEMBERSHIPS = load_memberships()
REGIONS = ("AFR", "AP", "CEE", "GRULAC", "WEOG")


@pytest.mark.parametrize(
    ("on", "protocol", "convention"),
    [
        (date(2010, 6, 30), 158, 193),
        (date(2011, 12, 31), 161, 193),
        (date(2015, 12, 31), 170, 196),
    ],
)
def test_parties_in_force_are_those_published(on, protocol, convention):
    in_force = len(list_parties(ACTIONS, "cpb", on)), len(list_parties(ACTIONS, "cbd", on))

    assert in_force == (protocol, convention)


@pytest.mark.parametrize(
    ("on", "deposits"),
    [
        (date(2007, 9, 11), 142),
        (date(2010, 6, 30), 159),
        (date(2010, 10, 11), 160),
        (date(2012, 2, 1), 162),
        (date(2020, 1, 31), 172),
        (date(2021, 11, 30), 173),
    ],
)
def test_deposits_are_those_published(on, deposits):
    assert len(list_parties(ACTIONS, "cpb", on, by="deposit")) == deposits


@pytest.mark.parametrize(
    ("on", "count"),
    [
        (date(2003, 9, 10), 0),
        (date(2005, 9, 11), 121),
        (date(2007, 9, 11), 141),
        (date(2010, 10, 11), 159),
    ],
)
def test_parties_to_the_protocol_grow_as_published(on, count):
    assert len(list_parties(ACTIONS, "cpb", on)) == count


def test_deposits_by_region_are_those_of_the_first_national_reports():
    # 40 + 36 + 20 + 25 + 21 = 142
    on = date(2007, 9, 11)
    deposited = set(list_parties(ACTIONS, "cpb", on, by="deposit"))

    assert {g: len(deposited & members(MEMBERSHIPS, g, on)) for g in REGIONS} == {
        "AFR": 40,
        "AP": 36,
        "CEE": 20,
        "GRULAC": 25,
        "WEOG": 21,
    }


def test_a_deposit_makes_a_party_on_the_90th_day():
    # 2005-06-08 + 90 days: 22 left in June, 31 + 31 = 84 by the end of August, 6 more.
    assert entry_into_force("cpb", date(2005, 6, 8)) == date(2005, 9, 6)
    assert not is_party(ACTIONS, "CHN", "cpb", date(2005, 9, 5))
    assert is_party(ACTIONS, "CHN", "cpb", date(2005, 9, 6))


def test_an_early_deposit_waits_for_the_treaty():
    assert entry_into_force("cpb", date(2000, 10, 5)) == date(2003, 9, 11)


def test_a_deposit_just_before_entry_into_force_still_waits_90_days():
    # Antigua and Barbuda, 2003-09-10: 20 + 31 + 30 = 81 by the end of November, 9 more.
    assert entry_into_force("cpb", date(2003, 9, 10)) == date(2003, 12, 9)


def test_the_protocol_waits_for_the_convention():
    deposited_on, convention_on = date(2014, 1, 1), date(2014, 5, 18)

    assert entry_into_force("cpb", deposited_on, convention_on) == convention_on


def test_a_signature_alone_makes_no_party():
    assert not is_party(ACTIONS, "USA", "cbd", date(2026, 1, 1))


def test_every_stored_entry_into_force_follows_the_rule():
    # Exceptions, with their reason:
    exceptions = {
        ("MNE", "cbd"): date(2006, 6, 3),  # succession takes effect on the day of independence
        ("MNE", "cpb"): date(2006, 6, 3),  # the same
        ("PSE", "cpb"): date(2015, 4, 2),  # the source has the Convention later; see sources.md
    }
    stored = {(a.party, a.treaty): a for a in ACTIONS if a.deposited_on}
    parents = {"cpb": "cbd", "np": "cbd", "nklsp": "cpb"}

    departing = {}
    for (party, treaty), action in stored.items():
        above = stored.get((party, parents.get(treaty, "")))
        computed = entry_into_force(
            treaty, action.deposited_on, above.in_force_on if above else None
        )
        if computed != action.in_force_on:
            departing[party, treaty] = action.in_force_on

    assert departing == exceptions
    assert len(stored) == 196 + 173 + 113 + 44
    assert parents == {t: get_parameter(f"{t}.parent").value_on(date.max) for t in parents}


@pytest.mark.parametrize("treaty", TREATIES)
def test_a_treaty_enters_into_force_with_its_last_needed_instrument(treaty):
    declared = get_parameter(f"{treaty}.entry_into_force").value_on(date.max)

    assert treaty_entry_into_force(ACTIONS, treaty) == declared


def test_the_supplementary_protocol_counts_40_without_the_european_union():
    # Japan, 2017-12-05, is the 40th without the EU and would be the 41st with it.
    # 26 left in December, 31 + 28 = 85 by the end of February 2018, 5 more: 5 March.
    deposited = list_parties(ACTIONS, "nklsp", date(2017, 12, 5), by="deposit")
    japan = next(a for a in ACTIONS if (a.party, a.treaty) == ("JPN", "nklsp"))

    assert len(deposited) == 41
    assert "EUR" in deposited
    assert japan.deposited_on == date(2017, 12, 5)
    assert treaty_entry_into_force(ACTIONS, "nklsp") == date(2018, 3, 5)


def test_a_treaty_short_of_instruments_is_not_in_force():
    few = [a for a in ACTIONS if a.deposited_on and a.deposited_on < date(2017, 12, 5)]

    assert treaty_entry_into_force(few, "nklsp") is None


def test_membership_ends_on_its_last_day_exclusive():
    left = Membership("GBR", "EU", date(1973, 1, 1), date(2020, 2, 1), "test")

    days = [date(1972, 12, 31), date(1973, 1, 1), date(2020, 1, 31), date(2020, 2, 1)]
    assert [left.holds(day) for day in days] == [False, True, True, False]


@pytest.mark.parametrize(
    ("on", "count"),
    [
        (date(2004, 4, 30), 15),
        (date(2004, 5, 1), 25),
        (date(2007, 1, 1), 27),
        (date(2013, 7, 1), 28),
        (date(2020, 1, 31), 28),
        (date(2020, 2, 1), 27),
    ],
)
def test_the_european_union_has_as_many_members_as_then(on, count):
    assert len(members(MEMBERSHIPS, "EU", on)) == count


def test_the_european_union_is_no_member_of_itself():
    assert "EUR" not in members(MEMBERSHIPS, "EU", date(2015, 1, 1))
    assert "EUR" in members(MEMBERSHIPS, "WEOG", date(2015, 1, 1))


@pytest.mark.parametrize(
    ("on", "count"),
    [
        (date(2010, 12, 31), 49),  # Maldives leaves on the next day
        (date(2011, 12, 31), 48),
        (date(2012, 12, 18), 49),  # South Sudan joins
        (date(2015, 12, 31), 48),  # Samoa left in 2014
        (date(2019, 12, 31), 47),  # Equatorial Guinea left in 2017
        (date(2025, 1, 1), 44),  # Vanuatu, Bhutan, Sao Tome and Principe left
    ],
)
def test_least_developed_countries_are_dated(on, count):
    assert len(members(MEMBERSHIPS, "LDC", on)) == count


def test_every_country_but_the_holy_see_is_in_one_region():
    counted = Counter(
        code for group in REGIONS for code in members(MEMBERSHIPS, group, date(2015, 1, 1))
    )

    assert {c.code for c in load_countries()} - set(counted) == {"VAT"}
    assert set(counted.values()) == {1}


def test_the_tables_are_facts():
    facts = Facts(
        {"party": countries_table(), "treaty": treaty_table(), "membership": memberships_table()}
    )

    assert facts["treaty"].num_rows == 584
    assert facts.roll.codes == tuple(c.code for c in load_countries())


def test_a_table_of_other_actions_holds_only_those():
    action = TreatyAction("KEN", "cpb", None, None, date(2002, 1, 24), date(2003, 9, 11), "test")

    table = treaty_table([action])

    assert table.schema == schema_of("treaty")
    assert table.to_pylist()[0]["in_force_on"] == date(2003, 9, 11)


def test_every_problem_of_a_status_file_is_reported(tmp_path):
    path = tmp_path / "status.csv"
    path.write_text(
        "party,treaty,signed_on,instrument,deposited_on,in_force_on,source\n"
        "Kenya,cpb,,ratification,2002-01-24,2003-09-11,test\n"  # a name, not a code
        "KEN,cbdx,,ratification,2002-01-24,2003-09-11,test\n"  # no such treaty
        "UGA,cpb,,joined,2001-31-11,2003-09-11,test\n"  # no instrument, no day, no deposit: 4
        "TGO,cpb,2005-01-01,accession,2004-07-02,2004-09-30,\n"  # signed later, no source: 2
        "NOR,cpb,2000-05-24,,\n"  # cells missing
    )

    with pytest.raises(DeclarationError) as refused:
        read_treaty_actions(path)

    message = str(refused.value)
    assert "Did you mean KEN?" in message
    assert "status.csv:6" in message
    # 1 + 1 + (instrument, day, neither date, in force without deposit, instrument alone) + 2 + 1
    assert len(refused.value.problems) == 10


def test_a_country_in_two_regions_on_one_day_is_refused(tmp_path):
    path = tmp_path / "groups.csv"
    path.write_text(
        "party,group,from_on,until_on,source\n"
        "KEN,AFR,,2010-01-01,test\n"
        "KEN,AP,2009-12-31,,test\n"
        "UGA,AFR,,2010-01-01,test\n"
        "UGA,AP,2010-01-01,,test\n"
    )

    with pytest.raises(DeclarationError) as refused:
        read_memberships(path)

    assert [problem.what for problem in refused.value.problems] == [
        "KEN is in AFR and AP on the same day"
    ]


def test_a_file_with_other_columns_is_refused(tmp_path):
    path = tmp_path / "groups.csv"
    path.write_text("country,group\nKEN,AFR\n")

    with pytest.raises(DeclarationError, match="country"):
        read_memberships(path)


def test_a_file_read_again_after_a_change_is_read_anew(tmp_path):
    path = tmp_path / "groups.csv"
    header = "party,group,from_on,until_on,source\n"
    path.write_text(header + "KEN,AFR,,,test\n")
    before = read_memberships(path)

    path.write_text(header + "KEN,AFR,,,test\nUGA,AFR,,,test\n")

    assert [len(before), len(read_memberships(path))] == [1, 2]


def test_a_file_that_is_no_text_is_refused(tmp_path):
    path = tmp_path / "status.csv"
    path.write_bytes(b"party\xff\xfe\x00")

    with pytest.raises(DeclarationError, match="UTF-8"):
        read_treaty_actions(path)


def test_a_cell_beyond_measure_is_refused(tmp_path):
    path = tmp_path / "groups.csv"
    path.write_text("party,group,from_on,until_on,source\nKEN,AFR,,," + "x" * 200_000 + "\n")

    with pytest.raises(DeclarationError, match="field larger"):
        read_memberships(path)
