"""The index follows what is published; it is built again when it must be."""

import datetime as dt
import json
from typing import Any

import pytest

from cartagena.apps.registry import api as registry
from cartagena.apps.search import store
from cartagena.apps.search.api import SearchQuery, list_all_identifiers, suggest, suggest_spelling
from cartagena.apps.search.index import SearchIndex
from tests.apps.search.made_up import GUID, NOW, ask, find, make_law, make_record, publish

pytestmark = pytest.mark.django_db


def test_a_publication_is_found_at_once_and_an_amendment_replaces_it(index: SearchIndex) -> None:
    publish(make_law(1, {"en": "Act on maize"}))
    assert find("maize") == [1]

    publish(make_law(1, {"en": "Act on cotton"}, on="2021-01-01"))
    assert find("maize") == []
    assert find("cotton") == [1]


def test_a_withdrawn_record_is_found_only_as_of_a_day_when_it_was_public(
    index: SearchIndex,
) -> None:
    publish(make_law(1, {"en": "Act on maize"}, on="2020-01-01"))
    registry.withdraw_record(GUID.format(1), actor=None, reason="Test.", now=NOW)

    assert find("maize") == []
    assert find("maize", as_of=dt.date(2020, 6, 1)) == [1]
    assert find("maize", as_of=dt.date(2019, 12, 31)) == []


def test_as_of_a_day_the_version_of_that_day_is_found(index: SearchIndex) -> None:
    publish(make_law(1, {"en": "Act on maize"}, on="2020-01-01"))
    publish(make_law(1, {"en": "Act on cotton"}, on="2021-01-01"))

    (hit,) = ask("maize", as_of=dt.date(2020, 12, 31)).hits
    assert (hit.version, hit.title) == (1, "Act on maize")
    assert find("maize", as_of=dt.date(2021, 1, 1)) == []
    assert find("cotton", as_of=dt.date(2021, 1, 1)) == [1]


def test_a_decision_is_found_by_the_name_of_its_lmo_also_when_that_changes(
    index: SearchIndex,
) -> None:
    publish(
        make_law(1, {"en": "Act"}, body={"isAmendment": True}),
        make_record("laboratoryDetection", 2, detectableLmos=[{"identifier": GUID.format(3)}]),
    )
    publish(
        make_record(
            "modifiedOrganism", 3, identity={"en": "Roundup Ready maize"},
            transformationEvent="NK603", uniqueIdentification="MON-ØØ6Ø3-6",
        )
    )  # fmt: skip

    assert sorted(find("roundup")) == [2, 3]
    assert find("mon006036") == [3, 2], "the LMO itself stands first"
    assert ask("", filters={"lmo": (GUID.format(3),)}).total == 2


def test_notes_mail_addresses_and_telephones_are_never_found(index: SearchIndex) -> None:
    body = {
        "notes": "internal secret", "firstName": "Amina", "lastName": "Odhiambo",
        "emails": ["amina@example.org"], "phones": ["+254 20 5550123"],
        "relevantInformation": {"en": "Write to amina@example.org"},
    }  # fmt: skip
    publish(
        make_record("contact", 1, "KEN", **body),
        make_law(2, {"en": "Act"}, body={"notes": "secret"}),
    )

    assert find("odhiambo") == [1]
    for words in ("secret", "internal", "example", "amina@example.org", "5550123", "254"):
        assert find(words) == [], words


def test_the_index_is_the_same_whether_followed_or_built(index: SearchIndex) -> None:
    for number in range(1, 30):
        publish(make_law(number, {"en": f"Act number{number % 5}"}))
        assert index.keep_up()
    followed = [(sorted(find(f"number{n}")), ask(f"number{n}").facets) for n in range(5)]

    assert index.rebuild()

    built = [(sorted(find(f"number{n}")), ask(f"number{n}").facets) for n in range(5)]
    assert built == followed


def test_the_old_index_answers_while_a_new_one_is_built(
    index: SearchIndex, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(make_law(1, {"en": "Act on maize"}))
    assert find("maize") == [1]
    seen: list[Any] = []

    def look(done: int, total: int) -> None:
        publish(make_law(2, {"en": "Another act on maize"}))
        seen.append(sorted(find("maize")))

    assert index.rebuild(look)

    assert seen == [[1, 2]], "the old index is searched and follows"
    assert sorted(find("maize")) == [1, 2], "the new one has what came meanwhile"
    assert len(list(index.root.glob("index-*"))) == 1


@pytest.mark.parametrize("damage", ["missing", "emptied", "other analyser", "no state", "nonsense"])
def test_an_index_that_cannot_be_used_is_built_again_by_itself(
    index: SearchIndex, damage: str
) -> None:
    publish(make_law(1, {"en": "Act on maize"}))
    assert find("maize") == [1]
    folder = store.find_current(index.root)
    assert folder is not None
    state = json.loads((folder / "state.json").read_text())
    if damage == "missing":
        (index.root / "current").unlink()
    elif damage == "no state":
        (folder / "state.json").unlink()
    elif damage == "nonsense":
        (folder / "meta.json").write_text("{")
    elif damage == "other analyser":
        (folder / "state.json").write_text(json.dumps({**state, "analyser": -1}))
    else:
        for file in folder.glob("*"):
            if file.name != "state.json":
                file.write_bytes(b"")
    index.forget()

    assert find("maize") == [1]


def test_another_database_is_noticed(index: SearchIndex) -> None:
    publish(make_law(1, {"en": "Act on maize"}))
    find("maize")
    folder = store.find_current(index.root)
    assert folder is not None
    store.write_state(folder, store.State(1, "f" * 64))

    publish(make_law(2, {"en": "Act on cotton"}))

    assert (find("maize"), find("cotton")) == ([1], [2])


def test_a_killed_writer_loses_nothing(index: SearchIndex, monkeypatch: pytest.MonkeyPatch) -> None:
    publish(make_law(1, {"en": "Act on maize"}))
    find("maize")
    publish(make_law(2, {"en": "Another act on maize"}))

    def die(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as killed:
        # Killed after Tantivy's commit, before the state was written.
        killed.setattr(store, "write_state", die)
        with pytest.raises(KeyboardInterrupt):
            index.keep_up()
    index.forget()

    assert sorted(find("maize")) == [1, 2]


def test_facets_count_what_the_other_filters_leave(index: SearchIndex) -> None:
    publish(
        make_law(1, {"en": "Act"}, government="KEN"),
        make_law(2, {"fr": "Loi"}, government="KEN"),
        make_law(3, {"en": "Act"}, government="NOR", on="2021-03-04"),
    )

    facets = ask("", filters={"government": ("KEN",)}).facets

    assert dict(facets["government"]) == {"KEN": 2, "NOR": 1}
    assert dict(facets["language"]) == {"en": 1, "fr": 1}
    assert dict(facets["year"]) == {"2020": 2}
    assert dict(facets["group"])["AFR"] == 2
    both = ask("", filters={"government": ("KEN", "NOR"), "language": ("en",)})
    assert both.total == 2
    assert ask("", filters={"nonsense": ("x",)}).total == 0


def test_order_and_pages(index: SearchIndex) -> None:
    publish(
        make_law(1, {"en": "Beta"}, on="2020-01-01"),
        make_law(2, {"en": "alpha"}, on="2022-01-01"),
        make_law(3, {"en": "Gamma"}, on="2021-01-01"),
    )

    assert find("", sort="newest") == [2, 3, 1]
    assert find("", sort="oldest") == [1, 3, 2]
    assert find("", sort="title") == [2, 1, 3]
    assert find("", sort="title", start=1, rows=1) == [1]
    everything = list_all_identifiers(SearchQuery("", sort="title"), now=NOW)
    assert list(everything) == [(GUID.format(n), 1) for n in (2, 1, 3)]


def test_hits_show_where_they_say_it(index: SearchIndex) -> None:
    details = "<p>On &lt;b&gt; and the <em>assessments</em> of risks &amp; more.</p>"
    publish(make_law(1, {"en": "Act", "fr": "Loi"}, body={"scope": {"en": details}}))
    publish(make_law(2, {"en": "Maize <script>"}))

    (hit,) = ask("maize").hits
    assert hit.title_html == "<mark>Maize</mark> &lt;script&gt;"
    assert (hit.number[:10], hit.language, hit.type) == ("BCH-LAW-KE", "en", "biosafetyLaw")
    assert ask("loi", "fr").hits[0].title == "Loi"


def test_suggestions_bear_typing_errors(index: SearchIndex) -> None:
    publish(
        make_record("modifiedOrganism", 1, identity={"en": "Herbicide tolerant cotton"},
                    transformationEvent="MON 1445", uniqueIdentification="MON-Ø1445-2"),
        make_record("organism", 2, scientificName="Gossypium hirsutum"),
        make_law(3, {"en": "Act on cotton"}),
    )  # fmt: skip
    ask()

    def names(text: str, language: str = "en") -> list[str]:
        return [suggestion.text for suggestion in suggest(text, language)]

    assert names("cott")[0] == "Herbicide tolerant cotton"
    assert "Act on cotton" in names("coton")
    assert names("gosypium") == ["Gossypium hirsutum"]
    assert names("MON-Ø14")[0] == "Herbicide tolerant cotton"
    assert "Kenya" in names("keny")
    assert "肯尼亚" in names("肯尼", "zh")
    assert "Кения" in names("кени", "ru")
    assert names("") == names("?!") == []
    assert suggest_spelling("act on coton", "en") == "act on cotton"
    assert suggest_spelling("cotton", "en") is None
