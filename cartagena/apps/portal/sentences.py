"""What programs tell in English, said in the language of whoever reads the page.

What is wrong with a record or a report is found as a sentence (`cartagena.engine.sentence`) and
becomes words here, at the moment it is shown.
"""

from django.utils import translation

from cartagena.engine.sentence import Sentence
from cartagena.engine.treaty import label_provision

_STOPS = (".", "。", "!", "?", "؟")


def read_language() -> str:
    """The language of the reader, as texts name it: `zh` for `zh-hans`."""
    return (translation.get_language() or "en").split("-")[0]


def say_sentence(text: str) -> str:
    """A sentence in the reader's language; any other text as it is."""
    return text.render(translation, read_language()) if isinstance(text, Sentence) else text


def say_closed(text: str) -> str:
    """A sentence with its full stop: what is wrong is found without one."""
    said = say_sentence(text)
    if said.endswith(_STOPS):
        return said
    return translation.gettext("%(sentence)s.") % {"sentence": said}


def say_provision(provision_id: str) -> str:
    """The address of a provision, such as `Protocol, Article 20.3 (d)`."""
    return say_sentence(label_provision(provision_id))


def say_error(error: Exception) -> str:
    """What an error tells, in the reader's language where it was raised with a sentence."""
    told = error.args[0] if error.args else ""
    return say_sentence(told) if isinstance(told, Sentence) else str(error)
