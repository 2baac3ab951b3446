"""The index on disk: its fields, how a version becomes a document, and its folder.

`DATA_FOLDER/search/current` names the folder in use. A folder holds Tantivy's files and
`state.json`: the position of the publication log that the index has reached, the hash of that
entry and the version of the analyser. The index is derived; the database stays the only truth.
"""

import contextlib
import datetime as dt
import json
import os
import re
import shutil
import unicodedata
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import tantivy

from cartagena.apps.search import analyser, meanings
from cartagena.apps.search.analyser_codes import number_tokens, unique_tokens
from cartagena.apps.search.content import FACETS, Content, NamedText, Reference, read_content
from cartagena.apps.search.names import NAMES, list_name_tokens
from cartagena.engine.countries import find_country
from cartagena.engine.meanings import load_meanings
from cartagena.engine.parties import Membership, load_memberships
from cartagena.engine.record_format import load_record_format
from cartagena.engine.record_identity import build_public_number

SHAPE = 1
"""Raised with every change of the fields below."""

FOREVER = 2**62
WORDS, TITLE, FORMS, OWN, LIVE = "words", "title", "forms", "own", "live"
HEAP = 200_000_000
_DIGITS_OF_A_NUMBER = 5
_NO_LETTERS = re.compile(r"[^\w ]+")
_GAP = f" {analyser.GAP} "
_LMO_NAMES = ("transformationEvent", "uniqueIdentification")


@dataclass(frozen=True, kw_only=True)
class Version:
    """A published version with its public period, as the database tells it."""

    version_id: int
    record_id: int
    identifier: str
    type: str
    government: str | None
    document_id: int
    revision: int
    title: str
    body: Mapping[str, Any]
    starts_at: dt.datetime
    ends_at: dt.datetime | None


@dataclass(frozen=True)
class State:
    """How far an index is, and by what it was made."""

    position: int = 0
    hash: str = ""
    analyser: int = analyser.VERSION
    shape: int = SHAPE
    meanings: str = field(default_factory=lambda: load_meanings().fingerprint)


class UnusableIndexError(Exception):
    """The folder holds no index that this program can search; it is built again."""


@cache
def get_schema() -> tantivy.Schema:
    """The fields of a document."""
    builder = tantivy.SchemaBuilder()
    builder.add_integer_field("key", indexed=True, fast=True)
    builder.add_integer_field("record", indexed=True, fast=True)
    builder.add_integer_field("starts", indexed=True, fast=True)
    builder.add_integer_field("ends", indexed=True, fast=True)
    builder.add_text_field("sort_title", tokenizer_name="raw", index_option="basic", fast=True)
    builder.add_text_field(WORDS, tokenizer_name="spaces", index_option="position")
    builder.add_text_field(TITLE, tokenizer_name="spaces", index_option="freq")
    builder.add_text_field(NAMES, tokenizer_name="spaces", index_option="freq")
    builder.add_text_field(FORMS, tokenizer_name="spaces", index_option="basic")
    for name in (OWN, LIVE, "refers"):
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic")
    for name in FACETS:
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic")
        builder.add_unsigned_field(counted(name), fast=True)
    return builder.build()


def counted(name: str) -> str:
    """The field that holds a facet's values as codes, which count twice as fast as words."""
    return f"{name}_code"


class Codes:
    """Small numbers for the values of facets, given in the order they are met.

    They belong to one index and lie in its folder; only the writer adds to them.
    """

    def __init__(self, values: Mapping[str, Sequence[str]] | None = None) -> None:
        self.values = {name: list((values or {}).get(name, ())) for name in FACETS}
        self._codes = {
            name: {value: code for code, value in enumerate(known)}
            for name, known in self.values.items()
        }

    def code(self, name: str, value: str) -> int:
        """The number of a value; a new one for a new value."""
        known = self._codes[name]
        code = known.get(value)
        if code is None:
            code = known[value] = len(known)
            self.values[name].append(value)
        return code


def read_codes(folder: Path) -> Codes:
    """The codes of an index. Raises UnusableIndexError."""
    try:
        return Codes(json.loads((folder / "codes.json").read_text(encoding="utf-8")))
    except (OSError, ValueError, AttributeError) as problem:
        raise UnusableIndexError(str(problem)) from problem


def write_codes(folder: Path, codes: Codes) -> None:
    """Keep the codes of an index; before a commit, so that nothing is committed without them."""
    _write(folder / "codes.json", json.dumps(codes.values, ensure_ascii=False))


def open_index(folder: Path) -> tantivy.Index:
    """The index in a folder. Raises UnusableIndexError."""
    try:
        if not tantivy.Index.exists(str(folder)):
            raise UnusableIndexError(f"There is no index in {folder}.")
        index = tantivy.Index(get_schema(), path=str(folder), reuse=True)
    except (OSError, ValueError) as problem:
        raise UnusableIndexError(str(problem)) from problem
    return _prepare(index)


def create_index(folder: Path | None) -> tantivy.Index:
    """An empty index in a new folder, or in memory."""
    if folder is not None:
        folder.mkdir(parents=True)
    return _prepare(tantivy.Index(get_schema(), path=str(folder) if folder else None))


def _prepare(index: tantivy.Index) -> tantivy.Index:
    spaces = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build()
    index.register_tokenizer("spaces", spaces)
    index.config_reader("manual", 0)
    return index


def open_writer(index: tantivy.Index, heap: int = HEAP) -> tantivy.IndexWriter:
    """The writer of an index; one thread, so that few segments are left to search."""
    return index.writer(heap, 1)


# The folder ---------------------------------------------------------------------------------------


def find_current(root: Path) -> Path | None:
    """The folder in use, or None."""
    with contextlib.suppress(OSError):
        name = (root / "current").read_text(encoding="utf-8").strip()
        if name and (root / name / "state.json").is_file():
            return root / name
    return None


def make_folder(root: Path) -> Path:
    """The address of a folder for a new index."""
    root.mkdir(parents=True, exist_ok=True)
    return root / f"index-{uuid.uuid4().hex[:12]}"


def set_current(root: Path, folder: Path) -> None:
    """Make a folder the one in use, and remove others. Readers of these keep their open files."""
    _write(root / "current", folder.name)
    for other in root.glob("index-*"):
        if other != folder:
            shutil.rmtree(other, ignore_errors=True)


def read_state(folder: Path) -> State:
    """How far the index of a folder is. Raises UnusableIndexError."""
    try:
        return State(**json.loads((folder / "state.json").read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError) as problem:
        raise UnusableIndexError(str(problem)) from problem


def write_state(folder: Path, state: State) -> None:
    """Say how far the index of a folder is; whole or not at all."""
    _write(folder / "state.json", json.dumps(asdict(state)))


def _write(path: Path, words: str) -> None:
    beside = path.with_name(f"{path.name}.{os.getpid()}.new")
    beside.write_text(words, encoding="utf-8")
    beside.replace(path)


# A version as a document --------------------------------------------------------------------------


def make_document(
    version: Version,
    references: Mapping[str, Reference],
    refers_to: Iterable[str],
    codes: Codes,
) -> tantivy.Document:
    """What is indexed of a version."""
    content = read_content(version.type, version.body, references)
    forms: set[str] = set()
    words = _index_all(content.texts, _list_labels(version, content), forms)
    title = " ".join(meanings.index_text(text, language, forms) for language, text in content.title)
    document = tantivy.Document()
    document.add_integer("key", version.version_id)
    document.add_integer("record", version.record_id)
    document.add_integer("starts", to_number(version.starts_at))
    document.add_integer("ends", to_number(version.ends_at) if version.ends_at else FOREVER)
    document.add_text("sort_title", sort_key(version.title, version.document_id))
    if version.ends_at is None:
        document.add_text(LIVE, "1")
    forms.update(unique_tokens(plain) for plain in content.unique)
    document.add_text(WORDS, words)
    document.add_text(TITLE, title)
    document.add_text(FORMS, " ".join(forms))
    document.add_text(NAMES, " ".join(_list_names(version, content)))
    for token in _own_tokens(version, content):
        document.add_text(OWN, token)
    for identifier in dict.fromkeys(refers_to):
        document.add_text("refers", identifier)
    _add_facets(document, version, content, codes)
    return document


def _list_labels(version: Version, content: Content) -> Iterable[NamedText]:
    yield from content.labels
    yield from load_record_format(version.type).name.pairs
    country = find_country(version.government) if version.government else None
    if country is not None:
        yield from country.names.pairs


def _index_all(texts: Iterable[NamedText], labels: Iterable[NamedText], forms: set[str]) -> str:
    parts = [meanings.index_text(text, language, forms) for language, text in texts]
    for language, text in labels:
        tokens, found = meanings.index_label(text, language)
        parts.append(tokens)
        forms |= found
    return _GAP.join(parts)


def _own_tokens(version: Version, content: Content) -> Iterable[str]:
    number = build_public_number(
        version.type, version.government, version.document_id, version.revision
    )
    yield from number_tokens(str(number))
    yield f"id:{version.identifier.upper()}"
    if len(str(version.document_id)) >= _DIGITS_OF_A_NUMBER:
        yield f"{analyser.NEUTRAL}:{version.document_id}"
    if version.type == "modifiedOrganism":
        for plain in content.unique:
            yield unique_tokens(plain)


def _list_names(version: Version, content: Content) -> set[str]:
    """The words by which a record is suggested."""
    names = [text for _language, text in content.title]
    if version.type == "modifiedOrganism":
        names += [str(version.body.get(field) or "") for field in _LMO_NAMES]
    found = {token for name in names for token in list_name_tokens(name)}
    return found | {plain.lower() for plain in content.unique}


def _add_facets(
    document: tantivy.Document, version: Version, content: Content, codes: Codes
) -> None:
    if version.type == "modifiedOrganism":
        content.add_facet("lmo", [version.identifier])
    if version.type == "organism":
        content.add_facet("organism", [version.identifier])
    if version.government:
        content.add_facet("government", [version.government])
        content.add_facet("group", groups_of(version.government, version.starts_at.date()))
    if "year" not in content.facets:
        content.add_facet("year", [str(version.starts_at.year)])
    for name, values in content.facets.items():
        for value in values:
            document.add_text(name, value)
            document.add_unsigned(counted(name), codes.code(name, value))


def groups_of(government: str, day: dt.date) -> tuple[str, ...]:
    """The groups a government belonged to on a day."""
    return tuple(each.group for each in _memberships_of(government) if each.holds(day))


@cache
def _memberships_of(government: str) -> tuple[Membership, ...]:
    return tuple(each for each in load_memberships() if each.party == government)


def to_number(moment: dt.datetime) -> int:
    """A moment as microseconds, for comparison in the index."""
    return int(moment.timestamp()) * 1_000_000 + moment.microsecond


def sort_key(title: str, document_id: int) -> str:
    """What titles are sorted by: without case and accents, equal ones by their number."""
    plain = unicodedata.normalize("NFKD", title[:80]).casefold()
    letters = _NO_LETTERS.sub("", plain)
    return f"{letters.strip()[:60] or '~'} {document_id:012d}"
