"""Errors of the API: always JSON, always what happened and what to do, all problems at once."""

import json
import logging
from collections.abc import Iterable, Mapping, Sequence
from difflib import get_close_matches
from typing import Any

from django.http import HttpRequest, HttpResponse

log = logging.getLogger(__name__)
KNOWN_SHOWN = 500


class ApiError(Exception):
    """A request that cannot be answered. ``known`` lists what could have been asked instead."""

    def __init__(
        self,
        status: int,
        error: str,
        what_to_do: str,
        known: Sequence[str] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(error)
        self.status = status
        self.error = error
        self.what_to_do = what_to_do
        self.known = known
        self.headers = headers or {}

    def response(self) -> HttpResponse:
        body: dict[str, Any] = {"error": self.error, "what_to_do": self.what_to_do}
        if self.known is not None:
            body["known"] = list(self.known)[:KNOWN_SHOWN]
        return HttpResponse(
            json.dumps(body, ensure_ascii=False),
            status=self.status,
            content_type="application/json; charset=utf-8",
            headers=dict(self.headers),
        )


def not_found(kind: str, asked: str, known: Iterable[str], where: str = "") -> ApiError:
    """A 404 that names what exists, the most similar first."""
    every = list(known)
    near = get_close_matches(asked.upper(), every, n=3) or get_close_matches(asked, every, n=3)
    hint = f" Did you mean {' or '.join(near)}?" if near else ""
    what_to_do = f"Use one of the known ids{f', or list them at {where}' if where else ''}.{hint}"
    ordered = [*near, *(each for each in every if each not in near)]
    return ApiError(404, f"There is no {kind} {asked[:60]!r}.", what_to_do, ordered)


def bad_value(name: str, asked: str, known: Sequence[str], why: str = "") -> ApiError:
    """A 400 for a query value that is none of the known ones."""
    error = why or f"{asked[:60]!r} cannot be used for {name!r}."
    return ApiError(400, error, f"Use one of the known values for {name!r}.", known)


def explain_validation(errors: Sequence[Mapping[str, Any]]) -> ApiError:
    """One 400 out of all problems that the parameters of a request have."""
    said = []
    known: list[str] | None = None
    for error in errors:
        name = str(error["loc"][-1]) if error.get("loc") else "request"
        message = str(error.get("msg", "cannot be used")).removeprefix("Value error, ")
        said.append(f"{name}: {message}")
        expected = error.get("ctx", {}).get("expected")
        if error.get("type") == "literal_error" and expected:
            known = [each.strip("' ") for each in str(expected).replace(" or ", ", ").split(",")]
    return ApiError(
        400,
        "Some parameters cannot be used. " + "; ".join(said) + ".",
        "Correct them and ask again; /api/ says what each call takes.",
        known,
    )


def report_fault(request: HttpRequest, error: Exception) -> HttpResponse:
    """The answer to a fault of ours: logged whole, told in a sentence."""
    log.exception("API call %s failed", request.path, exc_info=error)
    return ApiError(
        500,
        "The program failed to answer. The fault is ours and has been logged.",
        "Try again later; if it stays, tell those who run this site the address you asked for.",
    ).response()
