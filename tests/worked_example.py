"""The ten Parties of tests/engine/test_ten_parties.py as a folder of facts for readers.

Write the folder again after a change of the example or of the fact tables::

    python -m tests.worked_example
"""

import datetime as dt
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from cartagena.engine.datapackage import write_datapackage
from cartagena.engine.facts import Facts
from cartagena.engine.parties import countries_table
from tests.engine.test_ten_parties import FINAL, MIDTERM, REGIONS
from tests.hand_made import make_facts

FOLDER = Path(__file__).parents[1] / "docs" / "tutorials" / "files" / "ten-parties"

_README = """# Ten Parties, made up

The worked example of [how figures are made](../../../explanation/how-figures-are-made.md) as facts
to compute with. Everything here is invented, the days of joining too; only the codes and names of
the countries are real. `datapackage.json` describes each file and each column.

    cartagena evaluate --facts docs/tutorials/files/ten-parties 1.2.4 --point midterm
"""


def make_ten_parties() -> Facts:
    """The facts of the example, with true names and every report marked as made up."""
    answers = {("nr3", party): given for party, given in MIDTERM.items()}
    answers |= {("nr4", party): given for party, given in FINAL.items()}
    joined = {"CUB": dt.date(2017, 1, 1), "RUS": dt.date.max}
    tables = dict(make_facts(REGIONS, answers, joined=joined).tables)
    countries = countries_table()
    tables["party"] = countries.filter(pc.is_in(countries["party"], pa.array(list(REGIONS))))
    report = tables["report"]
    place = report.column_names.index("demonstration")
    made_up = pa.array([True] * report.num_rows)
    tables["report"] = report.set_column(place, report.schema.field(place), made_up)
    return Facts(tables)


def write_ten_parties() -> None:
    created = dt.datetime(2026, 11, 22, tzinfo=dt.UTC)
    write_datapackage(make_ten_parties(), FOLDER, title="Ten Parties, made up", created=created)
    (FOLDER / "README.md").write_text(_README, encoding="utf-8")


if __name__ == "__main__":
    write_ten_parties()
