"""All versions of a record, and what differs between two of them, for everybody to read."""

import datetime as dt

from cartagena.apps.portal.presenters.record_changes import mark_words
from cartagena.apps.registry import api as registry
from cartagena.engine.record_format import read_example
from tests.apps.portal.records.conftest import Reader
from tests.apps.portal.records.published import DECISION, NOW, PROHIBITED, make, publish


def amend(reader: Reader) -> str:
    """The decision with other conditions in one language, and another result; its number."""
    conditions = {
        "en": "<p>A distance of 400 m to other maize.</p>",
        "fr": "<p>Une distance de 200 m avec tout autre maïs.</p>",
    }
    publish(
        make("biosafetyDecision", on=dt.date(2025, 4, 1), conditions=conditions,
             decisionResult={"identifier": PROHIBITED}, isForFoodSafety=None)
    )  # fmt: skip
    return reader.numbers["biosafetyDecision"]


def test_history_lists_every_version_with_its_days(reader: Reader) -> None:
    number = amend(reader)
    registry.withdraw_record(DECISION, actor=None, reason="Quashed.", now=NOW)

    text = reader.read(f"/records/{number}/history")

    for said in ("1 July 2024", "1 April 2025", "22 November 2026", "Quashed.", "amended"):
        assert said in text
    assert f'href="/records/{number}/changes?from=1&amp;to=2"' in text


def test_history_does_not_know_the_future(reader: Reader) -> None:
    number = amend(reader)
    text = reader.read(f"/records/{number}/history?as_of=2024-12-01")
    assert "amended" not in text
    assert "1 April 2025" not in text
    assert "public now" in text


def test_the_role_of_who_acted_is_told_and_never_the_name(
    reader: Reader, django_user_model: type
) -> None:
    actor = django_user_model.objects.create(
        email="somebody@example.org", name="Some Body", role="bch_focal_point", party="KEN",
        created_at=NOW,
    )  # fmt: skip
    law = make("biosafetyLaw", on=dt.date(2025, 4, 1), title={"en": "Amended"})
    registry.publish_records([law], actor=actor, reason="New act.", now=NOW)

    text = reader.read(f"/records/{reader.numbers['biosafetyLaw']}/history")

    assert "BCH national focal point" in text
    assert "Some Body" not in text
    assert "somebody@" not in text


def test_changes_mark_words_inside_a_text(reader: Reader) -> None:
    text = reader.read(f"/records/{amend(reader)}/changes?from=1&to=2")
    assert "A distance of <del>200</del><ins>400</ins> m to other maize." in text
    assert "Une distance" not in text


def test_changes_show_terms_with_their_labels(reader: Reader) -> None:
    text = reader.read(f"/records/{amend(reader)}/changes?from=1&to=2")
    assert "Approval with conditions" in text.partition('<del class="block">')[2]
    assert "Prohibition" in text.partition('<ins class="block">')[2]
    assert "Does the record concern food safety?" in text


def test_changes_without_a_wish_are_the_last(reader: Reader) -> None:
    number = amend(reader)
    assert "From version 1 (1 July 2024) to version 2" in reader.read(f"/records/{number}/changes")
    assert reader.get(f"/records/{number}/changes?from=9").status_code == 400


def test_the_older_version_stands_first_whatever_is_asked(reader: Reader) -> None:
    number = amend(reader)
    assert "From version 1" in reader.read(f"/records/{number}/changes?from=2&to=1")


def test_a_single_version_has_no_changes(reader: Reader) -> None:
    number = reader.numbers["biosafetyLaw"]
    assert "There is one version only" in reader.read(f"/records/{number}/changes")


def test_marked_words_are_escaped() -> None:
    marked = mark_words("<b>one</b> & two", "<i>one</i> & three")
    assert "<b>" not in marked
    assert "<i>" not in marked
    assert "&amp;" in marked
    assert "<del>two</del><ins>three</ins>" in marked


def test_chinese_is_compared_sign_by_sign() -> None:
    assert mark_words("禁止进口转基因玉米", "允许进口转基因玉米") == (
        "<del>禁止</del><ins>允许</ins>进口转基因玉米"
    )


def test_very_long_texts_are_compared_line_by_line() -> None:
    old = "\n".join(f"line {n} of a long text" for n in range(3000))
    assert mark_words(old, old.replace("line 7 of", "row 7 of")).count("<ins>") == 1


def read_change(reader: Reader, old: dict[str, object], new: dict[str, object]) -> str:
    """The page of the changes between two versions of a law, without what stands around."""
    publish(make("biosafetyLaw", number=960, document_id=960, **old))
    publish(make("biosafetyLaw", number=960, document_id=960, on=dt.date(2025, 1, 1), **new))
    return reader.read("/records/BCH-LAW-KE-960/changes").partition("<dl")[2].partition("</dl")[0]


def test_changed_address_of_a_document_is_seen(reader: Reader) -> None:
    links = [[{"url": f"https://law.example/{n}.pdf", "name": "The Act"}] for n in (1, 2)]
    text = read_change(reader, {"documents": links[0]}, {"documents": links[1]})
    before, after = text.split('<ins class="block">')
    assert "https://law.example/1.pdf</bdi>" in before
    assert "https://law.example/2.pdf</bdi>" in after


def test_languages_are_named_and_another_order_is_told(reader: Reader) -> None:
    header = read_example("biosafetyLaw")["header"]
    links = [{"url": f"https://law.example/{n}.pdf"} for n in (1, 2)]
    text = read_change(
        reader,
        {"header": {**header, "languages": ["en"]}, "documents": links},
        {"header": {**header, "languages": ["en", "fr"]}, "documents": links[::-1]},
    )
    assert "Languages of this record" in text
    assert "Français" in text
    assert "Only the order of the values changed." in text
