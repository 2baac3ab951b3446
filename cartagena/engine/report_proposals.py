"""What a Party's published records say to a question: proposals, never answers by themselves."""

from collections.abc import Iterator
from dataclasses import dataclass

from cartagena.engine.questionnaire import Format
from cartagena.engine.report_published import Published, PublishedRecord, load_published_by

IN_BCH = "true.availableOnBch"
COORDINATION = "nr4.q108"
PARTY_TO = {"nr2.q012": "cpb", "nr4.q169": "nklsp"}
"""Questions on being a Party, and the treaty each is about."""


@dataclass(frozen=True)
class Proposal:
    """A cell of the report, what would stand in it, and the records that speak for it."""

    cell: str
    value: str
    records: tuple[PublishedRecord, ...] = ()

    @property
    def question(self) -> str:
        """The question or field of the head that it answers."""
        return self.cell.partition("/")[0].partition("#")[0]


def list_proposals(shape: Format, published: Published) -> list[Proposal]:
    """The proposals for a report, in the order of the form."""
    keys = {question.concept: key for key, question in shape.in_document.items()}
    found = [
        Proposal(keys[concept], value, records)
        for concept, value, records in _list_by_concept(published)
        if concept in keys and _has_option(shape, keys[concept], value)
    ]
    contacts = published.of("contact") or published.of("focalPoint")
    if contacts and any(field.field == "contact" for field in shape.header):
        found.append(Proposal("contact", contacts[0].identifier, contacts[:1]))
    order = {key: place for place, key in enumerate(shape.in_document)}
    return sorted(found, key=lambda proposal: order.get(proposal.question, -1))


def _list_by_concept(
    published: Published,
) -> Iterator[tuple[str, str, tuple[PublishedRecord, ...]]]:
    for concept, item in load_published_by().items():
        records = published.of(item.type, **item.chosen)
        if records:
            yield concept, IN_BCH, records
    for concept, treaty in PARTY_TO.items():
        yield concept, "true" if treaty in published.party_to else "false", ()
    authorities = published.of("authority")
    if len(authorities) < 2:
        yield COORDINATION, "false.oneCna" if authorities else "false.noCna", authorities


def _has_option(shape: Format, key: str, code: str) -> bool:
    return any(option.code == code for option in shape.in_document[key].options)
