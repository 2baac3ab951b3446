"""A filled file as it was read: its cells, and everything that could not be understood."""

from dataclasses import dataclass, field

from cartagena.apps.reports.offline.about import About
from cartagena.engine.answer_values import AnswerProblem


@dataclass
class Returned:
    """``cells`` are what the file says, ``places`` where each of them stands (``D17``). Without
    ``about`` the file is none of ours, and the first problem says so."""

    about: About | None = None
    cells: dict[str, str] = field(default_factory=dict)
    places: dict[str, str] = field(default_factory=dict)
    problems: list[AnswerProblem] = field(default_factory=list)

    def add(self, place: str, what: str, remedy: str) -> None:
        """Note a problem."""
        self.problems.append(AnswerProblem(place, what, remedy))

    def put(self, key: str, place: str, text: str) -> None:
        """Note a cell. One that stands twice with different contents is a problem, and left out."""
        known = self.cells.get(key)
        if known is None:
            self.cells[key], self.places[key] = text, place
        elif known != text:
            what = f"the answer stands at {self.places[key]} too, and differs"
            self.add(place, what, "Keep one of the two rows.")
            self.cells[key] = text or known


def refuse(what: str, remedy: str) -> Returned:
    """A file of which nothing is read."""
    returned = Returned()
    returned.add("", what, remedy)
    return returned
