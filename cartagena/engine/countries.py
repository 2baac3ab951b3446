"""Countries by their codes and names, and how one is found by what people write."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from pathlib import Path

from cartagena.engine.csv_file import read_rows
from cartagena.engine.declaration import Problems, check_keys, read_yaml
from cartagena.engine.text import Text
from cartagena.engine.treaty import TREATY_FOLDER

COUNTRIES_FILE = TREATY_FOLDER / "countries.csv"
SPELLINGS_FILE = TREATY_FOLDER / "country_spellings.yaml"

LANGUAGES = ("en", "fr", "es", "ru", "zh", "ar")


@dataclass(frozen=True)
class Country:
    """A State, or the European Union (EUR), by its ISO 3166 codes, M49 code and names."""

    code: str
    iso2: str
    m49: str | None
    names: Text

    @property
    def clearing_house_code(self) -> str:
        """The code the Clearing-House uses: alpha-2 in lower case (`ke`, `eu`)."""
        return self.iso2.lower()


@cache
def load_countries(path: Path = COUNTRIES_FILE) -> tuple[Country, ...]:
    """All countries, sorted by code. Raises DeclarationError with every problem of the file."""
    problems = Problems()
    columns = ("code", "iso2", "m49", *(f"name_{language}" for language in LANGUAGES))
    countries: list[Country] = []
    seen: set[str] = set()
    for place, row in read_rows(path, columns, problems):
        for column, form in (("code", "[A-Z]{3}"), ("iso2", "[A-Z]{2}"), ("m49", r"(\d{3})?")):
            value = row[column]
            if not re.fullmatch(form, value):
                problems.add(place, f"{value!r} is no {column}", "Write the ISO 3166 or M49 code.")
            if value and value in seen:
                problems.add(place, f"{value!r} stands twice", "Each code belongs to one row.")
            seen.add(value)
        names = Text.of({language: row[f"name_{language}"] for language in LANGUAGES})
        if "en" not in names:
            problems.add(place, "no English name", "Fill `name_en`.")
        countries.append(Country(row["code"], row["iso2"], row["m49"] or None, names))
    problems.raise_if_any()
    return tuple(sorted(countries, key=lambda country: country.code))


def get_country(code: str) -> Country:
    """The country with this alpha-3 code. Raises KeyError."""
    return _countries_by_code()[code]


def find_country(text: str) -> Country | None:
    """The country that `text` names, or None.

    Understood: alpha-2, alpha-3 and M49 codes, the names in six languages, and the spellings of
    `country_spellings.yaml`; case, accents, spaces and punctuation do not matter.
    """
    code = _spellings().get(_fold(text))
    return _countries_by_code()[code] if code else None


def list_near_countries(text: str) -> tuple[Country, ...]:
    """Up to two countries that are written much like `text`, the nearest first."""
    near = get_close_matches(_fold(text[:60]), _spellings(), n=6, cutoff=0.8)
    codes = dict.fromkeys(_spellings()[spelling] for spelling in near)
    return tuple(get_country(code) for code in list(codes)[:2])


@cache
def _countries_by_code() -> Mapping[str, Country]:
    return {country.code: country for country in load_countries()}


@cache
def _spellings(path: Path = SPELLINGS_FILE) -> Mapping[str, str]:
    """Every understood spelling, folded, with its country. One spelling for two countries is a
    problem, so that nobody is found by chance.
    """
    problems = Problems()
    raw = check_keys(read_yaml(path), path.name, problems, required=["spellings"])
    others: Mapping[str, Sequence[str]] = raw.get("spellings") or {}
    for code in sorted(set(others) - set(_countries_by_code())):
        problems.add(path.name, f"no country {code!r}", "Use the alpha-3 code.")
    found: dict[str, str] = {}
    for country in load_countries():
        known = [country.code, country.iso2, *(said for _, said in country.names.pairs)]
        if country.m49:
            known += [country.m49, country.m49.lstrip("0")]
        for spelling in (*known, *others.get(country.code, ())):
            taken = found.setdefault(_fold(spelling), country.code)
            if taken != country.code:
                problems.add(
                    f"{path.name}: {country.code}",
                    f"{spelling!r} is a spelling of {taken} too",
                    "Remove it from one of them.",
                )
    problems.raise_if_any()
    return found


def _fold(text: str) -> str:
    """`text` without what does not distinguish countries: case, accents, spaces, punctuation."""
    plain = unicodedata.normalize("NFKD", text).casefold()
    return "".join(character for character in plain if character.isalnum())
