"""An index in memory over the texts of the hard cases."""

import datetime as dt
from functools import cache

from cartagena.apps.search import store
from cartagena.apps.search.finding import Finder
from tests.apps.search.hard_cases import TEXTS

DAY = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)


@cache
def get_finder() -> Finder:
    """An index in memory with one law for each text."""
    index = store.create_index(None)
    writer, codes = store.open_writer(index, 20_000_000), store.Codes()
    for key, (language, title) in enumerate(TEXTS.values()):
        version = store.Version(
            version_id=key, record_id=key, identifier=f"LAW-{key:011d}", type="biosafetyLaw",
            government="KEN", document_id=key + 1, revision=1, title=title,
            body={"header": {"languages": [language]}, "title": {language: title}},
            starts_at=DAY, ends_at=None,
        )  # fmt: skip
        writer.add_document(store.make_document(version, {}, [], codes))
    writer.commit()
    writer.wait_merging_threads()
    index.reload()
    return Finder(index.searcher(), codes)
