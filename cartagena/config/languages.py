"""The six languages of the United Nations, by the codes used in addresses and in declarations."""

from typing import Any

DEFAULT = "en"

NAMES: list[tuple[str, str]] = [
    ("ar", "العربية"),
    ("en", "English"),
    ("es", "Español"),
    ("fr", "Français"),
    ("ru", "Русский"),
    ("zh", "中文"),
]

# Django knows Chinese only by its scripts (zh-hans, zh-hant); here it is plain `zh`, the code the
# Clearing-House and the declarations use.
CHINESE: dict[str, Any] = {
    "bidi": False,
    "code": "zh",
    "name": "Chinese",
    "name_local": "中文",
}
