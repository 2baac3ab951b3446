"""Search with facets: our index beside SQLite FTS5 and PostgreSQL, on the same records and queries.

Each way indexes the same made-up records in six languages, then answers the same queries: the best
25 hits, how many there are, and the count of every value of every facet. The hard cases of
`tests/apps/search` are asked too, with their records among the others: found means that of these
records the right ones are among the best 25 hits, and no others. FTS5 and PostgreSQL use their own
analysers (`unicode61`; the configurations arabic, english, french, russian, spanish and simple).
Every record names something declared in `protocol/search/meanings.yaml`; asked for by these names,
which only ours finds in all languages, it is measured once more.
"""

import argparse
import datetime as dt
import random
import sqlite3
import statistics
import tempfile
import time
import uuid
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import psycopg
import tantivy

from cartagena.apps.search import store
from cartagena.apps.search.content import FACETS, Reference
from cartagena.apps.search.finding import Finder, SearchQuery
from cartagena.apps.search.store import Version
from cartagena.config import embedded_postgres
from cartagena.engine.meanings import load_meanings
from cartagena.engine.vocabulary import load_vocabulary
from tests.apps.search.hard_cases import CASES, TEXTS

LANGUAGES = ("en", "fr", "es", "ru", "ar", "zh")
CONFIGURATIONS = {"en": "english", "fr": "french", "es": "spanish", "ru": "russian",
                  "ar": "arabic", "zh": "simple"}  # fmt: skip
_SYLLABLES = {
    "en": "ba be con der fil gra hol im jun kra lo min nor pex qua ril sto tur ven wol",
    "fr": "beau clai dou fon gri jou lien mou noi ploi quoi roi sau tien veu xou",
    "es": "blan cor dul fuer gran hier lla mue nue pla quie rro siem tro zan",
    "ru": "бло вре гну дры жму зла кри лед мне пру сте тро фли хло чте шки",
    "ar": "بش ثغ جز حف خث دغ زب شخ صف ضغ طب ظف غش",
    "zh": "阿 巴 查 都 额 飞 哥 哈 基 卡 拉 马 那 欧 怕 其 热 撒 他 乌 西 牙 扎 丁 卫",
}
_WORDS_OF_A_LANGUAGE = 8_000
_PARTIES = ("KEN", "NOR", "BRA", "CHN", "EGY", "FRA", "MEX", "ZAF", "IND", "JPN", "CUB", "MLI")
_LMOS = 2_000
HARD = sum(bool(case.found or not case.also) for case in CASES)
"""Cases that can be found without knowing what means the same."""


class Result(NamedTuple):
    """What one way needed: seconds to index, milliseconds of each query, hard cases found."""

    name: str
    index_seconds: float
    queries: list[float]
    hard: int


# Records


def make_words(language: str) -> list[str]:
    """Words that no language has, the most frequent first."""
    chance = random.Random(language)  # noqa: S311 - not a secret
    pieces = _SYLLABLES[language].split()
    length = (2, 3) if language == "zh" else (2, 4)
    return ["".join(chance.choices(pieces, k=chance.randint(*length)))
            for _ in range(_WORDS_OF_A_LANGUAGE)]  # fmt: skip


class World:
    """All that records are made of; the same for every way."""

    def __init__(self, count: int) -> None:
        self.count = count
        weights = [1 / (rank + 4) for rank in range(_WORDS_OF_A_LANGUAGE)]
        chance = random.Random(1)  # noqa: S311
        self.words = {language: make_words(language) for language in LANGUAGES}
        self.streams = {
            language: chance.choices(words, weights, k=400_000)
            for language, words in self.words.items()
        }
        self.names = {
            language: [name for names in load_meanings().names.values() for name in names[language]]
            for language in LANGUAGES
        }
        self.lmos = [str(uuid.UUID(int=n, version=4)).upper() for n in range(1, _LMOS + 1)]
        self.references = {
            lmo: Reference(
                "modifiedOrganism", (("en", self.text("en", chance, 4)),), (),
                (chance.choice(self._terms("dnaSequenceTraits")),), (f"ORGANISM-{n % 300:05d}",),
            )
            for n, lmo in enumerate(self.lmos)
        }  # fmt: skip

    def _terms(self, vocabulary: str) -> list[str]:
        return [term.id for term in load_vocabulary(vocabulary).terms]

    def text(self, language: str, chance: random.Random, length: int) -> str:
        """So many words in their frequency."""
        place = chance.randrange(400_000 - length)
        between = "" if language == "zh" else " "
        return between.join(self.streams[language][place : place + length])

    def make_versions(self) -> Iterator[Version]:
        """The records, the hard cases last."""
        chance = random.Random(2)  # noqa: S311
        kinds, results = self._terms("decisionTypes"), self._terms("decisionResults")
        for key in range(self.count - len(TEXTS)):
            languages = chance.sample(LANGUAGES, chance.choice([1, 1, 2]))
            body: dict[str, Any] = {
                "title": {each: self.text(each, chance, 8) for each in languages},
                "reasons": {
                    each: f"{chance.choice(self.names[each])}. {self.text(each, chance, 45)}"
                    for each in languages
                },
                "decisionTypes": [{"identifier": chance.choice(kinds)}],
                "decisionResult": {"identifier": chance.choice(results)},
                "modifiedOrganisms": [{"identifier": chance.choice(self.lmos)}],
                "date": f"{chance.randint(2004, 2025)}-05-04",
            }
            yield self._make(key, "biosafetyDecision", body, languages, chance.choice(_PARTIES))
        for key, (language, title) in enumerate(TEXTS.values(), self.count - len(TEXTS)):
            yield self._make(key, "biosafetyLaw", {"title": {language: title}}, [language], "KEN")

    def _make(
        self, key: int, record_type: str, body: dict[str, Any], languages: list[str], party: str
    ) -> Version:
        return Version(
            version_id=key, record_id=key, identifier=f"RECORD-{key:09d}", type=record_type,
            government=party, document_id=1_000_000 + key, revision=1,
            title=next(iter(body["title"].values())),
            body={"header": {"languages": languages}, **body},
            starts_at=dt.datetime(2010, 1, 1, tzinfo=dt.UTC) + dt.timedelta(hours=key),
            ends_at=None,
        )  # fmt: skip

    def make_queries(self, count: int) -> list[tuple[str, str]]:
        """Words as people ask them: one or two, frequent and rare, in all languages."""
        chance = random.Random(3)  # noqa: S311
        found = []
        for _ in range(count):
            language = chance.choice(LANGUAGES)
            words = chance.sample(self.streams[language][:50_000], chance.choice([1, 1, 2]))
            found.append((" ".join(words), language))
        return found

    def make_named_queries(self, count: int) -> list[tuple[str, str]]:
        """Declared names, half of them with another word."""
        chance = random.Random(4)  # noqa: S311
        found = []
        for place in range(count):
            language = chance.choice(LANGUAGES)
            more = chance.choice(self.streams[language][:50_000]) if place % 2 else ""
            found.append((f"{chance.choice(self.names[language])} {more}".strip(), language))
        return found


def list_facets(version: Version, references: dict[str, Reference]) -> Iterator[tuple[str, str]]:
    """The facets of a record for the other ways, as ours has them."""
    from cartagena.apps.search.content import read_content

    content = read_content(version.type, version.body, references)
    content.add_facet("government", [version.government or ""])
    content.add_facet("group", store.groups_of(version.government or "", version.starts_at.date()))
    for name, values in content.facets.items():
        yield from ((name, value) for value in values)


# The ways


def measure(
    name: str,
    seconds: float,
    ask: Callable[[str, str], Sequence[int]],
    world: World,
    queries: Sequence[tuple[str, str]],
) -> Result:
    """Ask everything, after a few queries that do not count."""
    for text, language in queries[:5]:
        ask(text, language)
    taken = []
    for text, language in queries:
        began = time.perf_counter()
        ask(text, language)
        taken.append((time.perf_counter() - began) * 1_000)
    names = dict(enumerate(TEXTS, world.count - len(TEXTS)))
    asked = set(names)  # the other records are decisions too, and rightly found as such
    hard = sum(
        case.is_right([names[key] for key in asked.intersection(ask(case.text, case.language))])
        for case in CASES
        if case.found or not case.also
    )
    return Result(name, seconds, taken, hard)


def measure_ours(world: World, folder: Path, count: int) -> list[Result]:
    """The index of the program, on disk."""
    began = time.perf_counter()
    index = store.create_index(folder / "ours")
    writer, codes = store.open_writer(index), store.Codes()
    for version in world.make_versions():
        named = [each["identifier"] for each in version.body.get("modifiedOrganisms", ())]
        known = {name: world.references[name] for name in named}
        writer.add_document(store.make_document(version, known, named, codes))
    writer.commit()
    writer.wait_merging_threads()
    seconds = time.perf_counter() - began
    index.reload()
    searcher: tantivy.Searcher = index.searcher()

    def ask(text: str, language: str) -> Sequence[int]:
        # A new finder has counted nothing yet.
        return Finder(searcher, codes).find(SearchQuery(text, language)).keys

    return [
        measure("Cartagena (Tantivy)", seconds, ask, world, world.make_queries(count)),
        measure("… asked for names", seconds, ask, world, world.make_named_queries(count)),
    ]


def measure_sqlite(world: World, folder: Path, count: int) -> Result:
    """SQLite FTS5 with its own analyser."""
    began = time.perf_counter()
    database = sqlite3.connect(folder / "fts.sqlite")
    database.executescript(
        "PRAGMA journal_mode=off; PRAGMA synchronous=off;"
        "CREATE VIRTUAL TABLE record USING fts5(title, words, content='');"
        "CREATE TABLE facet (id INTEGER, name TEXT, value TEXT);"
    )
    for version in world.make_versions():
        title, words = _as_text(version)
        database.execute(
            "INSERT INTO record(rowid, title, words) VALUES (?, ?, ?)",
            (version.version_id, title, words),
        )
        database.executemany(
            "INSERT INTO facet VALUES (?, ?, ?)",
            [(version.version_id, *each) for each in list_facets(version, world.references)],
        )
    database.executescript("CREATE INDEX facet_id ON facet(id, name, value); ANALYZE;")
    database.commit()
    seconds = time.perf_counter() - began

    def ask(text: str, language: str) -> Sequence[int]:
        asked = " ".join(f'"{word}"' for word in text.replace('"', " ").split())
        hits = database.execute(
            "SELECT rowid FROM record WHERE record MATCH ? "
            "ORDER BY bm25(record, 3.0, 1.0) LIMIT 25",
            (asked,),
        ).fetchall()
        database.execute("SELECT count(*) FROM record WHERE record MATCH ?", (asked,)).fetchone()
        database.execute(
            "SELECT name, value, count(*) FROM facet WHERE id IN "
            "(SELECT rowid FROM record WHERE record MATCH ?) GROUP BY name, value",
            (asked,),
        ).fetchall()
        return [row[0] for row in hits]

    return measure("SQLite FTS5", seconds, ask, world, world.make_queries(count))


def measure_postgresql(world: World, folder: Path, count: int) -> Result:
    """PostgreSQL full text search with its own configurations and a GIN index."""
    dsn = embedded_postgres.ensure_running(folder / "postgresql")
    try:
        with psycopg.connect(dsn, autocommit=True) as connection:
            return _measure_postgresql(connection, world, count)
    finally:
        embedded_postgres.stop(folder / "postgresql")


def _measure_postgresql(connection: Any, world: World, count: int) -> Result:
    began = time.perf_counter()
    connection.execute("CREATE TABLE found (id int, title text, words text, tokens tsvector)")
    connection.execute("CREATE TABLE facet (id int, name text, value text)")
    with connection.cursor() as cursor:
        with cursor.copy("COPY found (id, title, words) FROM STDIN") as copy:
            for version in world.make_versions():
                copy.write_row((version.version_id, *_as_text(version)))
        with cursor.copy("COPY facet FROM STDIN") as copy:
            for version in world.make_versions():
                for each in list_facets(version, world.references):
                    copy.write_row((version.version_id, *each))
    vectors = " || ".join(
        f"setweight(to_tsvector('{name}', title), 'A') || to_tsvector('{name}', words)"
        for name in CONFIGURATIONS.values()
    )
    connection.execute(f"UPDATE found SET tokens = {vectors}")
    connection.execute("CREATE INDEX ON found USING gin (tokens)")
    connection.execute("CREATE INDEX ON facet (id) INCLUDE (name, value)")
    connection.execute("VACUUM ANALYZE found")
    connection.execute("VACUUM ANALYZE facet")
    seconds = time.perf_counter() - began

    def ask(text: str, language: str) -> Sequence[int]:
        configuration = CONFIGURATIONS[language]
        values = {"c": configuration, "q": text}
        hits = connection.execute(
            "SELECT id FROM found, websearch_to_tsquery(%(c)s::regconfig, %(q)s) q "
            "WHERE tokens @@ q ORDER BY ts_rank(tokens, q) DESC LIMIT 25",
            values,
        ).fetchall()
        connection.execute(
            "SELECT name, value, count(*) FROM facet WHERE id IN (SELECT id FROM found "
            "WHERE tokens @@ websearch_to_tsquery(%(c)s::regconfig, %(q)s)) GROUP BY name, value",
            values,
        ).fetchall()
        return [row[0] for row in hits]

    return measure("PostgreSQL", seconds, ask, world, world.make_queries(count))


def _as_text(version: Version) -> tuple[str, str]:
    title = " ".join(version.body["title"].values())
    return title, " ".join(version.body.get("reasons", {}).values())


# The table


def print_results(results: Sequence[Result], count: int) -> None:
    """Every way with its ratio to the first."""
    first = results[0]
    print(f"{count} records in six languages, {len(FACETS)} facets, {HARD} hard cases\n")
    print(f"{'':22}{'records/s':>11}{'median ms':>16}{'p99 ms':>18}{'hard cases':>12}")
    for result in results:
        median, worst = (_quantile(result.queries, part) for part in (0.5, 0.99))
        base, base_worst = (_quantile(first.queries, part) for part in (0.5, 0.99))
        print(
            f"{result.name:22}{count / result.index_seconds:>11,.0f}"
            f"{median:>9.2f} ({median / base:>4.1f}x){worst:>10.1f} ({worst / base_worst:>4.0f}x)"
            f"{result.hard:>12}"
        )


def _quantile(values: Sequence[float], part: float) -> float:
    return statistics.quantiles(values, n=1_000, method="inclusive")[round(part * 1_000) - 1]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--records", type=int, default=100_000)
    parser.add_argument("--queries", type=int, default=1_000)
    parser.add_argument("--only-ours", action="store_true")
    options = parser.parse_args()
    world = World(options.records)
    with tempfile.TemporaryDirectory(prefix="cartagena-search-") as name:
        folder = Path(name)
        results = measure_ours(world, folder, options.queries)
        if not options.only_ours:
            few = max(50, options.queries // 5)
            results.append(measure_sqlite(world, folder, few))
            results.append(measure_postgresql(world, folder, few))
    print_results(results, options.records)


if __name__ == "__main__":
    main()
