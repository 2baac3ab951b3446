"""How a form asks which record is meant by what somebody typed."""

from typing import Protocol

from cartagena.apps.portal.desk.forms.inputs import Named


class Names(Protocol):
    """Who knows records by their identifiers and by what people type."""

    def find_named(self, identifier: str) -> Named | None:
        """The record with this identifier (without its revision), or None."""
        ...

    def find_meant(self, typed: str, types: tuple[str, ...]) -> str | None:
        """The identifier of the one record of these types that is meant, or None."""
        ...


class NoNames:
    """Knows no record: what is typed stays as it is typed."""

    def find_named(self, identifier: str) -> Named | None:
        """Return None."""
        return None

    def find_meant(self, typed: str, types: tuple[str, ...]) -> str | None:
        """Return None."""
        return None
