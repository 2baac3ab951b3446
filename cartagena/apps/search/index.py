"""The index in use: opened, kept up with the publication log, built again when it must be.

Processes share a folder. Whoever holds the lock writes; all read, and take up what was written.
"""

import contextlib
import fcntl
import logging
import shutil
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

import tantivy
from django.conf import settings

from cartagena.apps.registry.api import (
    find_log_hash,
    get_log_head,
    list_changed_records,
)
from cartagena.apps.search import reading, store
from cartagena.apps.search.finding import Finder
from cartagena.apps.search.store import State, UnusableIndexError

_log = logging.getLogger(__name__)
_SMALL_HEAP = 20_000_000
_MANY = 5_000
_NAMES_AT_ONCE = 500
Progress = Callable[[int, int], None]


class SearchIndex:
    """The index of one data folder, as this process has it open. Safe between threads."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.state = State()
        self._folder: Path | None = None
        self._index: tantivy.Index | None = None
        self._finder: Finder | None = None
        self._lock = threading.RLock()

    def find_finder(self) -> Finder | None:
        """What searches the index; None while there is none."""
        return self._finder

    def refresh(self) -> bool:
        """Take up what any process has written; whether there is an index that can be used."""
        with self._lock:
            folder = store.find_current(self.root)
            try:
                if folder is None:
                    raise UnusableIndexError("There is no index yet.")
                state = _read_usable_state(folder)
                if folder != self._folder or self._index is None:
                    self._index, self._folder = store.open_index(folder), folder
                    self._finder = None
                if state != self.state or self._finder is None:
                    self._index.reload()
                    codes = store.read_codes(folder)
                    self._finder, self.state = Finder(self._index.searcher(), codes), state
            except (UnusableIndexError, ValueError, OSError) as problem:
                _log.info("No usable search index: %s", problem)
                self.forget()
                return False
            return True

    def forget(self) -> None:
        """Close what is open."""
        with self._lock:
            self._folder = self._index = self._finder = None
            self.state = State()

    def keep_up(self) -> bool:
        """Write what was published since, or take up what another process wrote.

        Whether the index has then reached the end of the log. Without a usable index, one is built.
        """
        if not self.refresh() or not self._is_of_this_log():
            self.rebuild()
        head = get_log_head()
        if self.state.position < head.position:
            with _hold(self.root / "writer.lock") as held:
                if held and self.refresh():
                    self._write_changes()
            self.refresh()
        return self.state.position >= head.position

    def _is_of_this_log(self) -> bool:
        """Whether the index was made from the log that the database holds."""
        position = self.state.position
        return not position or find_log_hash(position) == self.state.hash

    def _write_changes(self) -> None:
        folder, index = self._folder, self._index
        assert folder is not None
        assert index is not None
        try:
            _bring_up(index, folder, self.state)
        except (UnusableIndexError, ValueError, OSError) as problem:
            # Tantivy says ValueError for whatever is wrong with its files.
            _log.warning("The search index cannot be written and is built again: %s", problem)
            self.spoil()

    def spoil(self) -> None:
        """Give up the index in use: the next to look builds another."""
        with self._lock:
            folder = self._folder or store.find_current(self.root)
            if folder is not None:
                with contextlib.suppress(OSError):
                    (folder / "state.json").unlink()
            self.forget()

    def rebuild(self, progress: Progress | None = None) -> bool:
        """Build a new index beside the one in use, then put it in its place.

        False when another process is building already. Searching and following go on meanwhile.
        """
        self.root.mkdir(parents=True, exist_ok=True)
        with _hold(self.root / "rebuild.lock") as held:
            if not held:
                return False
            folder = store.make_folder(self.root)
            try:
                index = store.create_index(folder)
                _build(index, folder, progress)
                # What was published while it was built is added before it is put in place.
                with _hold(self.root / "writer.lock", wait=True):
                    _bring_up(index, folder, store.read_state(folder))
                    store.set_current(self.root, folder)
            except BaseException:
                shutil.rmtree(folder, ignore_errors=True)
                raise
        self.refresh()
        return True


def _read_usable_state(folder: Path) -> State:
    state = store.read_state(folder)
    now = State()
    if (state.analyser, state.shape, state.meanings) != (now.analyser, now.shape, now.meanings):
        raise UnusableIndexError("The index was made by another version of the program.")
    return state


def _build(index: tantivy.Index, folder: Path, progress: Progress | None) -> None:
    head = get_log_head()
    records = reading.list_record_ids()
    writer, codes = store.open_writer(index), store.Codes()
    done = 0
    for bulk in reading.read_versions(records, reading.References()):
        for version, references, refers_to in bulk:
            writer.add_document(store.make_document(version, references, refers_to, codes))
        done = min(done + reading.AT_ONCE, len(records))
        if progress is not None:
            progress(done, len(records))
    store.write_codes(folder, codes)
    writer.commit()
    writer.wait_merging_threads()
    store.write_state(folder, State(head.position, head.hash))


def _bring_up(index: tantivy.Index, folder: Path, state: State) -> None:
    """Write the records that changed since a state, and those that refer to them."""
    # The end is read first: what is published meanwhile is written again the next time.
    head = get_log_head()
    if head.position <= state.position:
        return
    changed = list_changed_records(state.position)
    index.reload()
    records = list(dict.fromkeys([*changed, *_list_referring(index.searcher(), changed)]))
    codes = store.read_codes(folder)
    writer = store.open_writer(index, store.HEAP if len(records) > _MANY else _SMALL_HEAP)
    for record_id in records:
        writer.delete_documents_by_term("record", record_id)
    for bulk in reading.read_versions(records, reading.References()):
        for version, references, refers_to in bulk:
            writer.add_document(store.make_document(version, references, refers_to, codes))
    store.write_codes(folder, codes)
    writer.commit()
    writer.wait_merging_threads()
    store.write_state(folder, State(head.position, head.hash))


def _list_referring(searcher: tantivy.Searcher, changed: Sequence[int]) -> Iterator[int]:
    """The records that show the names of others; these may have changed."""
    for names in _in_bulks(reading.list_identifiers(changed)):
        query = tantivy.Query.term_set_query(store.get_schema(), "refers", names)
        hits = searcher.search(query, limit=max(1, searcher.num_docs)).hits
        found = searcher.fast_field_values("record", [address for _score, address in hits])
        yield from (int(record) for record in found if record is not None)


def _in_bulks(names: Sequence[str]) -> Iterable[list[str]]:
    return (
        list(names[place : place + _NAMES_AT_ONCE])
        for place in range(0, len(names), _NAMES_AT_ONCE)
    )


@contextlib.contextmanager
def _hold(path: Path, *, wait: bool = False) -> Iterator[bool]:
    """Hold a lock among processes; the system gives it back when a process is killed."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        except BlockingIOError:
            yield False
            return
        yield True


_indexes: dict[Path, SearchIndex] = {}
_indexes_lock = threading.Lock()


def get_index() -> SearchIndex:
    """The index of this installation."""
    root = Path(settings.DATA_FOLDER) / "search"
    with _indexes_lock:
        return _indexes.setdefault(root, SearchIndex(root))
