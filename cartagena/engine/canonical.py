"""One way to write JSON, so that equal content has equal bytes and an equal hash."""

import hashlib
import json
from typing import Any

# Numbers that JSON stores would hand back in another form: 1e22 becomes a whole number, -0.0 zero.
_UNSTABLE = ("e+", "-0.0")


class NotStorableError(ValueError):
    """Content that JSON text or the database cannot hold; the message says what."""


def canonical_json(content: Any) -> str:
    """Content as JSON with sorted keys, without spaces, in plain Unicode.

    Raises :class:`NotStorableError` for what is no JSON: not-a-number, infinity, half characters,
    the NUL character, or objects that JSON does not know.
    """
    try:
        text = _write(content)
        if any(sign in text for sign in _UNSTABLE):
            text = _write(_settle_numbers(json.loads(text)))
        text.encode()
    except (TypeError, ValueError, RecursionError) as problem:
        raise NotStorableError(f"The content is no plain JSON: {problem}.") from None
    if "\\u0000" in text:
        raise NotStorableError("The content holds the NUL character, which no text may hold.")
    return text


def content_hash(content: Any) -> str:
    """SHA-256 of the canonical JSON, in hexadecimal."""
    return hash_text(canonical_json(content))


def hash_text(text: str) -> str:
    """SHA-256 of a text in UTF-8, in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


def _write(content: Any) -> str:
    return json.dumps(
        content, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
    )


def _settle_numbers(content: Any) -> Any:
    if isinstance(content, dict):
        return {key: _settle_numbers(value) for key, value in content.items()}
    if isinstance(content, list):
        return [_settle_numbers(value) for value in content]
    if isinstance(content, float):
        if content == 0:
            return 0.0
        return int(content) if abs(content) >= 1e16 else content
    return content
