"""Made-up organizations, laboratories, library resources, initiatives and submissions."""

import datetime as dt
from collections.abc import Iterator

from cartagena.apps.registry.demonstration.draws import day_between, draw, happens, pick, whole
from cartagena.apps.registry.demonstration.planned import Planned, english, plan_record, term, terms
from cartagena.apps.registry.demonstration.profiles import Profile, list_profiles

ACADEMIC = "86D464C3-B5BB-4B02-85E4-1AAD8D64CD27"
OTHER = "5B6177DD-5E5E-434E-8CB7-D63D67D5EBED"
LIBRARY_RESOURCE = "6E27B530-7639-4091-AF58-9D61A77B4A28"
POLICY_THEME = "B18CE475-8D23-4DEC-A9F1-13F0243C9233"
THEMES = (
    POLICY_THEME,
    "BB3CA716-E122-4445-9FAD-9F6B440363BD",
    "7C980FF4-3C5B-4711-81F9-BA6F28C12598",
    "8419162A-8A34-46AC-8AF2-3D2905F9BA08",
    "AF59E45F-3AC2-4F71-889C-B42E83F75A8A",
    "0FF8F112-C0E9-4A18-83E1-40D4EF61503E",
)
"""Policy and regulation; institutions; risk assessment; awareness; information exchange and the
Clearing-House; detection."""
PROGRAMME = "2DFCDD0B-5D62-4016-829F-8E70E767875A"
LEARNING = "FE6EC4EA-55E7-4E90-80AD-FE4B54707B73"
BILATERAL = "74EBA28E-1F0C-4157-BD47-C8492487AD70"
_FIRST, _LAST = dt.date(2004, 3, 1), dt.date(2025, 11, 30)
_LANGUAGES = ("en", "en", "en", "fr", "es", "ru", "ar", "zh")


def plan_resources() -> Iterator[Planned]:
    """All reference records, kind by kind."""
    yield from _plan_organizations()
    yield from _plan_library()
    yield from _plan_initiatives()
    yield from _plan_submissions()


def _plan_organizations() -> Iterator[Planned]:
    """Universities and, in strong countries, laboratories that detect living modified organisms."""
    for profile in list_profiles():
        for n in range(1, 1 + whole(0, 2, "organizations", profile.party)):
            yield _plan_organization(profile, n)
        if happens(profile.strength * 0.8, "laboratory", profile.party):
            yield from _plan_laboratory(profile)


def _plan_organization(profile: Profile, n: int | str) -> Planned:
    names = ("organization", profile.party, n)
    name = f"Demonstration institute {n} of {profile.name}"
    academic = happens(0.5, "academic", *names)
    kind = term(ACADEMIC if academic else OTHER)
    fields = {
        "name": english(name),
        "city": english("Demonstration city"),
        "country": term(profile.iso2),
        "organizationType": kind,
        "profile": english("Made up for demonstration."),
    }
    identifier = f"DEMO-ORG-{profile.party}-{n}"
    day = day_between(_FIRST, dt.date(2020, 6, 1), *names)
    return plan_record("organization", identifier, name, day, fields)


def _plan_laboratory(profile: Profile) -> Iterator[Planned]:
    home = _plan_organization(profile, "LAB")
    yield home
    title = f"Demonstration laboratory of {profile.name}"
    day = day_between(max(home.published_on, dt.date(2012, 5, 1)), _LAST, "laboratory day",
                      profile.party)  # fmt: skip
    fields = {"organization": term(home.identifier), "relevantInformation": english("Made up.")}
    yield plan_record("laboratoryDetection", f"DEMO-LAB-{profile.party}", title, day, fields)


def _plan_library() -> Iterator[Planned]:
    for n in range(1, 801):
        profile = pick(list_profiles(), "library", n)
        day = _FIRST + dt.timedelta(int((_LAST - _FIRST).days * draw("library day", n) ** 0.8))
        title = f"Demonstration publication {n} on biosafety"
        language = pick(_LANGUAGES, "language", n)
        link = {"url": f"https://library.demonstration.invalid/{n}", "language": language}
        fields = {
            "title": english(title),
            "resourceTypes": terms(LIBRARY_RESOURCE),
            "authors": english("Made up for demonstration"),
            "publicationDate": str(day.year),
            "resourceLinks": [link],
            "summary": english("Made up for demonstration."),
            "countryRegions": terms(profile.iso2),
            "biosafety": {"subjects": terms(POLICY_THEME)},
        }
        yield plan_record("resource", f"DEMO-VLR-{n:04}", title, day, fields)


def _plan_initiatives() -> Iterator[Planned]:
    supported = [profile for profile in list_profiles() if profile.needs_support]
    for n in range(1, 161):
        names = ("initiative", n)
        profile = pick(supported, *names)
        start = day_between(dt.date(2004, 6, 1), dt.date(2024, 6, 1), *names)
        title = f"Demonstration initiative {n}: training for biosafety in {profile.name}"
        fields = {
            "title": english(title),
            "countryRegions": terms(profile.iso2),
            "startDate": start.isoformat(),
            "endDate": (start + dt.timedelta(whole(200, 1500, "length", *names))).isoformat(),
            "activityScope": term(PROGRAMME),
            "isProjectProgramme": happens(0.3, "part", *names),
            "description": english("Made up for demonstration."),
            "categories": terms(LEARNING),
            "cpbThematicAreas": terms(pick(THEMES, "theme", *names)),
            "fundingSourceTypes": terms(BILATERAL),
            "totalBudget": str(50_000 * whole(1, 40, "budget", *names)),
        }
        day = start + dt.timedelta(whole(10, 300, "entered", *names))
        yield plan_record("capacityBuildingInitiative", f"DEMO-CDI-{n:04}", title, day, fields)


def _plan_submissions() -> Iterator[Planned]:
    for n in range(1, 241):
        profile = pick(list_profiles(), "submission", n)
        day = day_between(dt.date(2005, 1, 10), _LAST, "submission day", n)
        title = f"Demonstration submission {n} by {profile.name}"
        fields = {
            "government": terms(profile.iso2),
            "title": english(title),
            "date": day.isoformat(),
            "notifications": terms(f"{day.year}-{whole(1, 120, 'notification', n):03}"),
            "cpbThematicAreas": terms(POLICY_THEME),
        }
        yield plan_record("submission", f"DEMO-SUB-{n:04}", title, day, fields)
