"""Cross-checks of decisions and communications, beyond the conditions of the declaration."""

from collections.abc import Iterator

from cartagena.engine.record_problem import RecordProblem
from cartagena.engine.record_rules import (
    Record,
    list_future_days,
    list_in_order,
    list_own_references,
    rule,
)
from cartagena.engine.sentence import counted, sentence

NARROWER_INTRODUCTION = {
    "A0F944AD-1578-47F4-BB71-A9805EC0EB7A",
    "47B66371-7016-4F28-B33A-0DBFF43581CA",
}
DOMESTIC_USE = "C15E5CD8-B6F9-41AE-A09C-7EF5F73B0507"
KIND_OF_MOVEMENT = {
    "22B915C4-193E-4087-89ED-D104EEEC4330": "83C0DBFB-AD5C-4B88-8ECE-5365991F2956",
    "A9A800DC-F313-4F79-B3E4-768E41088D11": "3FF9FEB3-20FA-4287-B562-46635A1154A3",
}
"""Unintentional and illegal movements: the type of the movement and the kind of communication."""

INTERIM_RESULTS = {
    "8D91ACEE-C6B3-4204-8FE6-00AE424013FF",
    "19F9F13E-195E-45B5-88DD-058A07E0D6F6",
}
"""A request for more information, and an extension: they stop or lengthen the time limit."""

ACKNOWLEDGE_WITHIN = 90
DECIDE_WITHIN = 270


@rule("cpb.art9.1", "cpb.art10.3")
def steps_follow_each_other(record: Record) -> Iterator[RecordProblem]:
    """A notification is received, acknowledged and decided before the decision is communicated."""
    yield from list_in_order(record, "receiptDate", "receiptAcknowledgementDate")
    yield from list_in_order(record, "receiptDate", "date", "communicationDate")


@rule("cpb.art10.3", "cpb.art17.1")
def nothing_is_decided_in_the_future(record: Record) -> Iterator[RecordProblem]:
    """What is published has happened."""
    yield from list_future_days(
        record,
        "date",
        "receiptDate",
        "receiptAcknowledgementDate",
        "communicationDate",
        "releaseDate",
    )


@rule("cpb.art9.1")
def receipt_is_acknowledged_in_time(record: Record) -> Iterator[RecordProblem]:
    """Receipt is acknowledged within 90 days."""
    received, told = record.day("receiptDate"), record.day("receiptAcknowledgementDate")
    if received and told and (told - received).days > ACKNOWLEDGE_WITHIN:
        days = (told - received).days
        what = counted(
            "receipt was acknowledged after %(count)s day; Article 9.1 gives %(most)s",
            "receipt was acknowledged after %(count)s days; Article 9.1 gives %(most)s",
            days, most=ACKNOWLEDGE_WITHIN,
        )  # fmt: skip
        remedy = sentence(
            "Check the two days. If they are right, the record shows that it was late."
        )
        yield record.warning("receiptAcknowledgementDate", what, remedy)


@rule("cpb.art10.3")
def decision_is_communicated_in_time(record: Record) -> Iterator[RecordProblem]:
    """A final decision is communicated within 270 days, requests and extensions apart."""
    received, told = record.day("receiptDate"), record.day("communicationDate")
    if INTERIM_RESULTS.intersection(record.values("decisionResult")):
        return
    if received and told and (told - received).days > DECIDE_WITHIN:
        days = (told - received).days
        what = counted(
            "the decision was communicated after %(count)s day, not %(most)s (Article 10.3)",
            "the decision was communicated after %(count)s days, not %(most)s (Article 10.3)",
            days, most=DECIDE_WITHIN,
        )  # fmt: skip
        remedy = sentence(
            "Check the days. Time for requested information and extensions does not count."
        )
        yield record.warning("communicationDate", what, remedy)


@rule("cpb.art9.1", "cpb.art10.3")
def days_of_the_procedure_are_told(record: Record) -> Iterator[RecordProblem]:
    """For a request to import, the days tell everybody whether the time limits were kept."""
    if not record.holds("movement"):
        return
    for field in ("receiptDate", "receiptAcknowledgementDate", "communicationDate"):
        if not record.is_filled(field):
            what = sentence(
                "%(field)s is not told, so nobody can see if it was in time",
                field=record.label(field),
            )
            yield record.warning(field, what, sentence("Fill it in."))


@rule("cpb.art9.2.c", "cpb.art10.2")
def import_says_by_which_procedure(record: Record) -> Iterator[RecordProblem]:
    """A decision on a request to import says in accordance with what it was taken."""
    if record.holds("movement") and not NARROWER_INTRODUCTION.intersection(
        record.values("decisionTypes")
    ):
        what = sentence("the decision does not say in accordance with what it was taken")
        yield record.error(
            "decisionTypes", what, sentence("Choose one of the narrower kinds of 8.1.")
        )


@rule("cpb.art11.1")
def field_trials_are_no_domestic_use(record: Record) -> Iterator[RecordProblem]:
    """Article 11.1 does not speak of field trials."""
    if record.is_true("involvesFieldTrial") and DOMESTIC_USE in record.values("decisionTypes"):
        what = sentence("a field trial is no decision on domestic use under Article 11.1")
        remedy = sentence(
            "Choose introduction into the environment (8.1), or say that there is no trial."
        )
        yield record.warning("involvesFieldTrial", what, remedy)


@rule("cpb.art13.1")
def simplified_procedure_says_which(record: Record) -> Iterator[RecordProblem]:
    """Movement at the time of notification, or exemption: one of the two, never both or none."""
    if not record.holds("simplified"):
        return
    answers = [record.value("movementAllowedUnderA131A"), record.value("exemptedFromAIA")]
    if answers == [True, True]:
        what = sentence(
            "imports that are exempt (13.1 b) are not notified, so 13.1 (a) cannot apply too"
        )
        yield record.error(
            "exemptedFromAIA", what, sentence("Publish two records, one for each case.")
        )
    elif True not in answers and False in answers:
        what = sentence("neither of the two simplified procedures is chosen")
        yield record.error(
            "movementAllowedUnderA131A", what, sentence("Say true to one of the two.")
        )


@rule("cpb.art17.1", "cpb.art25.3")
def type_of_movement_fits_the_kind(record: Record) -> Iterator[RecordProblem]:
    """A notice of an unintentional movement is about one, and so for illegal movements."""
    for found in record.values("transboundaryMovementType"):
        if found in KIND_OF_MOVEMENT and KIND_OF_MOVEMENT[found] not in record.values(
            "decisionTypes"
        ):
            what = sentence("the type of the movement does not fit the kind of communication")
            yield record.error(
                "transboundaryMovementType", what, sentence("Correct one of the two.")
            )


@rule("cpb.art12.1")
def no_decision_changes_itself(record: Record) -> Iterator[RecordProblem]:
    """What is changed is an earlier record; a correction is a new version of the same one."""
    yield from list_own_references(record, "amendedRecords")
