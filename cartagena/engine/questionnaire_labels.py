"""The words of the report formats: our own short labels, one per concept and language."""

from functools import cache

from cartagena.engine.declaration import Problems
from cartagena.engine.questionnaire_schema import ROOT, LabelsDeclaration, read_declaration
from cartagena.engine.text import Text


class LabelBook:
    """All `labels/*.yaml` together. English must have every label, another language may lack some.

    What is missing goes to `problems`; the code or key stands in for it.
    """

    def __init__(self, problems: Problems) -> None:
        self.problems = problems
        paths = sorted((ROOT / "labels").glob("*.yaml"))
        read = [read_declaration(LabelsDeclaration, path, problems) for path in paths]
        self._files = [declaration for declaration in read if declaration]

    def find(self, kind: str, name: str) -> Text | None:
        """The label of a section, question (by concept), cycle, header field or option code."""
        words = {d.language: getattr(d, kind).get(name, "") for d in self._files}
        text = Text.of(words)
        return text if "en" in text else None

    def find_for_option(self, kind: str, name: str, code: str) -> Text | None:
        """The label of an option under one concept or question."""
        words = {d.language: getattr(d, kind).get(name, {}).get(code, "") for d in self._files}
        text = Text.of(words)
        return text if "en" in text else None

    def get(self, kind: str, name: str) -> Text:
        """As `find`; a missing label is a problem."""
        found = self.find(kind, name)
        if found is None:
            self.problems.add("labels/en.yaml", f"{kind} has no label for {name!r}", "Add one.")
        return found or Text.of({"en": name})

    def get_option(self, question: str, concept: str, code: str) -> Text:
        """The label of an option: the question's own, else its concept's, else the code's."""
        found = (
            self.find_for_option("question_options", question, code)
            or self.find_for_option("question_options", concept, code)
            or self.find("options", code)
        )
        if found is None:
            what = f"no label for option {code!r} of {question}"
            self.problems.add("labels/en.yaml", what, "Add it to `options` or `question_options`.")
        return found or Text.of({"en": code})


@cache
def load_labels() -> tuple[LabelBook, Problems]:
    """The label files, and the problems found so far in reading and using them."""
    problems = Problems()
    return LabelBook(problems), problems
