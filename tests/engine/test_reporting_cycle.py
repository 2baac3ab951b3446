"""The reporting cycles and how far a report is."""

import datetime as dt

from cartagena.engine.answers import build_body
from cartagena.engine.questionnaire import load_format
from cartagena.engine.report_progress import measure_progress
from cartagena.engine.reporting_cycle import load_reporting_cycles


def test_every_format_of_a_report_has_its_cycle_and_due_day() -> None:
    cycles = load_reporting_cycles()
    assert list(cycles) == ["nr2", "nr3", "nr4", "nr5"]
    assert {name: cycle.due_on for name, cycle in cycles.items()} == {
        name: load_format(name).deadline for name in cycles
    }


def test_due_day_itself_is_in_time_and_the_day_after_is_late() -> None:
    cycle = load_reporting_cycles()["nr4"]
    assert cycle.classify(dt.date(2019, 10, 1)) == "in_time"
    assert cycle.classify(dt.date(2019, 10, 2)) == "late"


def test_late_report_is_in_the_analysis_until_the_cut_off() -> None:
    cycle = load_reporting_cycles()["nr4"]
    assert cycle.enters_analysis(dt.date(2019, 12, 31))
    assert not cycle.enters_analysis(dt.date(2020, 1, 1))


def test_reminders_come_a_year_half_a_year_a_quarter_a_month_and_a_week_before() -> None:
    assert load_reporting_cycles()["nr3"].list_reminder_days() == (
        dt.date(2014, 10, 31),
        dt.date(2015, 4, 30),  # April has no 31st
        dt.date(2015, 7, 31),
        dt.date(2015, 9, 30),
        dt.date(2015, 10, 24),
    )


def test_progress_counts_only_what_is_asked() -> None:
    # Article 12 in the fourth report: Q045 and Q052 are free; Q046 to Q050, Q051_a and Q051_b are
    # mandatory. With Q046 = false the seven below it are not asked: 3 asked, 1 answered, 0 missing.
    shape = load_format("nr4")
    header = {"identifier": "EXAMPLE-REPORT-1", "languages": ["en"], "government": "ke"}
    body = build_body(shape, {"Q046": ["false"]}, header)
    [section] = [s for s in measure_progress(shape, body).sections if s.key == "Article12"]
    assert (section.asked, section.answered, section.missing) == (3, 1, ())
    opened = build_body(shape, {"Q046": ["true"]}, header)
    [section] = [s for s in measure_progress(shape, opened).sections if s.key == "Article12"]
    # Q047, Q048 and Q050 are asked now; Q049 and Q051 wait for Q048 and Q050.
    assert (section.asked, section.answered) == (6, 1)
    assert section.missing == ("Q047", "Q048", "Q050")


def test_empty_report_is_at_zero_and_lacks_every_mandatory_answer() -> None:
    shape = load_format("nr5")
    body = build_body(
        shape, {}, {"identifier": "EXAMPLE-REPORT-1", "languages": ["en"], "government": "ke"}
    )
    progress = measure_progress(shape, body)
    assert progress.percent == 0
    assert progress.missing
