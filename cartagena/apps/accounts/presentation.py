"""How codes read to people, in the language of the page."""

from collections.abc import Iterable

from django.utils.translation import get_language

from cartagena.engine.countries import find_country, load_countries
from cartagena.engine.record_format import load_record_format
from cartagena.engine.record_type import load_record_types


def get_party_name(code: str | None) -> str:
    """Return the name of a Party; nothing for nobody's."""
    country = find_country(code) if code else None
    return country.names.get(_language()) if country else (code or "")


def list_party_choices() -> list[tuple[str, str]]:
    """Return every government by code and name, in the order of the names."""
    language = _language()
    choices = [(country.code, country.names.get(language)) for country in load_countries()]
    return sorted(choices, key=lambda choice: choice[1])


def list_type_choices() -> list[tuple[str, str]]:
    """Return the types of record that an authorised user can be limited to."""
    codes = [code for code, kind in load_record_types().items() if kind.kind == "national"]
    return [(code, load_record_format(code).name.get(_language())) for code in codes]


def list_type_names(codes: Iterable[str]) -> list[str]:
    """Return the names of types of record; a code nobody knows any more stands for itself."""
    known = load_record_types()
    return [
        load_record_format(code).name.get(_language()) if code in known else code for code in codes
    ]


def _language() -> str:
    return (get_language() or "en").split("-")[0]
