"""The calls under `/api/v2013/documents`: bodies, envelopes, versions, a simple list."""

import re
from typing import Any

from django.http import HttpRequest, HttpResponse

from cartagena.apps.exchange.answering import PeerCallError, answer_json, peer_call
from cartagena.apps.exchange.stored import (
    StoredVersion,
    list_exchanged_types,
    list_newest,
    list_stored,
    public_body,
    write_info,
)
from cartagena.engine.canonical import canonical_json
from cartagena.engine.countries import find_country
from cartagena.engine.record_identity import find_public_number, split_reference

_MOST = 1000
_CONDITION = re.compile(r"\s*(type|schema|government|identifier)\s+eq\s+'([^']{1,128})'\s*")


@peer_call("GET")
def show_document(request: HttpRequest, uid: str) -> HttpResponse:
    """The body; with ``?info`` the envelope, with ``?info&body=true`` both."""
    versions, revision = _find_versions(uid)
    version = _choose(versions, revision)
    _refuse_withdrawn(request, version, revision)
    if not _is_on(request, "info"):
        return answer_json(public_body(version.body))
    return answer_json(_write(version, versions[-1].revision, with_body=_is_on(request, "body")))


@peer_call("GET")
def show_info(request: HttpRequest, uid: str) -> HttpResponse:
    """The envelope; with ``?body=true`` the body in it."""
    versions, revision = _find_versions(uid)
    version = _choose(versions, revision)
    _refuse_withdrawn(request, version, revision)
    return answer_json(_write(version, versions[-1].revision, with_body=_is_on(request, "body")))


@peer_call("GET")
def show_versions(request: HttpRequest, uid: str) -> HttpResponse:
    """The envelopes of all versions, the newest first; with ``?body=true`` with their bodies."""
    versions, _ = _find_versions(uid)
    with_body, latest = _is_on(request, "body"), versions[-1].revision
    return answer_json([_write(v, latest, with_body=with_body) for v in reversed(versions)])


@peer_call("GET")
def show_version(request: HttpRequest, uid: str, revision: int) -> HttpResponse:
    """The body of one version, or what ``?info`` and ``?body`` ask for."""
    versions, _ = _find_versions(uid)
    version = _choose(versions, revision)
    if not _is_on(request, "info"):
        return answer_json(public_body(version.body))
    return answer_json(_write(version, versions[-1].revision, with_body=_is_on(request, "body")))


@peer_call("GET")
def show_version_info(request: HttpRequest, uid: str, revision: int) -> HttpResponse:
    """The envelope of one version."""
    versions, _ = _find_versions(uid)
    version = _choose(versions, revision)
    return answer_json(_write(version, versions[-1].revision, with_body=_is_on(request, "body")))


@peer_call("GET")
def list_documents(request: HttpRequest) -> HttpResponse:
    """Live records: ``$filter`` (type, government, identifier), ``$top``, ``$skip``, ``body``."""
    if request.GET.get("collection", "") not in ("", "public"):
        remedy = "Leave `collection` out: without signing in there are no own documents."
        raise PeerCallError(400, "this collection is not open", remedy)
    wanted = _read_filter(request.GET.get("$filter", ""))
    top = _read_count(request, "$top", 25)
    skip = _read_count(request, "$skip", 0)
    total, found = list_newest(wanted, skip, min(top, _MOST))
    with_body = _is_on(request, "body")
    items = [_write(version, version.revision, with_body=with_body) for version in found]
    return answer_json({"Count": total, "Items": items})


@peer_call("GET")
def refuse(request: HttpRequest, rest: str = "") -> HttpResponse:
    """Anything else."""
    raise PeerCallError(404, "there is no such call", "See /api/v2013/openapi.json.")


def _find_versions(uid: str) -> tuple[list[StoredVersion], int | None]:
    """All versions of a record by identifier, public number or document number, oldest first, and
    the revision that was named with it."""
    revision: int | None = None
    number = find_public_number(uid)
    if number is not None:
        revision = number.revision
        found = list_stored(document_id=number.document_id, all_versions=True)
        versions = [v for v in found if v.record_type == number.record_type]
    elif re.fullmatch(r"[1-9][0-9]{0,17}", uid):
        versions = list(list_stored(document_id=int(uid), all_versions=True))
    else:
        try:
            identifier, revision = split_reference(uid)
        except ValueError:
            raise _missing(uid) from None
        versions = list(list_stored(identifiers=[identifier], all_versions=True))
    versions = [v for v in versions if v.record_type in list_exchanged_types()]
    if not versions:
        raise _missing(uid)
    return versions, revision


def _missing(uid: str) -> PeerCallError:
    remedy = "Give the identifier of a record, its public number, or its document number."
    return PeerCallError(404, f"there is no document {uid[:60]!r}", remedy)


def _choose(versions: list[StoredVersion], revision: int | None) -> StoredVersion:
    if revision is None:
        return versions[-1]
    for version in reversed(versions):
        if version.revision == revision:
            return version
    known = ", ".join(str(version.revision) for version in versions[-20:])
    raise PeerCallError(404, f"there is no revision {revision}", f"There are: {known}.")


def _refuse_withdrawn(request: HttpRequest, version: StoredVersion, revision: int | None) -> None:
    if version.withdrawn_at and revision is None and not _is_on(request, "include-deleted"):
        what = f"the record was withdrawn on {version.withdrawn_at:%Y-%m-%d}"
        raise PeerCallError(404, what, "Add include-deleted=true to read it all the same.")


def _is_on(request: HttpRequest, name: str) -> bool:
    """Whether a switch stands in the address, with no value or one that does not say no."""
    return name in request.GET and request.GET[name].lower() not in ("false", "0", "no")


def _write(version: StoredVersion, latest: int, *, with_body: bool) -> dict[str, Any]:
    body = public_body(version.body)
    info = write_info(version, latest, len(canonical_json(body).encode()))
    return {**info, "body": body} if with_body else info


def _read_count(request: HttpRequest, name: str, otherwise: int) -> int:
    raw = request.GET.get(name, "").strip()
    if not raw:
        return otherwise
    if not re.fullmatch(r"[0-9]{1,9}", raw):
        raise PeerCallError(400, f"{name} is no whole number", f"Write {name}=25.")
    return int(raw)


def _read_filter(text: str) -> dict[str, set[str]]:
    """Field -> the values that will do, out of `type eq 'x' and (government eq 'ke' or ...)`."""
    bare = text.replace("(", " ").replace(")", " ")
    if not bare.strip():
        return {}
    wanted: dict[str, set[str]] = {}
    for group in re.split(r"\band\b", bare):
        names = set()
        for part in re.split(r"\bor\b", group):
            found = _CONDITION.fullmatch(part)
            if found is None:
                remedy = "Write for example: type eq 'biosafetyDecision' and government eq 'ke'."
                raise PeerCallError(400, "$filter cannot be read", remedy)
            name = "type" if found[1] == "schema" else found[1]
            names.add(name)
            value = found[2].replace("\x00", "")
            country = find_country(value) if name == "government" else None
            wanted.setdefault(name, set()).add(country.code if country else value)
        if len(names) > 1:
            remedy = "Join different fields by `and`, values of one field by `or`."
            raise PeerCallError(400, "$filter joins different fields by `or`", remedy)
    return wanted
