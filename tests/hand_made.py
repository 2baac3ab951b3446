"""Facts made by hand, small enough to check every figure on paper."""

import datetime as dt
from collections.abc import Mapping, Sequence

import pyarrow as pa

from cartagena.engine.facts import Facts, schema_of

Answers = Mapping[str, str | Sequence[str]]

JOINED = dt.date(2003, 9, 11)
PUBLISHED = {
    "nr2": dt.date(2011, 9, 30),
    "survey2014": dt.date(2014, 6, 30),
    "nr3": dt.date(2015, 10, 31),
    "nr4": dt.date(2019, 10, 1),
    "nr5": dt.date(2025, 2, 28),
}


def make_facts(
    regions: Mapping[str, str],
    answers: Mapping[tuple[str, str], Answers],
    *,
    joined: Mapping[str, dt.date] | None = None,
    published: Mapping[tuple[str, str], dt.date] | None = None,
    extra: Mapping[str, list[dict[str, object]]] | None = None,
) -> Facts:
    """Facts of a few Parties.

    ``regions`` names each Party's region; ``answers[(source, party)]`` maps a question to an option
    code, to several, or to ``"text:…"``; ``joined`` overrides the day the Protocol entered into
    force (a Party mapped to ``dt.date.max`` never joins).
    """
    rows: dict[str, list[dict[str, object]]] = {"party": [], "treaty": [], "membership": []}
    for party, region in regions.items():
        rows["party"].append({"party": party, "iso2": party[:2], "name_en": party.title()})
        rows["membership"].append({"party": party, "group": region})
        day = (joined or {}).get(party, JOINED)
        for treaty in ("cbd", "cpb"):
            if day != dt.date.max:
                rows["treaty"].append({"party": party, "treaty": treaty, "in_force_on": day})
    rows["report"], rows["answer"] = [], []
    for (source, party), given in answers.items():
        record = f"{source}-{party}"
        day = (published or {}).get((source, party), PUBLISHED[source])
        rows["report"].append(
            {"party": party, "cycle": source, "record": record, "version": 1,
             "published_on": day, "received_on": day, "demonstration": False, "number": record}
        )  # fmt: skip
        for question, chosen in given.items():
            for option in [chosen] if isinstance(chosen, str) else chosen:
                is_text = option.startswith("text:")
                rows["answer"].append(
                    {"record": record, "version": 1, "party": party, "cycle": source,
                     "question": question, "option": None if is_text else option,
                     "text": option[5:] if is_text else None}
                )  # fmt: skip
    for table, added in (extra or {}).items():
        rows.setdefault(table, []).extend(added)
    return Facts({name: _table(name, entries) for name, entries in rows.items()})


def _table(name: str, entries: list[dict[str, object]]) -> pa.Table:
    schema = schema_of(name)
    filled = [{field: entry.get(field) for field in schema.names} for entry in entries]
    return pa.Table.from_pylist(filled, schema=schema)
