"""Answers against what the Party has published in the Clearing-House."""

from collections.abc import Callable, Iterator

from cartagena.engine.report_published import Published, PublishedRecord, load_published_by
from cartagena.engine.report_rules import Example, Finding, Report, report_rule
from cartagena.engine.sentence import Argument, Sentence, counted, listed, sentence

IN_BCH = "true.availableOnBch"
NOT_AVAILABLE = "false.notAvailable"
IN_PLACE = tuple(
    f"implementation.{words}"
    for words in ("fullInPlace", "fullFramwork", "partiallyInPlace", "partialFramwork")
)
INTRODUCTION = "E8C5A15C-A736-4fb7-A1B6-192412BE7E45"
FOOD_IMPORT = "0D0BEEF4-54E4-44C1-ABB2-B89DC145E0B3"
DOMESTIC_USE = "C15E5CD8-B6F9-41AE-A09C-7EF5F73B0507"
APPROVALS = ("3B9ECE67-B35C-40FF-8C06-4EA5FF762899", "3EFF4792-A896-4DC7-9945-04FE9C8B5B4F")
POSTS = {
    "CPB-FP1": sentence("the national focal point of the Protocol"),
    "BCH-FP": sentence("the national focal point of the Clearing-House"),
    "CPB-A17-FP": sentence("the contact for emergencies (Article 17)"),
}

LAW = PublishedRecord("EXAMPLE-LAW-1", "biosafetyLaw", "BCH-LAW-KE-1-1")


@report_rule(
    "warning",
    reads=("nr2.q015",),
    basis=("cpb.art20.3.a",),
    reason=sentence(
        "Article 20.3 (a) asks each Party to publish the laws that implement the Protocol."
    ),
    passes=Example({"nr2.q015": ["implementation.fullInPlace"]}, Published((LAW,))),
    fails=Example({"nr2.q015": ["implementation.fullInPlace"]}, Published()),
)
def laws_in_place_are_published(report: Report) -> Iterator[Finding]:
    """A Party with measures in place has published a law, regulation or guideline."""
    if report.says("nr2.q015", *IN_PLACE) and not report.published.of("biosafetyLaw"):
        what = sentence("measures are in place, but no law, regulation or guideline is published")
        yield report.find("nr2.q015", what=what, remedy=sentence("Publish them, or say why not."))


@report_rule(
    "warning",
    reads=("nr2.q015",),
    basis=("cpb.art2.1",),
    reason=sentence("A published law shows that something is in place, or it should be withdrawn."),
    passes=Example({"nr2.q015": ["implementation.none"]}, Published()),
    fails=Example({"nr2.q015": ["implementation.none"]}, Published((LAW,))),
)
def published_laws_are_in_place(report: Report) -> Iterator[Finding]:
    """A Party without any measure has no law published."""
    laws = report.published.of("biosafetyLaw")
    if report.says("nr2.q015", "implementation.none") and laws:
        what = sentence(
            "no measures are in place, but %(records)s is published", records=_list_numbers(laws)
        )
        remedy = sentence("Correct the answer, or withdraw what no longer applies.")
        yield report.find("nr2.q015", what=what, remedy=remedy, records=_identifiers(laws))


@report_rule(
    "warning",
    reads=("nr2.q124_a",),
    basis=("cpb.art20.3",),
    reason=sentence(
        "What the report says to be in the Clearing-House, readers will look for there."
    ),
    passes=Example({"nr2.q124_a": [IN_BCH]}, Published((LAW,))),
    fails=Example({"nr2.q124_a": [IN_BCH]}, Published()),
)
def what_is_said_to_be_published_is(report: Report) -> Iterator[Finding]:
    """Each kind of information that is called published has a record, and no other is denied."""
    for concept, item in load_published_by().items():
        if not report.asks(concept):
            continue
        found = report.published.of(item.type, **item.chosen)
        if report.says(concept, IN_BCH) and not found:
            what = sentence(
                "the information is said to be in the Clearing-House, but no record is there"
            )
            remedy = sentence(
                "Publish it, or answer that it is available but not in the Clearing-House."
            )
            yield report.find(concept, what=what, remedy=remedy)
        elif report.says(concept, NOT_AVAILABLE) and found:
            what = sentence(
                "the information is called not available, but %(records)s holds it",
                records=_list_numbers(found),
            )
            remedy = sentence("Answer that it is in the Clearing-House, or withdraw the record.")
            yield report.find(concept, what=what, remedy=remedy, records=_identifiers(found))


@report_rule(
    "warning",
    reads=("nr2.q124_d",),
    basis=("cpb.art19.1", "cpb.art17.2"),
    reason=sentence("Whoever must be reached in an emergency has to be found at once."),
    passes=Example(
        {"nr2.q124_d": [IN_BCH]},
        Published(
            (
                PublishedRecord(
                    "EXAMPLE-NFP-1", "focalPoint", values={"categories": frozenset(POSTS)}
                ),
                PublishedRecord("EXAMPLE-CNA-1", "authority"),
            )
        ),
    ),
    fails=Example({"nr2.q124_d": [IN_BCH]}, Published()),
)
def all_contacts_are_designated(report: Report) -> Iterator[Finding]:
    """A Party that says its contacts are published has all focal points and an authority."""
    if not report.says("nr2.q124_d", IN_BCH):
        return
    missing = [
        words for post, words in POSTS.items()
        if not report.published.of("focalPoint", categories=post)
    ]  # fmt: skip
    if not report.published.of("authority"):
        missing.append(sentence("a competent national authority"))
    if missing:
        what = sentence(
            "all contacts are said to be published, but %(posts)s is missing", posts=listed(missing)
        )
        remedy = sentence("Ask the Secretariat to enter the designation, or correct the answer.")
        yield report.find("nr2.q124_d", what=what, remedy=remedy)


@report_rule(
    "warning",
    reads=("nr4.q108",),
    basis=("cpb.art19.1",),
    reason=sentence("The authorities that decide are those that are published."),
    passes=Example({"nr4.q108": ["false.noCna"]}, Published()),
    fails=Example(
        {"nr4.q108": ["false.noCna"]}, Published((PublishedRecord("EXAMPLE-CNA-1", "authority"),))
    ),
)
def authorities_are_counted_as_published(report: Report) -> Iterator[Finding]:
    """The report speaks of as many authorities as are published: none, one or several."""
    found = report.published.of("authority")
    if report.says("nr4.q108", "false.noCna") and found:
        what = sentence(
            "there is said to be no competent authority, but %(published)s",
            published=_say_published(found),
        )
    elif report.says("nr4.q108", "false.oneCna") and len(found) > 1:
        what = sentence(
            "there is said to be one competent authority, but %(published)s",
            published=_say_published(found),
        )
    else:
        return
    remedy = sentence("Correct the answer, or withdraw what no longer applies.")
    yield report.find("nr4.q108", what=what, remedy=remedy, records=_identifiers(found))


@report_rule(
    "warning",
    reads=("nr4.q041", "nr4.q043"),
    basis=("cpb.art11.1", "cpb.art20.3.d"),
    reason=sentence("Final decisions are published, those on domestic use within fifteen days."),
    passes=Example({"nr4.q041": ["0"]}, Published()),
    fails=Example({"nr4.q041": ["5+"]}, Published()),
)
def decisions_are_published(report: Report) -> Iterator[Finding]:
    """At least as many decisions are published as the report counts."""
    for concept, kind in (("nr4.q041", DOMESTIC_USE), ("nr4.q043", FOOD_IMPORT)):
        found = report.published.of("biosafetyDecision", decisionTypes=kind)
        yield from _fewer_than_counted(
            report, concept, found,
            lambda count: counted(
                "the report counts at least %(count)s such decision",
                "the report counts at least %(count)s such decisions",
                count,
            ),
        )  # fmt: skip


@report_rule(
    "warning",
    reads=("nr4.q034",),
    basis=("cpb.art10.3.a", "cpb.art20.3.d"),
    reason=sentence("Final decisions on the import or release of LMOs are published."),
    passes=Example({"nr4.q033": ["true"], "nr4.q034": ["0"]}, Published()),
    fails=Example({"nr4.q033": ["true"], "nr4.q034": ["1+"]}, Published()),
)
def approvals_are_published(report: Report) -> Iterator[Finding]:
    """At least as many approvals of introductions are published as the report counts."""
    found = tuple(
        record
        for result in APPROVALS
        for record in report.published.of(
            "biosafetyDecision", decisionTypes=INTRODUCTION, decisionResult=result
        )
    )
    yield from _fewer_than_counted(
        report, "nr4.q034", found,
        lambda count: counted(
            "the report counts at least %(count)s approval",
            "the report counts at least %(count)s approvals",
            count,
        ),
    )  # fmt: skip


@report_rule(
    "warning",
    reads=("nr4.q076",),
    basis=("cpb.art20.3.c",),
    reason=sentence("Summaries of the risk assessments behind decisions are published."),
    passes=Example({"nr4.q075": ["false"]}, Published()),
    fails=Example({"nr4.q075": ["true"], "nr4.q076": ["10+"]}, Published()),
)
def assessments_are_published(report: Report) -> Iterator[Finding]:
    """At least as many risk assessments are published as the report counts."""
    found = report.published.of("nationalRiskAssessment")
    yield from _fewer_than_counted(
        report, "nr4.q076", found,
        lambda count: counted(
            "the report counts at least %(count)s risk assessment",
            "the report counts at least %(count)s risk assessments",
            count,
        ),
    )  # fmt: skip


@report_rule(
    "advice",
    reads=("nr4.q144",),
    basis=("cpb.art23.3",),
    reason=sentence("A website that is published can be found by those who look for it."),
    passes=Example({"nr4.q144": ["false"]}, Published()),
    fails=Example({"nr4.q144": ["true"]}, Published()),
)
def website_is_published(report: Report) -> Iterator[Finding]:
    """A Party with a national biosafety website has published its address."""
    if report.says("nr4.q144", "true") and not report.published.of("database"):
        what = sentence("there is a national website, but its address is not published")
        yield report.find(
            "nr4.q144", what=what, remedy=sentence("Publish it as a database or website.")
        )


@report_rule(
    "advice",
    reads=("nr4.q178",),
    basis=("nklsp.art5.2",),
    reason=sentence("The authority for response measures is looked for when damage occurs."),
    passes=Example({"nr4.q178": ["false"]}, Published()),
    fails=Example({"nr4.q178": ["true"]}, Published()),
)
def supplementary_authority_is_published(report: Report) -> Iterator[Finding]:
    """A competent authority under the Supplementary Protocol is published."""
    if report.says("nr4.q178", "true") and not report.published.of("supplementaryAuthority"):
        what = sentence("a competent authority is named, but none is published")
        yield report.find("nr4.q178", what=what, remedy=sentence("Publish its address."))


def _fewer_than_counted(
    report: Report,
    concept: str,
    found: tuple[PublishedRecord, ...],
    say_counted: Callable[[int], Sentence],
) -> Iterator[Finding]:
    bounds = report.bounds(concept)
    if bounds and bounds[0] > len(found):
        what = sentence(
            "%(reported)s, but %(published)s",
            reported=say_counted(bounds[0]), published=_say_published(found),
        )  # fmt: skip
        remedy = sentence("Publish the others, or say why they are not published.")
        yield report.find(concept, what=what, remedy=remedy, records=_identifiers(found))


def _say_published(records: tuple[PublishedRecord, ...]) -> Sentence:
    return counted("%(count)s is published", "%(count)s are published", len(records))


def _identifiers(records: tuple[PublishedRecord, ...]) -> tuple[str, ...]:
    return tuple(record.identifier for record in records)


def _list_numbers(records: tuple[PublishedRecord, ...]) -> Argument:
    numbers = [record.number or record.identifier for record in records]
    first = listed(numbers[:3])
    more = len(numbers) - 3
    if more <= 0:
        return first
    return counted(
        "%(first)s and %(count)s more", "%(first)s and %(count)s more", more, first=first
    )
