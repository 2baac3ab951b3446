"""A filled file as it was read: its cells, and everything that could not be understood."""

from dataclasses import dataclass, field

from cartagena.apps.reports.offline.about import About
from cartagena.engine.answer_values import AnswerProblem
from cartagena.engine.sentence import Sentence, sentence


@dataclass
class Returned:
    """``cells`` are what the file says, ``places`` where each of them stands (``D17``). Without
    ``about`` the file is none of ours, and the first problem says so."""

    about: About | None = None
    cells: dict[str, str] = field(default_factory=dict)
    places: dict[str, str] = field(default_factory=dict)
    problems: list[AnswerProblem] = field(default_factory=list)

    def add(self, place: str, what: Sentence, remedy: Sentence) -> None:
        """Note a problem."""
        self.problems.append(AnswerProblem(place, what, remedy))

    def put(self, key: str, place: str, text: str) -> None:
        """Note a cell. One that stands twice with different contents is a problem, and left out."""
        if key not in self.places:
            self.cells[key], self.places[key] = text, place
        elif self.cells.get(key, text) != text:
            what = sentence(
                "the answer stands at %(place)s too, and differs", place=self.places[key]
            )
            self.add(place, what, sentence("Keep one of the two rows."))
            del self.cells[key]


def refuse(what: Sentence, remedy: Sentence) -> Returned:
    """A file of which nothing is read."""
    returned = Returned()
    returned.add("", what, remedy)
    return returned
