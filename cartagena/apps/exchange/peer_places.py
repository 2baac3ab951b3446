"""The calls about countries and controlled terms, in the shape clients know."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from django.http import HttpRequest, HttpResponse

from cartagena.apps.exchange.answering import PeerCallError, answer_json, peer_call
from cartagena.apps.registry.api import live_versions
from cartagena.engine.countries import LANGUAGES, Country, find_country, load_countries
from cartagena.engine.parties import load_treaty_actions
from cartagena.engine.vocabulary import Term, Vocabulary, list_vocabularies, load_vocabulary

TREATY_CODES = {"cbd": "XXVII8", "cpb": "XXVII8a", "np": "XXVII8b", "nklsp": "XXVII8c"}
Json = dict[str, Any]


@peer_call("GET")
def list_countries(request: HttpRequest) -> HttpResponse:
    """All countries with their treaties."""
    status = _list_status()
    return answer_json([_write_country(each, status) for each in load_countries()])


@peer_call("GET")
def show_country(request: HttpRequest, code: str) -> HttpResponse:
    """A country by its alpha-2 or alpha-3 code."""
    country = find_country(code) if len(code) in (2, 3) else None
    if country is None:
        raise PeerCallError(404, f"there is no country {code[:20]!r}", "Use the ISO 3166 code.")
    return answer_json(_write_country(country, _list_status()))


def _list_status() -> dict[str, list[Mapping[str, Any]]]:
    """Alpha-3 code -> rows of treaty status, as published now; before anything is, as shipped."""
    found: dict[str, list[Mapping[str, Any]]] = {}
    for version in live_versions().filter(record__type="treatyStatus"):
        for row in version.body.get("rows", ()):
            found.setdefault(row["party"], []).append(row)
    if found:
        return found
    for action in load_treaty_actions():
        days = {"signed_on": action.signed_on, "deposited_on": action.deposited_on,
                "in_force_on": action.in_force_on}  # fmt: skip
        row = {name: day.isoformat() for name, day in days.items() if day}
        row |= {"treaty": action.treaty, "instrument": action.instrument or ""}
        found.setdefault(action.party, []).append(row)
    return found


def _write_country(country: Country, status: dict[str, list[Mapping[str, Any]]]) -> Json:
    treaties = {}
    for row in status.get(country.code, ()):
        code = TREATY_CODES.get(str(row.get("treaty")))
        if code:
            treaties[code] = {
                "party": row.get("in_force_on"),
                "instrument": row.get("instrument"),
                "deposit": row.get("deposited_on"),
                "signature": row.get("signed_on"),
            }
    names = {language: country.names.get(language) for language in LANGUAGES}
    return {"code": country.iso2, "alpha3": country.code, "name": names, "treaties": treaties}


@peer_call("GET")
def show_domain(request: HttpRequest, domain: str) -> HttpResponse:
    """A vocabulary by the Clearing-House's name for it, or by ours."""
    vocabulary = _get_vocabulary(domain)
    return answer_json(
        {
            "identifier": vocabulary.domain,
            "name": vocabulary.id,
            "title": {"en": vocabulary.id},
            "isComplete": vocabulary.complete,
            "termCount": len(vocabulary.terms),
        }
    )


@peer_call("GET")
def list_terms(request: HttpRequest, domain: str) -> HttpResponse:
    """The terms of a vocabulary."""
    vocabulary = _get_vocabulary(domain)
    return answer_json([_write_term(vocabulary, term) for term in vocabulary.terms])


@peer_call("GET")
def show_term(request: HttpRequest, term: str) -> HttpResponse:
    """A term of any vocabulary."""
    vocabulary, found = _get_term(term)
    return answer_json(_write_term(vocabulary, found))


@peer_call("GET")
def list_narrower(request: HttpRequest, term: str) -> HttpResponse:
    """The terms below a term; with ``?immediate=true`` only those right below."""
    vocabulary, found = _get_term(term)
    below = [vocabulary.by_id[code] for code in vocabulary.list_narrower(found.id)]
    if request.GET.get("immediate", "").lower() == "true":
        below = [each for each in below if each.broader == found.id]
    return answer_json([_write_term(vocabulary, each) for each in below])


def _get_vocabulary(domain: str) -> Vocabulary:
    name = _domains().get(domain.lower())
    if name is None:
        known = ", ".join(list_vocabularies()[:60])
        raise PeerCallError(404, f"there is no domain {domain[:60]!r}", f"Known here: {known}.")
    return load_vocabulary(name)


@cache
def _domains() -> Mapping[str, str]:
    """Names of vocabularies in small letters, the Clearing-House's and ours -> ours."""
    theirs = {load_vocabulary(name).domain.lower(): name for name in list_vocabularies()}
    return {**theirs, **{name.lower(): name for name in list_vocabularies()}}


def _get_term(code: str) -> tuple[Vocabulary, Term]:
    name = _terms().get(code.lower())
    if name is None:
        what = f"there is no term {code[:60]!r}"
        raise PeerCallError(404, what, "List them: /api/v2013/thesaurus/domains/{domain}/terms.")
    vocabulary = load_vocabulary(name)
    return vocabulary, vocabulary.by_id[vocabulary.by_folded_id[code.lower()]]


@cache
def _terms() -> Mapping[str, str]:
    """Codes of terms in small letters -> the first vocabulary that has them."""
    found: dict[str, str] = {}
    for name in list_vocabularies():
        for term in load_vocabulary(name).terms:
            found.setdefault(term.id.lower(), name)
    return found


def _write_term(vocabulary: Vocabulary, term: Term) -> Json:
    title = {language: term.label.get(language) for language in LANGUAGES}
    narrower = [each.id for each in vocabulary.terms if each.broader == term.id]
    return {
        "identifier": term.id,
        "name": term.label.get("en"),
        "title": title,
        "shortTitle": title,
        "code": term.code,
        "broaderTerms": [term.broader] if term.broader else [],
        "narrowerTerms": narrower,
        "domain": vocabulary.domain,
    }
