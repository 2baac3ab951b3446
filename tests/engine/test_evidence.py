"""Evidence equals what a plain loop over the facts finds, for any facts and any day."""

import datetime as dt

import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from cartagena.engine.evidence import AnswerGrid, PublishedRecords
from cartagena.engine.facts import Facts, schema_of
from tests.hand_made import make_facts

PARTIES = ("KEN", "NOR", "MEX")
DAYS = st.dates(dt.date(2011, 1, 1), dt.date(2011, 1, 20))
VERSIONS = st.lists(
    st.tuples(
        st.sampled_from(PARTIES),
        st.sampled_from(["nr2", "nr3"]),
        DAYS,
        st.none() | DAYS,
        st.lists(
            st.tuples(st.sampled_from(["Q012", "Q015"]), st.sampled_from(["true", "false", ""])),
            max_size=4,
        ),
    ),
    max_size=8,
)


def facts_of(versions: list[tuple]) -> Facts:  # type: ignore[type-arg]
    reports, answers = [], []
    for number, (party, cycle, start, end, given_) in enumerate(versions):
        base = {"record": f"R{number}", "version": 1, "party": party, "cycle": cycle}
        reports.append(base | {"published_on": start, "until_on": end, "demonstration": False})
        for question, option in given_:
            answers.append(
                base
                | {"question": question, "option": option or None, "text": None if option else "x"}
            )
    tables = {"party": [{"party": p, "iso2": p[:2]} for p in PARTIES]}
    tables |= {"report": reports, "answer": answers}
    return Facts(
        {
            name: pa.Table.from_pylist(
                [{f: row.get(f) for f in schema_of(name).names} for row in rows],
                schema=schema_of(name),
            )
            for name, rows in tables.items()
        }
    )


def plain_loop(versions: list[tuple], as_of: dt.date | None) -> set[tuple[str, str, str, str]]:  # type: ignore[type-arg]
    found = set()
    for party, cycle, start, end, given_ in versions:
        live = end is None if as_of is None else start <= as_of and (end is None or as_of < end)
        if live:
            found |= {(cycle, question, option, party) for question, option in given_}
    return found


@given(VERSIONS, st.none() | DAYS)
def test_evidence_equals_a_plain_loop(versions: list[tuple], as_of: dt.date | None) -> None:  # type: ignore[type-arg]
    facts = facts_of(versions)

    evidence = AnswerGrid(facts).at(as_of)

    found = set()
    for source, of_source in evidence.items():
        for question, options in of_source.choices.items():
            for option, bits in options.items():
                found |= {(source, question, option, p) for p in facts.roll.from_bits(bits)}
        for question, bits in of_source.texts.items():
            found |= {(source, question, "", p) for p in facts.roll.from_bits(bits)}
    assert found == plain_loop(versions, as_of)


@given(VERSIONS)
def test_answered_is_the_union_of_the_choices(versions: list[tuple]) -> None:  # type: ignore[type-arg]
    for of_source in AnswerGrid(facts_of(versions)).at(None).values():
        for question, options in of_source.choices.items():
            union = 0
            for bits in options.values():
                union |= bits
            assert of_source.answered[question] == union


def test_an_answer_of_a_country_off_the_roll_is_left_out() -> None:
    facts = make_facts({"KEN": "AFR"}, {("nr4", "KEN"): {"Q137": "true"}})
    answers = facts["answer"].to_pylist()
    stranger = [row | {"party": "XXX", "question": "Q136"} for row in answers]
    table = pa.Table.from_pylist([*answers, *stranger], schema=schema_of("answer"))
    widened = Facts(facts.tables | {"answer": table})

    evidence = AnswerGrid(widened).at(None)["nr4"]

    assert evidence.choices == {"Q137": {"true": widened.roll.bit("KEN")}}


def test_records_are_those_live_on_the_day() -> None:
    record = {
        "record": "LAW-1", "version": 1, "type": "biosafetyLaw", "government": "KEN",
        "first_published_on": dt.date(2009, 1, 1), "published_on": dt.date(2009, 1, 1),
        "until_on": dt.date(2012, 1, 1), "demonstration": False,
    }  # fmt: skip
    facts = make_facts({"KEN": "AFR"}, {}, extra={"record": [record]})

    assert PublishedRecords(facts, dt.date(2008, 12, 31)).by_type == {}
    assert len(PublishedRecords(facts, dt.date(2009, 1, 1)).by_type["biosafetyLaw"]) == 1
    assert PublishedRecords(facts, dt.date(2012, 1, 1)).by_type == {}  # the last day is exclusive
