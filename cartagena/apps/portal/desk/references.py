"""Which records a form refers to, and which one is meant by what somebody typed."""

from collections.abc import Mapping
from typing import Any

from cartagena.apps.accounts.api import User
from cartagena.apps.drafting import api as drafting
from cartagena.apps.portal import record_queries
from cartagena.apps.portal.desk.forms.inputs import Named
from cartagena.apps.registry import api as registry
from cartagena.engine.record_checks import ANY_TYPE
from cartagena.engine.record_format import load_record_format
from cartagena.engine.record_identity import is_guid
from cartagena.engine.record_links import list_links
from cartagena.engine.unique_identifier import find_unique_identifier

LMO = "modifiedOrganism"


class RecordNames:
    """Knows the records that a body points to: what is public, and drafts that `actor` may see.

    Two queries when it is made; one or two more for each text that is no identifier.
    """

    def __init__(self, actor: User, language: str, *bodies: tuple[str, Mapping[str, Any]]) -> None:
        self._actor = actor
        self._language = language
        asked = {
            identifier for name, body in bodies for _field, identifier in list_links(name, body)
        }
        self._named = self._load(asked)

    def _load(self, asked: set[str]) -> dict[str, Named]:
        if not asked:
            return {}
        found = {
            head.identifier: Named(
                head.identifier,
                head.name.get(self._language),
                head.number,
                head.type_name.get(self._language),
            )
            for head in record_queries.list_heads(asked, None).values()
        }
        drafts = drafting.list_drafts(self._actor).filter(identifier__in=asked - set(found))
        for draft in drafts:
            type_name = load_record_format(draft.type).name.get(self._language)
            found[draft.identifier] = Named(
                draft.identifier, draft.title or type_name, "", type_name, is_draft=True
            )
        return found

    def find_named(self, identifier: str) -> Named | None:
        """The record with this identifier, or None."""
        return self._named.get(identifier)

    def find_meant(self, typed: str, types: tuple[str, ...]) -> str | None:
        """The identifier of the one record of these types that is meant, or None."""
        bare = typed.partition("@")[0]
        if bare in self._named or is_guid(bare) or not typed.strip() or len(typed) > 500:
            return None
        address = record_queries.find_address(typed)
        if address is not None:
            fits = ANY_TYPE in types or address.type in types
            return address.identifier if fits else None
        return self._find_lmo(typed, types) or self._find_titled(typed, types)

    def _find_lmo(self, typed: str, types: tuple[str, ...]) -> str | None:
        if LMO not in types:
            return None
        code = find_unique_identifier(typed)
        if code is None:
            return None
        spellings = {str(code), str(code).replace("Ø", "0"), typed.strip()}
        found = record_queries.find_by_unique_identifier(spellings, None, "")
        exact = [head for head in found if _is_code(head.fields["uniqueIdentification"], str(code))]
        return exact[0].identifier if len(exact) == 1 else None

    def _find_titled(self, typed: str, types: tuple[str, ...]) -> str | None:
        versions = registry.live_versions().filter(title__iexact=typed.strip())
        drafts = drafting.list_drafts(self._actor).filter(title__iexact=typed.strip())
        if ANY_TYPE not in types:
            versions = versions.filter(record__type__in=types)
            drafts = drafts.filter(type__in=types)
        found = set(versions.values_list("record__identifier", flat=True)[:2])
        if not found:
            found = set(drafts.values_list("identifier", flat=True)[:2])
        return found.pop() if len(found) == 1 else None


def _is_code(stored: Any, code: str) -> bool:
    found = find_unique_identifier(stored) if isinstance(stored, str) else None
    return found is not None and str(found) == code
