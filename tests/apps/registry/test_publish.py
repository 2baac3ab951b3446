"""Publishing, amending and withdrawing, through the registry's api."""

import datetime as dt
from typing import Any

import pytest

from cartagena.apps.registry import api
from cartagena.apps.registry.models import LogEntry, PublicPeriod, RecordVersion

pytestmark = pytest.mark.django_db

NOW = dt.datetime(2026, 11, 22, 12, tzinfo=dt.UTC)


def day(text: str) -> dt.datetime:
    """Noon of a day, UTC."""
    return dt.datetime.combine(dt.date.fromisoformat(text), dt.time(12), dt.UTC)


def make_law(identifier: str = "LAW-000000001", on: str = "2015-01-01", **other: Any) -> Any:
    """A law of Kenya; ``title`` changes its content."""
    title = other.pop("title", "Biosafety Act")
    values: dict[str, Any] = {
        "identifier": identifier,
        "type": "biosafetyLaw",
        "government": "KEN",
        "body": {
            "header": {"identifier": identifier, "schema": "biosafetyLaw", "languages": ["en"]},
            "government": {"identifier": "ke"},
            "title": {"en": title},
            "isAmendment": False,
            "notes": "never public",
        },
        "published_at": day(on),
        **other,
    }
    return api.Publication(**values)


def publish(*publications: Any, now: dt.datetime = NOW) -> list[api.Outcome]:
    """Publish as the program itself."""
    return api.publish_records(publications, actor=None, reason="Test.", now=now)


def test_first_publication_is_version_1_and_live() -> None:
    (outcome,) = publish(make_law())

    assert (outcome.action, outcome.version) == ("published", 1)
    version = api.live_versions().get()
    assert version.title == "Biosafety Act"
    assert version.record.document_id > 1_000_000


def test_same_content_again_changes_nothing() -> None:
    publish(make_law())
    position = api.log_position()

    (outcome,) = publish(make_law())

    assert (outcome.action, outcome.version) == ("unchanged", 1)
    assert api.log_position() == position


def test_what_was_published_here_comes_back_with_its_number_as_revision_unchanged() -> None:
    publish(make_law())

    (outcome,) = publish(make_law(revision=1))

    assert (outcome.action, outcome.version) == ("unchanged", 1)


def test_amendment_ends_the_version_before_at_its_own_beginning() -> None:
    publish(make_law(on="2015-01-01"))
    (outcome,) = publish(make_law(on="2016-01-01", title="Biosafety Act, revised"))

    assert (outcome.action, outcome.version) == ("amended", 2)
    periods = PublicPeriod.objects.filter(known_until=None).order_by("starts_at")
    assert [(p.starts_at, p.ends_at) for p in periods] == [
        (day("2015-01-01"), day("2016-01-01")),
        (day("2016-01-01"), None),
    ]


def test_history_in_one_call_keeps_every_version() -> None:
    outcomes = publish(
        make_law(on="2014-01-01", title="a", revision=1),
        make_law(on="2015-01-01", title="b", revision=2),
        make_law(on="2016-01-01", title="c", revision=3),
    )

    assert [o.action for o in outcomes] == ["published", "amended", "amended"]
    assert [o.action for o in publish(make_law(on="2014-01-01", title="a", revision=1))] == [
        "unchanged"
    ]
    assert RecordVersion.objects.count() == 3


def test_older_than_live_is_refused_with_the_reason() -> None:
    publish(make_law(on="2015-01-01"))

    (outcome,) = publish(make_law(on="2014-01-01", title="draft of old"))

    assert outcome.action == "refused"
    assert "older than the live version" in outcome.reason


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"type": "biosafetyLaws"}, "no record type"),
        ({"government": "ken"}, "no government"),
        ({"published_at": day("2030-01-01")}, "future"),
        ({"published_at": dt.datetime(2015, 1, 1)}, "time zone"),  # noqa: DTZ001
        ({"body": {"title": "a\x00b"}}, "NUL"),
        ({"body": {"title": float("nan")}}, "no plain JSON"),
        ({"body": {"title": "\ud800"}}, "no plain JSON"),
        ({"identifier": "x" * 129}, "1 to 128"),
    ],
)
def test_what_cannot_be_published_is_refused_and_does_not_stop_others(
    change: dict[str, Any], words: str
) -> None:
    wrong = {"identifier": "LAW-000000002", **change}

    refused, published = publish(make_law(**wrong), make_law())

    assert refused.action == "refused"
    assert words in refused.reason
    assert published.action == "published"


def test_type_of_a_record_never_changes() -> None:
    publish(make_law())

    (outcome,) = publish(make_law(type="biosafetyDecision", on="2016-01-01"))

    assert outcome.action == "refused"


def test_withdrawn_record_stays_citable() -> None:
    publish(make_law())

    api.withdraw_record("LAW-000000001", actor=None, reason="Repealed.", now=NOW)

    assert not api.live_versions().exists()
    assert api.get_version("LAW-000000001").title == "Biosafety Act"
    assert api.list_versions("LAW-000000001").get().ending == "withdrawn"  # type: ignore[attr-defined]
    with pytest.raises(api.NotLiveError):
        api.withdraw_record("LAW-000000001", actor=None, reason="Again.", now=NOW)


def test_withdrawn_record_can_be_published_again_later_but_not_before() -> None:
    publish(make_law())
    api.withdraw_record("LAW-000000001", actor=None, reason="Repealed.", now=NOW)

    (before,) = publish(make_law(on="2016-01-01", title="b"), now=NOW)
    later = NOW + dt.timedelta(days=3)
    (after,) = publish(make_law(published_at=later, title="b"), now=later)

    assert (before.action, after.action) == ("refused", "published")
    assert after.version == 2


def test_as_of_queries_follow_both_clocks() -> None:
    first, second = day("2020-01-01"), day("2024-01-01")
    publish(make_law(on="2015-01-01", title="old"), now=first)
    publish(make_law(on="2018-01-01", title="new"), now=second)

    def title(as_of: str, known: dt.datetime | None = None) -> list[str]:
        return [v.title for v in api.live_versions(dt.date.fromisoformat(as_of), known)]

    assert title("2014-12-31") == []
    assert title("2015-01-01") == ["old"]
    assert title("2017-12-31") == ["old"]
    assert title("2018-01-01") == ["new"]
    # In 2020 to 2024 the system did not know yet that the law had been replaced in 2018.
    assert title("2019-01-01", first) == ["old"]
    assert title("2019-01-01", second) == ["new"]
    assert title("2019-01-01", day("2019-01-01")) == []


def test_annulled_record_was_never_public_but_stays_in_the_log() -> None:
    publish(make_law(demonstration=True), now=day("2020-01-01"))

    assert api.annul_records(["LAW-000000001"], actor=None, reason="Demo.", now=NOW) == 1

    assert not api.live_versions(dt.date(2019, 1, 1)).exists()
    assert api.live_versions(dt.date(2019, 1, 1), day("2021-01-01")).exists()
    assert [e.action for e in LogEntry.objects.order_by("position")] == ["publish", "annul"]
    (again,) = publish(make_law(on="2016-01-01"))
    assert (again.action, again.version) == ("published", 2)


def test_second_report_of_a_party_for_a_cycle_is_refused() -> None:
    def report(identifier: str, **other: Any) -> api.Publication:
        body = {"header": {"identifier": identifier, "languages": ["en"]}}
        values: dict[str, Any] = {"published_at": day("2015-01-01"), "body": body, **other}
        return api.Publication(
            identifier=identifier, type="cpbNationalReport3", government="KEN", **values
        )

    publish(report("REPORT-000001", demonstration=True))

    (second,) = publish(report("REPORT-000002"))
    assert second.action == "refused"
    assert "cartagena demo remove" in second.reason
    api.annul_records(["REPORT-000001"], actor=None, reason="Demo.", now=NOW)
    (third,) = publish(report("REPORT-000002"))
    assert third.action == "published"


def test_document_number_belongs_to_one_record() -> None:
    publish(make_law(document_id=105))

    (other,) = publish(make_law("LAW-000000002", document_id=105))

    assert other.action == "refused"
    assert "LAW-000000001" in other.reason


def test_shipped_facts_load_once_and_quickly_the_second_time(
    django_assert_num_queries: Any,
) -> None:
    summary = api.load_shipped(now=NOW)

    assert summary.published > 300
    assert summary.refused == 0
    with django_assert_num_queries(2):
        assert api.load_shipped(now=NOW) == api.Summary()
