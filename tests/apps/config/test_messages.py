"""Message catalogues."""

from pathlib import Path

from django.utils import translation

from cartagena.config import message_extraction
from cartagena.config.message_extraction import extract_messages, list_outdated_catalogues
from cartagena.config.messages import compile_catalogues


def test_texts_of_code_and_templates_are_found(tmp_path: Path) -> None:
    package = tmp_path / "package"
    package.mkdir()
    (package / "code.py").write_text("from x import gettext_lazy as _\n_('From code')\n")
    (package / "page.html").write_text("{% load i18n %}<p>{% translate 'From a page' %}</p>")
    assert {message.id for message in extract_messages(package) if message.id} == {
        "From code",
        "From a page",
    }


def test_new_text_makes_every_catalogue_outdated_until_it_is_updated(
    tmp_path: Path, monkeypatch
) -> None:
    def extract_one() -> object:
        catalogue = message_extraction.Catalog()
        catalogue.add("Only this")
        return catalogue

    monkeypatch.setattr(message_extraction, "extract_messages", extract_one)
    assert list_outdated_catalogues(tmp_path) == ["ar", "es", "fr", "ru", "zh"]
    assert message_extraction.update_catalogues(tmp_path)["zh"] == 1
    assert list_outdated_catalogues(tmp_path) == []
    assert len(compile_catalogues(tmp_path)) == 5
    assert compile_catalogues(tmp_path) == []


def test_signing_in_is_translated() -> None:
    with translation.override("zh"):
        assert translation.gettext("Sign in") == "登录"
        # A text of Django itself, which has no catalogue under the plain code.
        assert translation.gettext("This field is required.") == "此项为必填项。"
