"""Reports made up by Hypothesis: what any of the formats can hold."""

from typing import Any

from hypothesis import strategies as st

from cartagena.engine.answer_sheet import list_header_fields
from cartagena.engine.questionnaire import LANGUAGES, Format, Question, list_cycles, load_format

CYCLES = [cycle for cycle in list_cycles() if cycle != "survey2014"]
WORDS = st.text(
    st.characters(codec="utf-8", categories=("L", "N", "P", "Zs")), min_size=1, max_size=30
).map(str.strip).filter(bool)  # fmt: skip


def make_empty(shape: Format, languages: list[str]) -> dict[str, Any]:
    header = {"identifier": "EXAMPLE-REPORT-1", "schema": shape.schema, "languages": languages}
    return {"header": header, "government": {"identifier": "ke"}}


@st.composite
def texts(draw: st.DrawFn, languages: list[str]) -> dict[str, str]:
    chosen = draw(st.lists(st.sampled_from(languages), min_size=1, unique=True))
    return {language: draw(WORDS) for language in sorted(chosen)}


@st.composite
def answers(draw: st.DrawFn, shape: Format, question: Question, languages: list[str]) -> Any:
    """One answer as the format writes it, with words and figures beside its options."""
    if question.is_text:
        words = draw(texts(languages))
        return {"value": words} if shape.answer_shape == "wrapped" else words
    if question.type == "int":
        return {"value": draw(st.integers(0, 10**6))}
    old = shape.answer_shape == "identifier"
    most = len(question.options) if question.multiple else 1
    chosen = draw(st.sets(st.sampled_from(range(len(question.options))), min_size=1, max_size=most))
    items = []
    for option in (question.options[n] for n in sorted(chosen)):
        item: dict[str, Any] = {"identifier" if old else "value": option.code}
        name = (
            ("customValue" if question.multiple else "details") if old else "additionalInformation"
        )
        if option.free_text == "int" and draw(st.booleans()):
            item[name] = draw(st.integers(1, 100))
        elif option.free_text == "lstring" and draw(st.booleans()):
            item[name] = draw(texts(languages))
        items.append(item)
    if not question.multiple:
        return items[0]
    return {"options": items} if old else items


@st.composite
def bodies(draw: st.DrawFn) -> tuple[Format, dict[str, Any]]:
    shape = load_format(draw(st.sampled_from(CYCLES)))
    languages = draw(st.lists(st.sampled_from(LANGUAGES), min_size=1, max_size=3, unique=True))
    body = make_empty(shape, languages)
    for field in list_header_fields(shape):
        if field.type == "lstring" and draw(st.booleans()):
            body[field.field] = draw(texts(languages))
        elif field.type == "date" and draw(st.booleans()):
            body[field.field] = draw(st.dates()).isoformat()
    questions = [q for q in shape.in_document.values() if not q.is_structural]
    for question in draw(
        st.lists(st.sampled_from(questions), max_size=25, unique_by=lambda q: q.key)
    ):
        body[question.key] = draw(answers(shape, question, languages))
    return shape, body
