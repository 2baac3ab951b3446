"""Treaty status, groups, registers and labels out of tables."""

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest

from cartagena.apps.registry import api
from cartagena.apps.registry.imports.labels import labels_of
from cartagena.apps.registry.imports.publish import (
    import_labels,
    import_registers,
    import_status,
)
from cartagena.engine.questionnaire import load_format
from tests.apps.registry.imports.make import (
    NOW,
    get_live,
    list_sentences,
    make_envelope,
    run,
    write,
)

pytestmark = pytest.mark.django_db
LATER = NOW + dt.timedelta(days=1)
TREATY = "party,treaty,signed_on,instrument,deposited_on,in_force_on,source\n"
GROUPS = "party,group,from_on,until_on,source\n"
REGISTER = "register,entry,party,from,until,kind,quantity,unit,title,source\n"


def get_rows(identifier: str) -> list[dict[str, Any]]:
    """The rows of a live record."""
    return list(api.get_version(identifier).body["rows"])


def test_new_party_is_a_new_version_of_its_country_alone(tmp_path: Path) -> None:
    api.load_shipped(now=NOW)
    before = get_live()
    rows = "USA,cpb,,accession,2026-01-10,2026-04-10,Depositary notification\n"

    result = import_status("treaty", [write(tmp_path / "a.csv", TREATY + rows)], now=LATER)

    assert (result.read, result.errors) == (1, 0)
    after = get_live()
    assert {i for i in after if after[i] != before.get(i)} == {"treatyStatus-USA"}
    treaties = {row["treaty"]: row for row in get_rows("treatyStatus-USA")}
    assert treaties["cpb"]["in_force_on"] == "2026-04-10"
    assert "cbd" in treaties  # what was known before stays


def test_new_party_counts_when_its_report_is_read(tmp_path: Path) -> None:
    api.load_shipped(now=NOW)
    report = make_envelope("TEST-US-000001", "us", submittedOn="2026-05-01T00:00:00Z")
    path = write(tmp_path / "us.json", report)
    assert "USA was not a Party on 2026-05-01" in list_sentences(run(path), "warning")
    rows = "USA,cpb,,accession,2026-01-10,2026-04-10,Depositary notification\n"

    import_status("treaty", [write(tmp_path / "a.csv", TREATY + rows)], now=LATER)

    assert not any("not a Party" in what for what in list_sentences(run(path), "warning"))


def test_same_table_again_changes_nothing(tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", GROUPS + "KEN,LDC,2027-01-01,,A made-up list\n")
    import_status("groups", [path], now=NOW)

    again = import_status("groups", [path], now=LATER)

    assert (again.unchanged, again.amended) == (1, 0)


def test_country_with_a_wrong_row_is_left_as_it_is(tmp_path: Path) -> None:
    api.load_shipped(now=NOW)
    before = get_live()
    rows = (
        "KEN,cpb,2000-05-15,ratification,2002-13-01,,Somewhere\n"
        "Atlantis,cpb,,accession,2020-01-01,2020-04-01,Somewhere\n"
        "NOR,law,,accession,2020-01-01,2020-04-01,Somewhere\n"
    )

    result = import_status("treaty", [write(tmp_path / "a.csv", TREATY + rows)], now=LATER)

    assert (result.refused, get_live()) == (3, before)
    assert {(p.place, p.report) for p in result.problems} >= {
        ("line 2", "KEN"), ("line 3", "Atlantis"), ("line 4", "NOR"),
    }  # fmt: skip


def test_register_entry_is_amended_by_a_later_file(tmp_path: Path) -> None:
    first = "AdviceMechanism,1,,2012-01-01,,expert_group,,,Group on risk,BS-IV/11\n"
    ended = first.replace("2012-01-01,,", "2012-01-01,2016-12-17,")
    import_registers([write(tmp_path / "a.csv", REGISTER + first)], now=NOW)

    result = import_registers([write(tmp_path / "b.csv", REGISTER + ended)], now=LATER)

    assert result.amended == 1
    (row,) = get_rows("REG-AdviceMechanism-1")
    assert (row["from_on"], row["until_on"], row["kind"]) == (
        "2012-01-01", "2016-12-17", "expert_group",
    )  # fmt: skip


def test_register_entries_come_as_json_lines_too(tmp_path: Path) -> None:
    entry = {"register": "FundingRecord", "entry": "GEF-1", "party": "Kenya", "from": "2014-05-01",
             "quantity": 250000, "unit": "USD"}  # fmt: skip

    result = import_registers([write(tmp_path / "a.jsonl", json.dumps(entry))], now=NOW)

    assert list_sentences(result) == []
    (row,) = get_rows("REG-FundingRecord-GEF-1")
    assert (row["party"], row["quantity"]) == ("KEN", "250000")


def test_every_fault_of_an_entry_is_told(tmp_path: Path) -> None:
    rows = "advice,a b,Atlantis,2031-01-01,2030-01-01,,many,,,\nJointActivity,1,,,,,,,,\n"

    result = import_registers([write(tmp_path / "a.csv", REGISTER + rows)], now=NOW)

    assert (result.refused, get_live()) == (2, {})
    assert [p.question for p in result.problems] == [
        "register", "entry", "party", "from", "until", "quantity", "from",
    ]  # fmt: skip


def test_official_labels_are_laid_over_ours(tmp_path: Path) -> None:
    form = load_format("nr5")
    keys = {section.label_key for section in form.sections}
    keys |= {q.label_key for q in form.questions}
    keys |= {option.label_key for q in form.questions for option in q.options}
    words = {key: {"en": f"Official {key}", "fr": f"Officiel {key}"} for key in keys}
    path = write(tmp_path / "labels.json", {"NR5": words})

    result = import_labels(path, now=NOW)

    assert (result.published, result.errors) == (1, 0)
    labels = labels_of(api.get_version("officialLabels-nr5").body)
    question = form.with_labels(labels).question("Q007")
    assert question.label.get("fr") == f"Officiel {question.label_key}"


def test_broken_labels_are_refused_whole(tmp_path: Path) -> None:
    result = import_labels(write(tmp_path / "labels.json", {"NR5": {}, "NR9": {}}), now=NOW)

    assert result.published == 0
    assert any("unknown report" in what for what in list_sentences(result))
