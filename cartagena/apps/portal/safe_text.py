"""What others wrote, made safe to show: HTML fragments, addresses, and the words without HTML."""

import html
import re
from urllib.parse import urlsplit

import nh3
from django.utils.safestring import SafeString, mark_safe

SCHEMES = frozenset({"http", "https", "mailto"})
TAGS = frozenset(
    {
        "a", "abbr", "b", "blockquote", "br", "caption", "cite", "code", "dd", "del", "dfn", "div",
        "dl", "dt", "em", "h3", "h4", "h5", "h6", "hr", "i", "ins", "li", "ol", "p", "pre", "q",
        "s", "small", "span", "strong", "sub", "sup", "table", "tbody", "td", "tfoot", "th",
        "thead", "tr", "u", "ul",
    }
)  # fmt: skip
ATTRIBUTES = {
    "*": {"lang", "dir"},
    "a": {"href", "title", "hreflang"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
}
_BREAKS = re.compile(r"</?(?:p|div|li|tr|h[1-6]|blockquote|dd|dt)\b[^>]*>|<br\s*/?>", re.IGNORECASE)


def clean_html(fragment: str) -> SafeString:
    """An HTML fragment with nothing in it that acts, loads or styles."""
    cleaned = nh3.clean(
        fragment,
        tags=set(TAGS),
        attributes=ATTRIBUTES,
        url_schemes=set(SCHEMES),
        link_rel="noopener nofollow",
        clean_content_tags={"script", "style"},
    )
    return mark_safe(cleaned)  # noqa: S308 - cleaned just now


def as_plain_text(fragment: str) -> str:
    """The words of an HTML fragment, a line for each paragraph."""
    broken = _BREAKS.sub("\n", fragment)
    bare = nh3.clean(broken, tags=set(), clean_content_tags={"script", "style"})
    lines = (re.sub(r"[ \t]+", " ", line).strip() for line in html.unescape(bare).splitlines())
    return "\n".join(line for line in lines if line)


def find_safe_address(url: str) -> str:
    """The address if a link may lead there: the web, mail, or a file here; else empty."""
    bare = url.strip()
    if bare.startswith("/") and not bare.startswith(("//", "/\\")):
        return bare
    try:
        parts = urlsplit(bare)
    except ValueError:
        return ""
    known = parts.scheme.lower() in SCHEMES and (parts.netloc or parts.scheme == "mailto")
    return bare if known else ""
