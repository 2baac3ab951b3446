"""Indicator 4.1.5: declaration. The docstring of the class is its public method page."""

from cartagena.engine.condition import each_of
from cartagena.engine.indicator import Indicator, Link, Recipe
from cartagena.engine.measure import PartiesReporting


class MandatoryInformation(Indicator):
    """Parties for which nothing that must be published is missing from the Clearing-House.

    Each category of information must be in the Clearing-House or not exist. Inclusive takes the
    mandatory categories and is the one to quote; strict asks it of all 17 categories.

    One unanswered category leaves a Party unknown unless another is a no. Parties judge
    themselves; records may say otherwise. A Party with nothing to publish passes.

    National reports under Article 33. Questions read: second report, questions 124 (a) to 124
    (q); third report, questions 126 (a) to 126 (q); fourth report, questions 112 (a) to 112 (q);
    fifth report, questions 102 (a) to 102 (q).
    """

    id = "4.1.5"
    title = "Parties that published all mandatory information in the Clearing-House"
    unit = "Parties"
    direction = "up"
    legal_basis = (
        "cpb.art20.3",
        "cpb.art19.2",
        "cpb.art11.5",
        "cpb.art25.3",
        "BS-V/16",
    )
    sources = (
        "report",
        "records",
    )
    measure = PartiesReporting("share")
    recipes = {
        "nr2": Recipe(
            grade="A",
            strict=each_of(
                "abcdefghijklmnopq", "Q124", "true.availableOnBch", "false.notAvailable"
            ),
            inclusive=each_of("abcdeghiklopq", "Q124", "true.availableOnBch", "false.notAvailable"),
            note=(
                "The inclusive reading holds the mandatory categories and is the "
                "one to quote; the strict one asks all 17."
            ),
        ),
        "nr3": Recipe(
            grade="A",
            strict=each_of(
                "abcdefghijklmnopq", "Q126", "true.availableOnBch", "false.notAvailable"
            ),
            inclusive=each_of("abcdeghiklopq", "Q126", "true.availableOnBch", "false.notAvailable"),
            note=(
                "The inclusive reading holds the mandatory categories and is the "
                "one to quote; the strict one asks all 17."
            ),
        ),
        "nr4": Recipe(
            grade="A",
            strict=each_of(
                "abcdefghijklmnopq", "Q112", "true.availableOnBch", "false.notAvailable"
            ),
            inclusive=each_of("abcdghiklopq", "Q112", "true.availableOnBch", "false.notAvailable"),
            note=(
                "The inclusive reading holds the mandatory categories and is the "
                "one to quote; the strict one asks all 17."
            ),
        ),
        "nr5": Recipe(
            grade="A",
            strict=each_of(
                "abcdefghijklmnopq", "Q102", "true.availableOnBch", "false.notAvailable"
            ),
            inclusive=each_of("abcdghiklopq", "Q102", "true.availableOnBch", "false.notAvailable"),
            note=(
                "The inclusive reading holds the mandatory categories and is the "
                "one to quote; the strict one asks all 17."
            ),
        ),
    }
    links = (Link("4.1.a", "partial"),)
    comparability = (
        (
            "The letter of a category is not stable: transit is (f) in the second and third"
            " reports and (e) after them; (o) and (p) change places; contained use is new "
            "in the fourth."
        ),
        "National reports were a category of the second and third reports only.",
    )
    to_collect = (
        "A check against the records themselves: contacts complete, every known "
        "decision published, every such decision with its assessment."
    )
    doubts = (
        '"Not available" may mean that nothing exists or that nothing was collected.',
        (
            'Contacts can hardly be "not available" for a Party; the answer is accepted all'
            " the same."
        ),
    )
    authored_by = "Cartagena"
    checked_by = "worked cases in cases.yaml"
    next_review = "2027-11-30"
