"""What the search page shows: facets as links that toggle, hits, ways on when nothing is found."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from django.conf import settings
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from cartagena.apps.portal.frame import BadQueryError, Frame
from cartagena.apps.portal.presenters.report import HEAD, question_name
from cartagena.apps.portal.presenters.words import group_title
from cartagena.apps.search import api as searching
from cartagena.apps.search.api import FACETS, SORTS, SearchHit, SearchQuery, SearchResult, Sort
from cartagena.engine.countries import find_country
from cartagena.engine.questionnaire import load_format
from cartagena.engine.record_format import load_all_record_formats
from cartagena.engine.record_type import list_report_types
from cartagena.engine.text import Text
from cartagena.engine.vocabulary import load_vocabulary

ROWS = 25
SHOWN_VALUES = 6
LAST_PAGE = 100_000
MOST_VALUES, MOST_SIGNS = 60, 4_000
_VOCABULARIES = {
    "trait": ("dnaSequenceTraits",),
    "decision_kind": ("decisionTypes",),
    "decision_result": ("decisionResults",),
    "subject": ("subjectAreas", "cpbThematicAreas", "raSubjects", "cbdSubjects", "absSubjects"),
}


@dataclass(frozen=True)
class FacetValue:
    """One value of a facet: how many hits have it, and where choosing or leaving it leads."""

    words: str
    count: int
    address: str
    is_chosen: bool


@dataclass(frozen=True)
class Facet:
    """A facet with its values, the most frequent first; chosen ones are always among `shown`."""

    name: str
    title: str
    shown: tuple[FacetValue, ...]
    more: tuple[FacetValue, ...]


@dataclass(frozen=True)
class HitView:
    """A hit with the words around it. `title` and `snippet` are escaped, with marks.

    `question` names the question of a national report whose answer the snippet is from; the address
    leads there.
    """

    hit: SearchHit
    title: SafeString
    snippet: SafeString
    type_name: Text
    party_name: str
    address: str
    question: str = ""


def facet_title(name: str) -> str:
    """The name of a facet."""
    return {
        "type": _("Kind"),
        "government": _("Party"),
        "group": _("Group"),
        "lmo": _("Living modified organism"),
        "trait": _("Trait"),
        "organism": _("Organism"),
        "decision_kind": _("Kind of decision"),
        "decision_result": _("Result of the decision"),
        "year": _("Year"),
        "language": _("Language"),
        "subject": _("Subject"),
    }[name]


def sort_words(sort: str) -> str:
    """The name of an order."""
    return {
        "relevance": _("Best first"),
        "newest": _("Newest first"),
        "oldest": _("Oldest first"),
        "title": _("By title"),
    }[sort]


def read_query(frame: Frame) -> SearchQuery:
    """What the address asks for. Raises BadQueryError for a page or an order that is none."""
    get = frame.request.GET
    page = get.get("page", "") or "1"
    if not (page.isascii() and page.isdecimal()) or not 1 <= int(page[:7]) <= LAST_PAGE:
        raise BadQueryError("page", page)
    _refuse_too_much(get.lists())
    return SearchQuery(
        text=get.get("q", "").strip(),
        language=frame.language,
        filters=read_filters(get.lists()),
        as_of=frame.as_of,
        sort=read_sort(frame.choose("sort", SORTS, default="relevance")),
        start=(int(page) - 1) * ROWS,
        rows=ROWS,
    )


def _refuse_too_much(lists: Iterable[tuple[str, list[str]]]) -> None:
    """Every link of the page repeats the whole query, so a huge one would make a page of 20 MB."""
    for name, values in lists:
        if len(values) > MOST_VALUES or any(len(value) > MOST_SIGNS for value in values):
            raise BadQueryError(name, f"{values[0][:60]} …")


def read_filters(lists: object) -> dict[str, tuple[str, ...]]:
    """The values chosen of each facet, out of the lists of a query string."""
    pairs = dict(lists)  # type: ignore[call-overload]
    return {
        name: tuple(dict.fromkeys(value for value in pairs[name] if value))
        for name in FACETS
        if any(pairs.get(name, ()))
    }


def read_sort(asked: str) -> Sort:
    """An order that exists; the best first otherwise."""
    return next((sort for sort in SORTS if sort == asked), "relevance")


def list_facets(frame: Frame, query: SearchQuery, result: SearchResult) -> list[Facet]:
    """All facets with something to choose from."""
    named = searching.name_records(
        [
            value
            for name in ("lmo", "organism")
            for value in (*_values(result, name), *query.filters.get(name, ()))
        ],
        frame.language,
    )
    found = []
    for name in FACETS:
        chosen = query.filters.get(name, ())
        counts = dict(result.facets.get(name, ()))
        values = [*chosen, *(value for value in counts if value not in chosen)]
        if name == "year":
            values.sort(reverse=True)
        views = [
            _view_value(frame, name, value, counts.get(value, 0), chosen, named) for value in values
        ]
        if len(views) > 1 or chosen:
            shown = max(SHOWN_VALUES, len(chosen))
            found.append(Facet(name, facet_title(name), tuple(views[:shown]), tuple(views[shown:])))
    return found


def list_chosen(frame: Frame, facets: Sequence[Facet]) -> list[tuple[str, FacetValue]]:
    """The filters that are set: title of the facet, value that leads to the search without it."""
    return [
        (facet.title, value)
        for facet in facets
        for value in (*facet.shown, *facet.more)
        if value.is_chosen
    ]


def _values(result: SearchResult, name: str) -> list[str]:
    return [value for value, _count in result.facets.get(name, ())]


def _view_value(
    frame: Frame,
    name: str,
    value: str,
    count: int,
    chosen: Sequence[str],
    named: Mapping[str, str],
) -> FacetValue:
    others = [other for other in chosen if other != value]
    wanted = others if value in chosen else [*others, value]
    return FacetValue(
        words=value_words(name, value, frame.language, named),
        count=count,
        address=frame.here(**{name: wanted or "", "page": ""}),
        is_chosen=value in chosen,
    )


def value_words(name: str, value: str, language: str, named: Mapping[str, str]) -> str:
    """A value of a facet in words; its code where there are none."""
    if name == "type":
        shape = load_all_record_formats().get(value)
        return shape.name.get(language) if shape else value
    if name == "government":
        country = find_country(value)
        return country.names.get(language) if country else value
    if name == "group":
        return _group(value)
    if name == "language":
        return str(dict(settings.LANGUAGES).get(value, value))
    if name in _VOCABULARIES:
        label = _terms(_VOCABULARIES[name]).get(value)
        return label.get(language) if label else value
    return named.get(value, value)


def _group(code: str) -> str:
    try:
        return group_title(code)
    except KeyError:
        return code


@cache
def _terms(names: tuple[str, ...]) -> Mapping[str, Text]:
    return {term.id: term.label for name in names for term in load_vocabulary(name).terms}


def view_hits(frame: Frame, result: SearchResult) -> list[HitView]:
    """The hits with their addresses and names."""
    formats = load_all_record_formats()
    views = []
    for hit in result.hits:
        country = find_country(hit.government) if hit.government else None
        question, answer_address = _find_answer(frame, hit)
        views.append(
            HitView(
                hit=hit,
                title=mark_safe(hit.title_html),  # noqa: S308 - escaped by search.highlight
                snippet=mark_safe(hit.snippet_html),  # noqa: S308 - escaped by search.highlight
                type_name=formats[hit.type].name,
                party_name=country.names.get(frame.language) if country else "",
                address=answer_address or frame.link("record", hit.number.rsplit("-", 1)[0]),
                question=question,
            )
        )
    return views


def _find_answer(frame: Frame, hit: SearchHit) -> tuple[str, str]:
    """The name of the question that a hit answers, and its place on the page of the report."""
    cycle = list_report_types().get(hit.type)
    if not (hit.question and cycle and hit.government):
        return "", ""
    document = load_format(cycle)
    shape = next((s for s in document.carried if hit.question in s.by_key), document)
    question = shape.by_key.get(hit.question)
    section = (question.section if question else None) or HEAD
    address = frame.link("report", hit.government, shape.cycle, section=section)
    numbers = {field.field: field.number for field in shape.header}
    name = question_name(shape, question) if question else numbers.get(hit.question)
    words = _("Question %(number)s") % {"number": name} if name else ""
    return words, f"{address}#{hit.question}"


def kind_words(kind: str) -> str:
    """What a suggestion is, in a word."""
    known = {
        "country": _("Party"),
        "type": _("Kind"),
        "lmo": _("Living modified organism"),
        "organism": _("Organism"),
        "gene": _("Gene"),
        "record": _("Record"),
    }
    return known.get(kind, _("Subject"))
