"""What others wrote can be shown without harm."""

import pytest

from cartagena.apps.portal.safe_text import as_plain_text, clean_html, find_safe_address


@pytest.mark.parametrize(
    "url", ["https://example.org/a?b=c", "http://example.org", "mailto:a@example.org", "/files/1"]
)
def test_safe_addresses_stay(url: str) -> None:
    assert find_safe_address(f" {url} ") == url


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)", "JAVASCRIPT:alert(1)", "data:text/html,x", "//example.org",
        "/\\example.org", "https://", "ftp://example.org", "vbscript:x", "http://[", "", "example",
    ],
)  # fmt: skip
def test_other_addresses_are_no_links(url: str) -> None:
    assert find_safe_address(url) == ""


def test_html_keeps_its_structure_and_loses_what_acts() -> None:
    cleaned = clean_html('<p lang="fr">Un <em>mot</em></p><style>p{}</style><iframe src="x">')
    assert cleaned == '<p lang="fr">Un <em>mot</em></p>'


def test_links_in_html_tell_nobody_where_the_reader_came_from() -> None:
    cleaned = clean_html('<a href="https://example.org" target="_blank">x</a>')
    assert cleaned == '<a href="https://example.org" rel="noopener nofollow">x</a>'


def test_plain_text_has_a_line_for_each_paragraph() -> None:
    assert as_plain_text("<p>One &amp; two</p><p>Three<br>four</p>") == "One & two\nThree\nfour"
    assert as_plain_text("<script>x()</script>Five") == "Five"
