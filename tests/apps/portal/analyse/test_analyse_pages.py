"""The pages of the analyser: whole, within budget, true to the engine, kind to bad addresses."""

import gzip
import re
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote_plus

import pytest
from django.core.signals import request_finished
from django.db import close_old_connections
from django.test import Client

from cartagena.apps import portal
from cartagena.engine.analysis import analyse
from cartagena.engine.analysis_query import Group, read_query
from cartagena.engine.questionnaire import load_format
from tests.apps.portal.analyse.addresses import ADDRESSES, ONE
from tests.apps.portal.site.sample import make_evaluator

STATIC = Path(portal.__file__).parent / "static" / "portal"
BUDGET = 60 * 1024


class Page(HTMLParser):
    """What a test wants to know of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: set[str] = set()
        self.loads: list[str] = []
        self.inline: list[str] = []
        self.ids: list[str] = []
        self.fields: list[tuple[str, str]] = []
        self._area = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attributes}
        if "id" in values:
            self.ids.append(values["id"])
        if tag == "a":
            self.links.add(values.get("href", ""))
        if tag == "input" and (values.get("type") != "checkbox" or "checked" in values):
            self.fields.append((values.get("name", ""), values.get("value", "")))
        self._area = values.get("name", "") if tag == "textarea" else ""
        if (tag == "link" and values.get("rel") in ("stylesheet", "icon")) or tag == "script":
            self.loads.append(values.get("href") or values.get("src") or "")
        if tag == "style" or "style" in values or (tag == "script" and not values.get("src")):
            self.inline.append(tag)
        self.inline += [name for name in values if name.startswith("on")]

    def handle_data(self, data: str) -> None:
        if self._area:
            self.fields.append((self._area, data))

    def handle_endtag(self, tag: str) -> None:
        self._area = ""


def read(web: Client, address: str) -> str:
    response = web.get(address)
    assert response.status_code == 200, address
    return response.content.decode()


@pytest.mark.parametrize("prefix", ["", "/zh", "/ar", "/fr"])
@pytest.mark.parametrize("address", ADDRESSES)
def test_page_answers_in_each_language(web: Client, address: str, prefix: str) -> None:
    assert f'lang="{prefix.strip("/") or "en"}"' in read(web, prefix + address)


@pytest.mark.parametrize("address", ADDRESSES)
def test_page_answers_seen_from_an_early_day(web: Client, address: str) -> None:
    joined = f"{address}{'&' if '?' in address else '?'}as_of=2005-01-01"

    assert read(web, joined)


@pytest.mark.parametrize("address", ADDRESSES)
def test_page_is_whole_and_within_its_budget(web: Client, address: str) -> None:
    text = read(web, address)
    page = Page(text)
    files = [STATIC / Path(file).name for file in page.loads]

    assert (
        len(gzip.compress(text.encode()))
        + sum(len(gzip.compress(file.read_bytes())) for file in files)
        <= BUDGET
    )
    assert 1 + len(page.loads) <= 6
    assert page.inline == []
    assert text.count("<h1") == 1
    assert len(page.ids) == len(set(page.ids))
    assert {link[1:] for link in page.links if link.startswith("#")} <= set(page.ids)


def test_links_of_the_pages_lead_somewhere(web: Client) -> None:
    found: set[str] = set()
    for address in ADDRESSES:
        found |= Page(read(web, address)).links
    near = re.compile(
        r"(/\w\w)?/(analyse|questionnaires|parties/|downloads/analysis|api/v1/analysis)"
    )
    ours = sorted({link.split("#")[0] for link in found if near.match(link)})
    # They read stored versions.
    ours = [link for link in ours if "/reports/" not in link and "/records" not in link]
    kinds: dict[str, list[str]] = {}
    for link in ours:
        kinds.setdefault(re.sub(r"[A-Z]{3}(?=/|$)", "", link.split("?")[0]), []).append(link)
    # Hundreds of Parties and questions are linked alike; some of each kind are enough.
    some = [link for links in kinds.values() for link in links[:: max(1, len(links) // 12)]]

    broken = []
    for link in some:
        response = web.get(link)
        # As Django's own client does: no connection is looked at, as there is none.
        request_finished.disconnect(close_old_connections)
        response.close()
        request_finished.connect(close_old_connections)
        broken += [link] if response.status_code != 200 else []
    assert broken == []


def test_table_shows_what_the_engine_counts(web: Client) -> None:
    evaluator = make_evaluator()
    values = {"q": ["nr4.Q014"], "cycle": ["nr3"], "group": ["AFR"]}
    query = read_query(values, evaluator.status.groups, evaluator.facts.roll.codes)
    analysed = analyse(evaluator, query).questions[0]
    cell = analysed.own.cell(analysed.options[0], Group("AFR"))
    text = unescape(read(web, "/analyse/tables?q=nr4.Q014&cycle=nr3&group=AFR"))

    row = re.search(r"<th scope=\"row\">Africa</th>(<td class=\"wide\">.*?)</tr>", text, re.DOTALL)
    assert row is not None
    numbers = re.findall(r'<td class="r">([^<]*)', row[1])
    floor, ceiling = (int(float(share or 0) * 100 + 0.5) for share in (cell.floor, cell.ceiling))
    assert numbers[0] == str(len(cell.yes))
    assert numbers[1].startswith(str(int(float(cell.headline or 0) * 100 + 0.5)))
    assert numbers[3] == str(len(cell.unknown))
    assert re.findall(r"\d+", numbers[4]) == [str(floor), str(ceiling)]


def test_lossy_comparison_is_marked_and_lists_what_is_lost(web: Client) -> None:
    text = read(web, "/analyse/tables?q=nr4.Q055&cycle=nr3")

    assert "answers are lost" in text
    assert "reaches no answer of NR4 55" in text
    assert "not comparable" in text


def test_faults_of_a_question_are_told_beside_it(web: Client) -> None:
    (fault, *_others) = load_format("nr4").question("Q055").faults
    text = unescape(read(web, "/analyse/tables?q=nr4.Q055"))

    assert fault.what in text
    assert fault.effect in text


def test_the_shown_answer_is_said_in_a_sentence_with_its_response(web: Client) -> None:
    text = re.sub("<[^>]+>", "", read(web, "/analyse/tables?q=nr4.Q014"))

    assert re.search(
        r"Measures are fully in place: \d+ of the \d+ Parties that answered \(\d+\s%\) reported "
        r"this\. If every silent Party .* Response \d+\s%\.",
        text,
    )


def test_unmapped_question_is_shown_as_such(web: Client) -> None:
    text = read(web, "/analyse/tables?q=nr5.Q159&cycle=nr2")

    assert "no counterpart" in text
    assert "the trail ends in NR4" in text


def test_share_of_reports_and_share_of_the_group_stand_side_by_side(web: Client) -> None:
    text = read(web, ONE)

    assert "Share of all reports" in text
    assert "Share of the group" in text
    assert "Without a report that is counted" in text


def test_address_keeps_every_repeated_value(web: Client) -> None:
    text = read(web, ONE)
    links = [unescape(link) for link in Page(text).links]
    wanted = ("cycle=nr2", "cycle=nr3", "cycle=nr5", "group=AFR", "group=East:KEN,UGA")

    french = next(link for link in links if link.startswith("/fr/analyse/tables"))
    cited = next(link for link in links if link.startswith("http://localhost/analyse/tables"))
    change = next(link for link in links if link.startswith("/analyse?"))
    file = next(link for link in links if link.startswith("/downloads/analysis.csv"))
    for link in (french, cited, change, file):
        assert all(value in link for value in wanted), link


def test_form_holds_what_was_chosen(web: Client) -> None:
    fields = Page(read(web, "/analyse?" + ONE.partition("?")[2])).fields

    assert ("q", "nr4.Q014") in fields
    assert {value for name, value in fields if name == "cycle"} == {"nr2", "nr3", "nr5"}
    assert ("group", "AFR") in fields
    assert ("group_name", "East") in fields
    assert ("group_parties", "Kenya\nUganda") in fields


def test_pasted_names_become_a_group_in_a_short_address(web: Client) -> None:
    typed = {
        "q": "nr4.Q014",
        "group": "LDC",
        "group_name": ["East: Africa", "", ""],
        "group_parties": ["1. Kenya\n2. أوغندا, Tanzania", "中国, Japan", ""],
        "where": ["", ""],
        "cutoff": "",
        "as_of": "2025-06-30",
    }
    response = web.get("/ar/analyse/tables", query_params=typed)

    assert response.status_code == 302
    address = unquote_plus(response["Location"])
    assert address == (
        "/ar/analyse/tables?as_of=2025-06-30&q=nr4.Q014&group=LDC"
        "&group=East Africa:KEN,UGA,TZA&group=مجموعتي 1:CHN,JPN"
    )
    text = read(web, response["Location"])
    assert "أوغندا" in text
    assert ("group_parties", "كينيا\nأوغندا\nجمهورية تنزانيا المتحدة") in Page(
        read(web, response["Location"].replace("/tables", ""))
    ).fields


def test_unknown_names_of_a_pasted_list_are_named_and_nothing_is_lost(web: Client) -> None:
    typed = {"q": "nr4.Q014", "group_name": "Mine", "group_parties": "Kenya\nKenia\nRuritania"}
    response = web.get("/analyse/tables", query_params=typed)
    text = unescape(response.content.decode())

    assert response.status_code == 400
    assert "no Party has these names or codes: Kenia, Ruritania." in text
    assert "Did you mean: Kenya" in text
    assert ("group_parties", "Kenya\nKenia\nRuritania") in Page(text).fields
    assert ("group_name", "Mine") in Page(text).fields
    assert 'href="#groups"' in text


def test_changing_the_form_keeps_questions_of_other_forms(web: Client) -> None:
    fields = Page(read(web, "/analyse?form=nr2&q=nr4.Q014")).fields

    assert ("q", "nr4.Q014") in fields


HOSTILE = (
    "q=zz", "q=nr4.Q999", "q=nr4.Q014&group=XX", "q=nr4.Q014&group=%3Cscript%3E:KEN",
    "q=nr4.Q014&where=1", "q=nr4.Q014&where=nr4.Q016:%00", "q=nr4.Q014&cycle=nr1",
    "q=nr4.Q014&universe=all", "q=nr4.Q014&timing=x", "q=nr4.Q014&cutoff=31.12.2019",
    "q=nr4.Q014&links=x", "q=%F0%9F%92%A9", "q=" + "A" * 3000, "q=nr4.Q014&start=9",
    "q=nr4.Q014&start=-1", "q=nr4.Q014&start=x", "q=nr4.Q014&freeze=none", "q=nr4.Q014&as_of=x",
    "&".join(f"group=G{n}:KEN" for n in range(30)),
)  # fmt: skip


@pytest.mark.parametrize("query", HOSTILE)
def test_bad_address_gets_a_kind_page(web: Client, query: str) -> None:
    response = web.get(f"/analyse/tables?{query}")
    text = response.content.decode()

    assert response.status_code == 400
    assert "This address cannot be read" in text
    assert "<script>" not in text.replace('<script src="', "")


@pytest.mark.parametrize(
    "address",
    [
        "/analyse?form=nr9",
        "/analyse/overview?form=nr9",
        "/analyse/overview?group=XX",
        "/analyse/parties",
        "/analyse/parties?q=nr4.Q014&at=nr4.Q015",
        "/analyse/parties?q=zz",
    ],
)
def test_other_pages_refuse_bad_values_too(web: Client, address: str) -> None:
    assert web.get(address).status_code == 400


def test_all_problems_are_told_at_once_and_nothing_typed_is_lost(web: Client) -> None:
    address = "/analyse/tables?q=nr4.Q014&group=East:KEN,ZZZ&where=nr4.Q016:perhaps&cutoff=soon"
    text = web.get(address).content.decode()
    page = Page(text)

    assert "no Party has these names or codes: ZZZ." in text
    assert "Q016:true" in text
    assert "year-month-day" in text
    assert ("group_name", "East") in page.fields
    assert ("group_parties", "Kenya\nZZZ") in page.fields
    assert ("where", "nr4.Q016:perhaps") in page.fields
    assert ("q", "nr4.Q014") in page.fields


def test_texts_are_searched_as_the_search_does(web: Client) -> None:
    every = read(web, "/analyse/parties?q=nr4.Q013")
    found = read(web, "/analyse/parties?q=nr4.Q013&words=DETAILS+words")
    none = read(web, "/analyse/parties?q=nr4.Q013&words=elephant")

    assert every.count("Details in words.") > 5
    assert found.count("<mark>Details</mark> in <mark>words</mark>.") == every.count(
        "Details in words."
    )
    assert "Details" not in none
    assert "0 texts hold these words." in none


@pytest.mark.parametrize(
    ("language", "words", "marked"),
    [
        ("en", "assessing", "<mark>assesses</mark>"),
        ("fr", "évaluer", "<mark>évalue</mark>"),
        ("es", "evaluar riesgo", "<mark>evalúa</mark> los <mark>riesgos</mark>"),
        ("ru", "оценка", "<mark>оценку</mark>"),
        ("ar", "التقييم", "<mark>تقييم</mark>"),
        ("zh", "评估", "风险<mark>评估</mark>"),
    ],
)
def test_texts_are_found_in_their_language(
    web: Client, language: str, words: str, marked: str
) -> None:
    text = unescape(read(web, f"/ru/analyse/parties?q=nr4.Q013&words={words}"))

    assert marked in text
    assert f'dir="auto" lang="{language}">' in text
    assert text.count('class="written"') == 1


def test_a_text_in_two_languages_is_shown_in_the_readers_and_found_in_both(web: Client) -> None:
    address = "/analyse/parties?q=nr4.Q013"

    assert 'lang="fr">Du texte &lt;b&gt;' in read(web, f"/fr{address}")
    assert 'lang="ar">نص' in read(web, address)
    assert "<mark>نص</mark>" in read(web, f"/fr{address}&words=نص")
    assert "<mark>texte</mark> &lt;b&gt;" in read(web, f"/fr{address}&words=textes")


def test_each_party_leads_to_its_answer_in_the_report(web: Client) -> None:
    links = Page(read(web, "/analyse/parties?q=nr4.Q014")).links
    reports = [link for link in links if "/reports/nr4" in link]

    assert len(reports) > 100
    assert all(link.endswith("?section=Article2#Q014") for link in reports)


def test_filter_can_be_set_from_the_map_and_taken_away(web: Client) -> None:
    links = Page(read(web, "/analyse/tables?q=nr4.Q016")).links
    narrow = next(link for link in links if "where=nr4.Q016:true" in link)
    text = read(web, narrow)

    assert "meet the filters" in text
    assert "/analyse/tables?q=nr4.Q016" in Page(text).links


def test_freeze_shows_what_was_public_at_its_cut_off(web: Client) -> None:
    now = read(web, "/analyse/tables?q=nr4.Q014")
    frozen = read(web, "/analyse/tables?q=nr4.Q014&freeze=final")

    assert "<bdi>final</bdi>" in frozen
    assert "<bdi>final</bdi>" not in now
    links = Page(frozen).links
    assert any("freeze=final" in link for link in links if link.startswith("/downloads/"))


def test_long_choice_of_questions_comes_in_parts(web: Client) -> None:
    refs = "&".join(f"q=nr4.Q0{n}" for n in (14, 15, 16, 17, 18, 19, 20, 21))
    first, last = read(web, f"/analyse/tables?{refs}"), read(web, f"/analyse/tables?{refs}&start=6")

    assert first.count('class="block"') == 6
    assert last.count('class="block"') == 2


def test_pages_that_exist_lead_to_the_analyser(web: Client) -> None:
    for address in ("/questionnaires", "/questionnaires/nr4", "/parties"):
        assert any(link.startswith("/analyse") for link in Page(read(web, address)).links), address
