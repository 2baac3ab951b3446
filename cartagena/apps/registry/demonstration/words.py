"""Words of made-up records in the six languages of the United Nations, from ``words.yaml``."""

from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

from cartagena.apps.registry.demonstration.draws import draw
from cartagena.apps.registry.demonstration.profiles import Profile
from cartagena.engine.countries import get_country
from cartagena.engine.declaration import read_yaml

SIX = ("ar", "en", "es", "fr", "ru", "zh")
Words = dict[str, str]
"""Language -> words."""


@cache
def load_words() -> Mapping[str, Words]:
    """Every text by its name."""
    found: Mapping[str, Words] = read_yaml(Path(__file__).with_name("words.yaml"))
    return found


def say(languages: Iterable[str], name: str, **parts: Mapping[str, str] | str | int) -> Words:
    """A text in some languages; ``parts`` fill its braces, each language with its own words."""
    text = load_words()[name]
    return {
        language: text[language].format_map(
            {key: _choose(part, language) for key, part in parts.items()}
        )
        for language in languages
    }


def say_rich(languages: Iterable[str], name: str, **parts: Mapping[str, str] | str | int) -> Words:
    """The same as a paragraph of formatted text."""
    said = say(languages, name, **parts)
    return {language: f"<p>{words}</p>" for language, words in said.items()}


def _choose(part: Mapping[str, str] | str | int, language: str) -> str:
    return part[language] if isinstance(part, Mapping) else str(part)


def word(name: str) -> Words:
    """A word in all languages, to fill braces with."""
    return load_words()[name]


@cache
def name_country(party: str) -> Words:
    """The names of a country."""
    names = get_country(party).names
    return {language: names.get(language) for language in SIX}


def choose_languages(profile: Profile, *names: object) -> tuple[str, ...]:
    """What a Party files a record in: its own language, and in some cases English too."""
    if profile.language == "en":
        return ("en",)
    both = draw("languages", profile.party, *names) < 0.45
    return (profile.language, "en") if both else (profile.language,)


def pick_main(words: Words) -> str:
    """The words a record is listed under: English where there is any."""
    return words.get("en") or next(iter(words.values()))
