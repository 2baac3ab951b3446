"""Every path that a visitor can take: the addresses of the program, and what stands behind them."""

import gzip
import html
import io
import re
import urllib.parse
import zipfile
import zlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping

import pyarrow.parquet as pq
from django.http.response import HttpResponseBase
from django.test import Client
from django.urls import Resolver404, URLPattern, URLResolver, get_resolver, resolve
from django.utils.translation import get_language_from_path, override

Look = Callable[[str, HttpResponseBase, str], None]

# The pages of a person who is signed in: `test_parties_are_apart.py` walks through those.
CLOSED = ("desk:", "accounts:", "account_", "mfa_", "socialaccount_", "openid_connect_")

# Route -> addresses in which {names} stand for the records of the test. An address with nothing to
# fill in is tried as it is. Addresses without a record are walked too: a secret may stand anywhere.
ADDRESSES: Mapping[str, tuple[str, ...]] = {
    "health": ("/healthz",),
    "files:file": ("{public_file}", "{secret_file}"),
    "portal:home": ("/", "/?indicator=3.1.1"),
    "portal:plan": ("/plan",),
    "portal:background": ("/plan/background",),
    "portal:faults": ("/plan/faults",),
    "portal:objective": ("/objectives/1.1",),
    "portal:indicators": ("/indicators",),
    "portal:indicator": ("/indicators/1.6.1", "/indicators/2.1.4", "/indicators/1.5.3"),
    "portal:why": ("/indicators/1.6.1/why/KEN",),
    "portal:report_board": ("/reports/nr4", "/reports/nr4?state=late&sort=received"),
    "portal:report_board_file": ("/reports/nr4.csv",),
    "portal:parties": ("/parties",),
    "portal:party": ("/parties/KEN",),
    "portal:party_records": ("/parties/KEN/records", "/parties/KEN/records?as_of={today}"),
    "portal:report": ("/parties/KEN/reports/nr4",),
    "portal:report_pdf": ("/parties/KEN/reports/nr4.pdf",),
    "portal:report_receipt": ("/parties/KEN/reports/nr4/receipt",),
    "portal:compare": ("/compare",),
    "portal:compare_indicator": ("/compare/1.6.1",),
    "portal:analyse": ("/analyse",),
    "portal:analyse_tables": ("/analyse/tables",),
    "portal:analyse_parties": ("/analyse/parties",),
    "portal:analyse_overview": ("/analyse/overview",),
    "portal:record": ("/records/{number}", "/records/{number}-1", "/records/{guid}",
                      "/fr/records/{number}", "/records/{number}?as_of={today}"),
    "portal:record_json": ("/records/{number}.json", "/records/{number}-1.json"),
    "portal:record_linked_data": ("/records/{number}.jsonld", "/records/{number}-1.jsonld"),
    "portal:record_history": ("/records/{number}/history",),
    "portal:record_changes": ("/records/{number}/changes",
                              "/records/{number}/changes?from=1&to=2"),
    "portal:search": ("/search", "/search?q={public}", "/search?government=KEN",
                      "/search?q={number}", "/search?as_of={today}"),
    "portal:search_feed": ("/search.atom", "/search.atom?q={public}"),
    "portal:search_suggest": ("/search/suggest?q={public}", "/search/suggest?q=a"),
    "portal:saved_searches": ("/search/saved?q={public}",),
    "portal:saved_search": ("/search/saved/1",),
    "portal:whats_new": ("/new",),
    "portal:whats_new_feed": ("/new.atom",),
    "portal:statistics": ("/statistics",),
    "portal:registries": ("/registries",),
    "portal:registry": ("/registries/decisions", "/registries/lmos"),
    "portal:old_record": ("/database/{number}", "/en/database/{number}"),
    "portal:old_country": ("/countries/KE", "/en/countries/KE"),
    "portal:old_lmo": ("/reports/lmo/{number}", "/reports/lmo/{number}/decisions"),
    "portal:old_search": ("/search/national-records", "/search/national-records/biosafetyDecision",
                          "/search/reference-records"),
    "portal:english": ("/en/search?q={public}",),
    "portal:programme": ("/programme",),
    "portal:data": ("/data",),
    "portal:about_data": ("/about-the-data",),
    "portal:questionnaires": ("/questionnaires",),
    "portal:questionnaire": ("/questionnaires/nr4",),
    "portal:provisions": ("/provisions",),
    "portal:provision": ("/provisions/cpb.art21",),
    "portal:styleguide": ("/styleguide",),
    "downloads:report": ("/downloads/reports/KEN/nr4.csv", "/downloads/reports/KEN/nr4.json"),
    "downloads:search": ("/downloads/search.csv", "/downloads/search.xlsx",
                         "/downloads/search.json", "/downloads/search.jsonl.gz",
                         "/downloads/search.csv?q={public}"),
    "downloads:log-roots": ("/downloads/log-roots.txt",),
    "downloads:facts": ("/downloads/facts.zip",),
    "downloads:fact-table": ("/downloads/facts/record.csv", "/downloads/facts/record.parquet",
                             "/downloads/facts/record_value.csv", "/downloads/facts/answer.csv"),
    "downloads:indicators": ("/downloads/indicators.csv",),
    "downloads:indicator": ("/downloads/indicators/1.6.1.xlsx",),
    "downloads:figures": ("/downloads/figures.parquet",),
    "downloads:parties": ("/downloads/parties.csv",),
    "downloads:party": ("/downloads/parties/KEN.json",),
    "downloads:programme": ("/downloads/programme.json",),
    "downloads:compare": ("/downloads/compare.csv",),
    "downloads:analysis": ("/downloads/analysis.csv",),
    "downloads:records": ("/downloads/records/biosafetyDecision.jsonl.gz",
                          "/downloads/records/biosafetyLaw.jsonl.gz",
                          "/downloads/records/cpbNationalReport4.jsonl.gz"),
    "downloads:all-records": ("/downloads/records/all.zip",),
    "downloads/<path:rest>": ("/downloads/records/secret.zip",),
    "peer:openapi": ("/api/v2013/openapi.json",),
    "peer:index": ("/api/v2013/index?q=*:*&rows=1000",),
    "peer:select": (
        "/api/v2013/index/select?q=*:*&fl=*&rows=1000",
        "/api/v2013/index/select?q={public}&fl=*&rows=1000",
        "/api/v2013/index/select?q=*:*&fl=*&group=true&group.field=government_s&group.limit=100",
        "/api/v2013/index/select?q=*:*&rows=0&facet=true&facet.field=schema_s"
        "&facet.field=title_s&facet.limit=1000",
    ),
    "peer:documents": ("/api/v2013/documents?collection=my&$top=500",
                       "/api/v2013/documents?$top=500&body=true"),
    "api/v2013/documents/": ("/api/v2013/documents/?$top=500&body=true",),
    "peer:document": ("/api/v2013/documents/{guid}", "/api/v2013/documents/{number}",
                      "/api/v2013/documents/{guid}?include-deleted=true"),
    "peer:document-info": ("/api/v2013/documents/{guid}/info?body=true",),
    "peer:versions": ("/api/v2013/documents/{guid}/versions?body=true",),
    "peer:version": ("/api/v2013/documents/{guid}/versions/1",
                     "/api/v2013/documents/{guid}/versions/2"),
    "api/v2013/documents/<uid>/versions/<int:revision>/info": (
        "/api/v2013/documents/{guid}/versions/1/info?body=true",
    ),
    "peer:countries": ("/api/v2013/countries",),
    "peer:country": ("/api/v2013/countries/ke",),
    "peer:domain": ("/api/v2013/thesaurus/domains/bch",),
    "peer:domain-terms": ("/api/v2013/thesaurus/domains/bch/terms",),
    "peer:term": ("/api/v2013/thesaurus/terms/{guid}",),
    "peer:narrower-terms": ("/api/v2013/thesaurus/terms/{guid}/narrowers",),
    "api/v2013/<path:rest>": ("/api/v2013/users", "/api/v2013/documents/{guid}/attachments"),
    "api-reference": ("/api/",),
    "api/v1": ("/api/v1",),
    "api-calls": ("/api/v1/",),
    "api-document": ("/api/v1/openapi.json",),
    "api-unknown": ("/api/v1/drafts", "/api/v1/records/{guid}/drafts"),
}  # fmt: skip

# Values for what stands in braces in the paths of the API's own description.
API_VALUES: Mapping[str, tuple[str, ...]] = {
    "area": ("1",), "objective": ("1.1",), "indicator": ("1.6.1",), "party": ("KEN",),
    "treaty": ("cpb",), "group": ("AFR",), "source": ("nr4",), "cycle": ("nr4",),
    "provision": ("cpb.art21",), "record": ("{guid}", "{number}", "{report}"),
    "version": ("1", "2"), "record_type": ("biosafetyDecision",), "freeze": ("none",),
    "vocabulary": ("{vocabulary}",),
}  # fmt: skip
API_QUERIES: Mapping[str, tuple[str, ...]] = {
    "list_records": ("?limit=500", "?type=biosafetyDecision&limit=500"),
    "list_changes": ("?limit=500", "?after=0&limit=500"),
    "search_records": ("?q={public}", "?q="),
}


def list_routes() -> dict[str, str]:
    """Name of a route -> its pattern; the pattern is the name of those that have none."""
    return dict(_walk(get_resolver().url_patterns))


def _walk(
    patterns: Iterable[URLPattern | URLResolver], prefix: str = "", space: str = ""
) -> Iterator[tuple[str, str]]:
    for each in patterns:
        whole = prefix + str(each.pattern)
        if isinstance(each, URLResolver):
            inner = f"{each.namespace}:" if each.namespace else space
            yield from _walk(each.url_patterns, whole, inner)
        else:
            yield (f"{space}{each.name}" if each.name else whole), whole


def list_unknown_routes() -> list[str]:
    """The routes of which nobody has said whether they are public, nor how to walk them."""
    known = {*ADDRESSES, *(f"api-{name}" for name in _list_calls())}
    return sorted(
        f"{name} ({pattern})"
        for name, pattern in list_routes().items()
        if name not in known and not name.startswith(CLOSED)
    )


def list_addresses(values: Iterable[Mapping[str, str]]) -> list[str]:
    """All addresses to try, filled with each set of values in turn."""
    wanted = [address for addresses in ADDRESSES.values() for address in addresses]
    for name, path in _list_calls().items():
        for address in _fill_path(path):
            wanted += [
                f"/api/v1{address}{query}" for query in API_QUERIES.get(name, ("", "?limit=100"))
            ]
    filled = [_fill(address, each) for each in values for address in wanted]
    return list(dict.fromkeys(filled))


def _list_calls() -> dict[str, str]:
    from cartagena.apps.portal.api.service import make_document

    return {
        operation["operationId"]: path
        for path, operations in make_document()["paths"].items()
        for operation in operations.values()
    }


def _fill_path(path: str) -> list[str]:
    found = [path]
    for name in re.findall(r"{(\w+)}", path):
        assert name in API_VALUES, (
            f"The call {path} has a new parameter {name}. Give it a value in API_VALUES, so that "
            "this call is searched for confidential content too."
        )
        found = [each.replace(f"{{{name}}}", value) for each in found for value in API_VALUES[name]]
    return found


def _fill(address: str, values: Mapping[str, str]) -> str:
    return re.sub(r"{(\w+)}", lambda match: values[match[1]], address)


def crawl(
    client: Client,
    begin: Iterable[str],
    ours: Iterable[str],
    each: Callable[[str, HttpResponseBase, str], None],
) -> Counter[str]:
    """Follow the links of pages; `each` is given address, answer and content of every one.

    All links that name one of `ours` are followed, of others a few of each kind. Returns how often
    each route was met.
    """
    queue, seen, met = list(begin), set(begin), Counter[str]()
    wanted = tuple(ours)
    while queue:
        address = queue.pop(0)
        answer = client.get(address, follow=False)
        text = read_answer(answer)
        each(address, answer, text)
        links = [answer["Location"]] if answer.has_header("Location") else _list_links(text)
        for link in links:
            target = urllib.parse.urljoin(address, html.unescape(link)).split("#")[0]
            if not target.startswith("/") or target in seen or target.startswith("/static/"):
                continue
            seen.add(target)
            route = _find_route(target)
            assert route, f"{address} has a link that leads nowhere: {link}"
            met[route] += 1
            if met[route] <= 3 or any(name in target for name in wanted) and met[route] <= 40:
                queue.append(target)
    return met


def _find_route(target: str) -> str:
    """The name of the route of an address; empty without one."""
    path = urllib.parse.unquote(target.split("?")[0])
    with override(get_language_from_path(path) or "en"):
        try:
            return resolve(path).view_name
        except Resolver404:
            return ""


def _list_links(text: str) -> list[str]:
    return re.findall(r'(?:href|src|action)="([^"]+)"', text)


def read_answer(answer: HttpResponseBase) -> str:
    """All that an answer says: headers and content, unpacked if it is an archive."""
    content = answer.getvalue()
    heads = "\n".join(f"{name}: {value}" for name, value in answer.items())
    return heads + "\n\n" + "\n".join(read_bytes(bytes(content)))


def read_bytes(content: bytes) -> Iterator[str]:
    """Everything in some bytes as text: members of archives, tables, streams of a PDF."""
    if content.startswith(b"PK\x03\x04"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for name in archive.namelist():
                yield name
                yield from read_bytes(archive.read(name))
    elif content.startswith(b"\x1f\x8b"):
        yield from read_bytes(gzip.decompress(content))
    elif content.startswith(b"PAR1"):
        table = pq.read_table(io.BytesIO(content))
        yield str(table.schema)
        yield str(table.to_pylist())
    elif content.startswith(b"%PDF"):
        yield content.decode("latin-1")
        for stream in re.findall(rb"stream\r?\n(.*?)\r?\nendstream", content, re.DOTALL):
            try:
                yield zlib.decompress(stream).decode("latin-1")
            except zlib.error:
                continue
    else:
        yield content.decode("utf-8", "replace")
