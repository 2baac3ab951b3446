"""A small published world for the tests of the API and the downloads, without a database.

Eleven countries as in `tests/engine/test_ten_parties.py`, of which RUS is no Party; GHA joins them
with a made-up report. Indicator 1.2.4 reads Q154 (third report) and Q137 (fourth): "true" is yes.

    final, strict: yes KEN UGA CHN CHE CUB, no TGO MEX GHA, silent NOR IND UKR
    KEN, UGA, GHA, TGO are AFR: yes 2, no 2, unknown 0
"""

import datetime as dt

from cartagena.apps.monitoring.api import Freeze
from cartagena.engine.evaluate import Evaluator
from cartagena.engine.facts import Facts
from tests.hand_made import PUBLISHED, make_facts

REGIONS = {
    "KEN": "AFR", "UGA": "AFR", "TGO": "AFR", "GHA": "AFR", "CHN": "AP", "IND": "AP",
    "NOR": "WEOG", "CHE": "WEOG", "MEX": "GRULAC", "CUB": "GRULAC", "UKR": "CEE", "RUS": "CEE",
}  # fmt: skip
MIDTERM = {
    "KEN": {"Q154": "true"}, "UGA": {"Q154": "false"}, "CHN": {"Q154": "true"},
    "IND": {"Q154": "false"}, "NOR": {"Q154": "true"}, "CHE": {}, "MEX": {"Q154": "true"},
}  # fmt: skip
FINAL = {
    "KEN": {"Q137": "true", "Q014": "text:=1+1"}, "UGA": {"Q137": "true"},
    "TGO": {"Q137": "false"}, "CHN": {"Q137": "true"}, "NOR": {}, "CHE": {"Q137": "true"},
    "MEX": {"Q137": "false"}, "CUB": {"Q137": "true"},
}  # fmt: skip


def make_world() -> Facts:
    """The facts of this module's docstring."""
    return make_facts(
        REGIONS,
        {("nr3", party): given for party, given in MIDTERM.items()}
        | {("nr4", party): given for party, given in FINAL.items()},
        joined={"RUS": dt.date.max, "CUB": dt.date(2017, 1, 1)},
        extra={
            "report": [
                {"party": "GHA", "cycle": "nr4", "record": "nr4-GHA", "version": 1,
                 "published_on": PUBLISHED["nr4"], "demonstration": True, "number": "nr4-GHA"}
            ],
            "answer": [
                {"record": "nr4-GHA", "version": 1, "party": "GHA", "cycle": "nr4",
                 "question": "Q137", "option": "false"}
            ],
        },
    )  # fmt: skip


def make_freeze(name: str, made_on: dt.date) -> Freeze:
    """A freeze of 1000 versions with 2 left out."""
    freeze = Freeze(
        name=name,
        cut_off=dt.date(2015, 12, 31),
        created_at=dt.datetime.combine(made_on, dt.time(), dt.UTC),
        facts_sha256="cd" * 32,
        log_position=5,
    )
    freeze.included, freeze.excluded = 1000, 2
    return freeze


class World:
    """Stands in for the stores: facts that never change at a position of the log that can."""

    def __init__(self) -> None:
        self.whole = make_world()
        self.position = 7
        self.freezes: list[Freeze] = [make_freeze("mop8", dt.date(2016, 2, 1))]
        self._evaluators: dict[dt.date | None, Evaluator] = {}

    def evaluator(self, as_of: dt.date | None = None) -> Evaluator:
        if as_of not in self._evaluators:
            self._evaluators[as_of] = Evaluator(self.whole, as_of=as_of)
        return self._evaluators[as_of]

    def facts(self, as_of: dt.date | None = None) -> Facts:
        return self.whole
