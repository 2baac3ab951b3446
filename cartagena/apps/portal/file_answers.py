"""Answers that are a file of a record: always to be saved, never shown or run inside a page.

The bytes of a file never change, so its hash is its tag: who holds it is told so, and who holds a
part of it gets the rest.
"""

import re
from collections.abc import Iterator
from typing import BinaryIO

from django.http import FileResponse, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.http import content_disposition_header

from cartagena.apps.drafting import api as drafting
from cartagena.apps.portal.conditional import has_tag

SECURITY_POLICY = "default-src 'none'; sandbox; frame-ancestors 'none'; base-uri 'none'"
_RANGE = re.compile(r"bytes=([0-9]{0,15})-([0-9]{0,15})")
_CHUNK = 64 * 1024


def answer_with_file(
    request: HttpRequest, found: "drafting.Attachment", stream: BinaryIO
) -> HttpResponseBase:
    """The file, or as much of it as was asked for. Closes the stream when it has been sent."""
    etag = f'"{found.sha256}"'
    response = _choose(request, found, stream, etag)
    is_public = found.published_at is not None and not found.confidential
    response["ETag"] = etag
    response["Accept-Ranges"] = "bytes"
    # Until it is published, and for whom it is not, it must not stay in anybody's cache.
    response["Cache-Control"] = "public, no-cache" if is_public else "private, no-store"
    response["Content-Security-Policy"] = SECURITY_POLICY
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Disposition"] = content_disposition_header(True, found.filename) or ""
    return response


def _choose(
    request: HttpRequest, found: "drafting.Attachment", stream: BinaryIO, etag: str
) -> HttpResponseBase:
    if has_tag(request, etag):
        stream.close()
        return HttpResponse(status=304)
    part = _read_range(request, found.size, etag)
    if part is not None and part[0] >= part[1]:
        stream.close()
        refused = HttpResponse(status=416)
        refused["Content-Range"] = f"bytes */{found.size}"
        return refused
    if request.method == "HEAD":
        stream.close()
        response: HttpResponseBase = HttpResponse(content_type=found.media_type)
    elif part is None:
        response = FileResponse(stream, content_type=found.media_type)
    else:
        response = StreamingHttpResponse(
            _read_part(stream, *part), status=206, content_type=found.media_type
        )
    begin, end = part or (0, found.size)
    response["Content-Length"] = str(end - begin)
    if part is not None:
        response["Content-Range"] = f"bytes {begin}-{end - 1}/{found.size}"
    return response


def _read_range(request: HttpRequest, size: int, etag: str) -> tuple[int, int] | None:
    """The one part that was asked for, as (first byte, byte after the last); None for the whole."""
    asked = _RANGE.fullmatch(request.headers.get("Range", "").replace(" ", ""))
    if request.method != "GET" or not asked or not (asked[1] or asked[2]):
        return None
    if request.headers.get("If-Range", etag) != etag:
        return None
    if not asked[1]:
        return max(0, size - int(asked[2])), size
    first = int(asked[1])
    last = min(int(asked[2]), size - 1) if asked[2] else size - 1
    if asked[2] and int(asked[2]) < first:
        return None  # no range at all
    return first, last + 1


def _read_part(stream: BinaryIO, begin: int, end: int) -> Iterator[bytes]:
    with stream:
        stream.seek(begin)
        left = end - begin
        while left > 0 and (chunk := stream.read(min(_CHUNK, left))):
            left -= len(chunk)
            yield chunk
