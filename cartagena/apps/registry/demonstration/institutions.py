"""Made-up focal points, authorities, laws and databases of each Party, with their history."""

import datetime as dt
from collections.abc import Iterator

from cartagena.apps.registry.demonstration.draws import day_between, happens, whole
from cartagena.apps.registry.demonstration.planned import Planned, english, plan_record, term, terms
from cartagena.apps.registry.demonstration.profiles import LAST_DAY, Profile, list_profiles

ALL_FUNCTIONS = "FE1AA9E9-3320-4112-9F9C-A22AD6563AE1"
ALL_ORGANISMS = "8DAB2400-CF00-44B2-ADCF-49AABF66B9B0"
LAW = "57217527-3732-437F-9AD8-45BEF4429FD5"
SUBJECT_AREAS = (
    "1DCBA126-60F1-440D-BBB0-CC9CCC91C283",
    "34336DAA-1BD9-4E2C-82B6-4D4376BE8E13",
    "96FCDF17-5B40-42FA-8F48-EDBEE7ADD814",
)
_OPENED = dt.date(2004, 1, 12)
_FOCAL_POINTS = (
    ("CPB-FP1", 0.97, dt.date(2004, 1, 12), 500, "Protocol focal point"),
    ("BCH-FP", 0.96, dt.date(2004, 3, 1), 900, "Clearing-House focal point"),
    ("CPB-A17-FP", 0.68, dt.date(2008, 6, 1), 2600, "emergency contact"),
)


def plan_institutions() -> Iterator[Planned]:
    """All of them, Party by Party."""
    for profile in list_profiles():
        yield from _plan_focal_points(profile)
        yield from _plan_authorities(profile)
        yield from _plan_laws(profile)
        yield from _plan_database(profile)


def first_authority(party: str) -> str:
    """The authority that decisions and assessments of a Party name."""
    return f"DEMO-CNA-{party}-1"


def _plan_focal_points(profile: Profile) -> Iterator[Planned]:
    """Each is a person who is replaced every few years: a new version of the record."""
    for category, share, opened, slowest, words in _FOCAL_POINTS:
        names = ("focal point", category, profile.party)
        if not happens(share, *names):
            continue
        day = max(profile.joined_on, opened) + dt.timedelta(whole(20, slowest, "delay", *names))
        revision = 1
        while day < LAST_DAY:
            title = f"Demonstration person {revision}, {words} of {profile.name}"
            fields = {
                "categories": [category],
                "firstName": "Demonstration",
                "lastName": f"Person {revision}",
                "organization": english(f"Made-up ministry of {profile.name}"),
                "country": term(profile.iso2),
            }
            identifier = f"DEMO-NFP-{profile.party}-{category}"
            yield plan_record("focalPoint", identifier, title, day, fields, profile, revision)
            revision += 1
            day += dt.timedelta(whole(900, 3400, "replaced", revision, *names))


def _plan_authorities(profile: Profile) -> Iterator[Planned]:
    if not happens(0.94, "authorities", profile.party):
        return
    for n in range(1, 2 + happens(0.35, "second authority", profile.party)):
        names = ("authority", n, profile.party)
        day = max(profile.joined_on, _OPENED) + dt.timedelta(whole(30, 1100, *names))
        name = f"Demonstration biosafety authority {n} of {profile.name}"
        fields = {
            "name": english(name),
            "city": english("Demonstration city"),
            "country": term(profile.iso2),
            "functions": terms(ALL_FUNCTIONS),
            "cpbOrganismTypes": terms(ALL_ORGANISMS),
        }
        identifier = f"DEMO-CNA-{profile.party}-{n}"
        yield plan_record("authority", identifier, name, day, fields, profile)


def _plan_laws(profile: Profile) -> Iterator[Planned]:
    for n in range(1, 1 + int(profile.strength * 6 * (0.3 + happens(0.75, "law", profile.party)))):
        names = ("law", n, profile.party)
        day = day_between(max(profile.joined_on, _OPENED), dt.date(2024, 12, 1), *names)
        in_force = day - dt.timedelta(whole(30, 1500, "in force", *names))
        title = f"Demonstration biosafety law {n} of {profile.name}"
        fields = {
            "isAmendment": n > 3,
            "title": english(title),
            "type": term(LAW),
            "cpbSubjectAreas": terms(*SUBJECT_AREAS[: whole(1, 3, "areas", *names)]),
            "cpbOrganismTypes": terms(ALL_ORGANISMS),
            "entryIntoForce": in_force.isoformat(),
            "authorities": terms(first_authority(profile.party)),
            "expires": False,
        }
        identifier = f"DEMO-LAW-{profile.party}-{n}"
        yield plan_record("biosafetyLaw", identifier, title, day, fields, profile)


def _plan_database(profile: Profile) -> Iterator[Planned]:
    if not happens(0.25 + 0.5 * profile.strength, "database", profile.party):
        return
    day = day_between(max(profile.joined_on, dt.date(2005, 5, 1)), dt.date(2023, 1, 1),
                      "database day", profile.party)  # fmt: skip
    title = f"Demonstration biosafety website of {profile.name}"
    fields = {
        "title": english(title),
        "description": english("Made up for demonstration; there is no such website."),
        "websites": [{"url": f"https://{profile.iso2}.demonstration.invalid/"}],
    }
    yield plan_record("database", f"DEMO-NDB-{profile.party}", title, day, fields, profile)
