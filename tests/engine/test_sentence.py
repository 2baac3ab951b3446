"""A sentence is its English text, and can still be said in another language."""

import copy
import datetime as dt
import gettext
import json
import pickle

import pytest

from cartagena.engine.sentence import (
    Sentence,
    alternatives,
    counted,
    listed,
    listed_apart,
    sentence,
)
from cartagena.engine.text import Text

LABEL = Text.of({"en": "Shares", "fr": "Parts"})
WORDS = {
    "%(part)s of %(whole)s": "%(part)s sur %(whole)s",
    "%(before)s or %(last)s": "%(before)s ou %(last)s",
    "nothing": "rien",
}


class French(gettext.NullTranslations):
    """A catalogue of a few words."""

    def gettext(self, message: str) -> str:
        return WORDS.get(message, message)

    def ngettext(self, singular: str, plural: str, number: int) -> str:
        # In French, zero goes with the singular.
        return "%(count)s part" if number < 2 else "%(count)s parts"


def test_sentence_is_its_english_text() -> None:
    said = sentence("%(part)s of %(whole)s", part=2, whole=LABEL)
    assert said == "2 of Shares"
    assert type(str(said)) is str
    assert json.dumps([said]) == '["2 of Shares"]'
    assert sentence("100 % of it") == "100 % of it"


def test_sentence_and_its_arguments_are_said_in_another_language() -> None:
    said = sentence("%(part)s of %(whole)s", part=sentence("nothing"), whole=LABEL)
    assert said.render(French(), "fr") == "rien sur Parts"
    assert said == "nothing of Shares"


def test_number_chooses_the_form_of_each_language_by_itself() -> None:
    none, two = (counted("%(count)s share", "%(count)s shares", n) for n in (0, 2))
    assert (none, two) == ("0 shares", "2 shares")
    assert [said.render(French(), "fr") for said in (none, two)] == ["0 part", "2 parts"]


def test_parts_are_joined_in_the_readers_language() -> None:
    assert sentence("%(part)s", part=listed(["a", "b", "c"])) == "a, b, c"
    assert sentence("%(part)s", part=listed_apart(["a", "b, c"])) == "a; b, c"
    said = sentence("%(part)s", part=alternatives(["a", sentence("nothing"), "c"]))
    assert said == "a or nothing or c"
    assert said.render(French(), "fr") == "a ou rien ou c"
    assert listed([]) == ""


@pytest.mark.parametrize(
    "keep",
    [
        copy.deepcopy,
        lambda said: pickle.loads(pickle.dumps(said)),
        lambda said: Sentence.from_json(json.loads(json.dumps(said.as_json()))),
    ],
)
def test_sentence_that_was_kept_is_said_as_before(keep) -> None:
    inner = sentence("%(part)s of %(whole)s", part=sentence("nothing"), whole=LABEL)
    said = counted("%(count)s: %(inner)s", "%(count)s: %(inner)s", 3, inner=inner)
    kept = keep(said)
    assert kept == said
    assert kept.arguments["inner"].render(French(), "fr") == "rien sur Parts"
    assert kept.render(French(), "fr") == "3 parts"


def test_day_is_written_as_everywhere_in_records() -> None:
    assert sentence("on %(day)s", day=dt.date(2019, 9, 1)) == "on 2019-09-01"


def test_code_or_day_stands_by_itself_among_words_that_run_from_right_to_left() -> None:
    said = sentence("%(part)s of %(whole)s", part=sentence("nothing"), whole="2019-09-01")
    assert said.render(French(), "ar") == "rien sur \u20682019-09-01\u2069"
    assert said.render(French(), "fr") == "rien sur 2019-09-01"
    said = sentence("%(part)s of %(whole)s", part=LABEL, whole=2)
    assert said.render(French(), "ar") == "\u2068Shares\u2069 sur 2"


def test_text_that_was_stored_before_there_were_sentences_is_said_as_it_is() -> None:
    assert Sentence.from_json("100 % old").render(French(), "fr") == "100 % old"
