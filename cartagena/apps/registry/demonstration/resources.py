"""Made-up organizations, laboratories, library resources, initiatives, submissions and news."""

import datetime as dt
from collections.abc import Iterator
from functools import cache
from typing import Any

from cartagena.apps.registry.demonstration.assessments import plan_independent
from cartagena.apps.registry.demonstration.biology import (
    FIRST_LMO_ON,
    LMOS,
    list_gene_ids,
    name_lmo,
    trait_of,
)
from cartagena.apps.registry.demonstration.draws import day_between, draw, happens, pick, whole
from cartagena.apps.registry.demonstration.institutions import address_of
from cartagena.apps.registry.demonstration.planned import (
    Planned,
    link,
    other,
    plan_record,
    term,
    terms,
)
from cartagena.apps.registry.demonstration.profiles import Profile, list_profiles
from cartagena.apps.registry.demonstration.words import (
    choose_languages,
    name_country,
    pick_main,
    say,
    say_rich,
    word,
)

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
Clearing-House; detection. `subject_1` to `subject_6` are their words."""
PROGRAMME = "2DFCDD0B-5D62-4016-829F-8E70E767875A"
LEARNING = "FE6EC4EA-55E7-4E90-80AD-FE4B54707B73"
BILATERAL = "74EBA28E-1F0C-4157-BD47-C8492487AD70"
BIOSAFETY_TARGET = "GBF-TARGET-17"
_FIRST, _LAST = dt.date(2004, 3, 1), dt.date(2025, 11, 30)
_LANGUAGES = ("en", "en", "en", "fr", "es", "ru", "ar", "zh")


def plan_resources() -> Iterator[Planned]:
    """All reference records, kind by kind."""
    organizations = list(_plan_organizations())
    yield from organizations
    academic = [p.identifier for p in organizations if p.identifier.startswith("DEMO-ORG")]
    yield from plan_independent(academic[:12])
    yield from _plan_library()
    yield from _plan_initiatives()
    yield from _plan_submissions()
    yield from _plan_country_news()


def _plan_organizations() -> Iterator[Planned]:
    """Universities and, in strong countries, laboratories that detect living modified organisms."""
    for profile in list_profiles():
        for n in range(1, 1 + whole(0, 2, "organizations", profile.party)):
            yield _plan_organization(profile, n)
        if has_laboratory(profile):
            yield from _plan_laboratory(profile)


@cache
def has_laboratory(profile: Profile) -> bool:
    """Whether a Party has a laboratory in the demonstration."""
    return happens(profile.strength * 0.8, "laboratory", profile.party)


def _plan_organization(profile: Profile, n: int | str) -> Planned:
    names = ("organization", profile.party, n)
    languages = choose_languages(profile, *names)
    country = name_country(profile.party)
    name = (
        say(languages, "laboratory", country=country)
        if n == "LAB"
        else say(languages, "institute", n=n, country=country)
    )
    academic = happens(0.5, "academic", *names)
    fields = {
        "name": name,
        "city": say(languages, "city"),
        "country": term(profile.iso2),
        **address_of(profile, f"institute{n}".lower()),
        "organizationType": term(ACADEMIC if academic else OTHER),
        "profile": say_rich(languages, "made_up"),
    }
    identifier = f"DEMO-ORG-{profile.party}-{n}"
    day = day_between(_FIRST, dt.date(2020, 6, 1), *names)
    return plan_record(
        "organization", identifier, pick_main(name), day, fields, languages=languages
    )


def _plan_laboratory(profile: Profile) -> Iterator[Planned]:
    home = _plan_organization(profile, "LAB")
    yield home
    party = profile.party
    day = day_between(max(home.published_on, dt.date(2012, 5, 1)), _LAST, "laboratory day", party)
    languages = choose_languages(profile, "laboratory")
    known = min(max((day - FIRST_LMO_ON).days // 90, 1), LMOS)
    lmos = sorted({whole(1, known, "detects", n, party) for n in range(whole(2, 6, "many", party))})
    genes = sorted({gene for lmo in lmos for gene in list_gene_ids(trait_of(lmo))})
    fields = {
        "organization": term(home.identifier),
        "services": [other(say(languages, "testing"))],
        "certifications": say_rich(languages, "made_up"),
        "detectionMethods": [
            other(say(languages, name))
            for name in (("pcr", "strip") if happens(0.4, "strip", party) else ("pcr",))
        ],
        "detectableLmos": terms(*map(name_lmo, lmos)),
        "detectableGenes": terms(*genes),
        "relevantInformation": say_rich(languages, "made_up"),
    }
    yield plan_record(
        "laboratoryDetection", f"DEMO-LAB-{party}", home.title, day, fields, languages=languages
    )


def _plan_library() -> Iterator[Planned]:
    for n in range(1, 801):
        profile = pick(list_profiles(), "library", n)
        day = _FIRST + dt.timedelta(int((_LAST - _FIRST).days * draw("library day", n) ** 0.8))
        language = pick(_LANGUAGES, "language", n)
        topic = whole(1, 6, "library subject", n)
        title = say([language], "publication", n=n, subject=word(f"subject_{topic}"))
        biosafety: dict[str, Any] = {"subjects": terms(POLICY_THEME)}
        if happens(0.2, "about an organism", n):
            lmo = name_lmo(whole(1, LMOS, "organism", n))
            biosafety |= {"addressModifiedOrganisms": True, "modifiedOrganisms": terms(lmo)}
        url = f"https://library.demonstration.invalid/{n}"
        fields = {
            "title": title,
            "resourceTypes": terms(LIBRARY_RESOURCE),
            "authors": say([language], "made_up"),
            "publicationDate": str(day.year),
            "resourceLinks": [{"url": url, "name": title[language], "language": language}],
            "summary": say_rich([language], "made_up"),
            "countryRegions": terms(profile.iso2),
            "gbfTargets": terms(BIOSAFETY_TARGET),
            "biosafety": biosafety,
        }
        yield plan_record(
            "resource", f"DEMO-VLR-{n:04}", title[language], day, fields, languages=[language]
        )


def _plan_initiatives() -> Iterator[Planned]:
    supported = [profile for profile in list_profiles() if profile.needs_support]
    for n in range(1, 161):
        names = ("initiative", n)
        profile = pick(supported, *names)
        start = day_between(dt.date(2004, 6, 1), dt.date(2024, 6, 1), *names)
        end = start + dt.timedelta(whole(200, 1500, "length", *names))
        theme = pick(THEMES, "theme", *names)
        subject = word(f"subject_{THEMES.index(theme) + 1}")
        languages = choose_languages(profile, *names)
        title = say(
            languages, "initiative", n=n, subject=subject, country=name_country(profile.party)
        )
        part = n > 1 and happens(0.3, "part", *names)
        fields: dict[str, Any] = {
            "title": title,
            "contacts": terms(f"DEMO-CON-{profile.party}-2"),
            "geographicScope": other(say(languages, "national")),
            "countryRegions": terms(profile.iso2),
            "status": other(say(languages, "completed" if end < _LAST else "under_way")),
            "startDate": start.isoformat(),
            "endDate": end.isoformat(),
            "activityScope": term(PROGRAMME),
            "isProjectProgramme": part,
            "description": say_rich(languages, "made_up"),
            "categories": terms(LEARNING),
            "gbfTargets": terms(BIOSAFETY_TARGET),
            "cpbThematicAreas": terms(theme),
            "fundingSourceTypes": terms(BILATERAL),
            "totalBudget": str(50_000 * whole(1, 40, "budget", *names)),
        }
        if part:
            fields["projectProgrammeName"] = say(languages, "larger_project")
            fields["broaderProjects"] = terms(f"DEMO-CDI-{whole(1, n - 1, 'larger', n):04}")
        day = start + dt.timedelta(whole(10, 300, "entered", *names))
        yield plan_record(
            "capacityBuildingInitiative", f"DEMO-CDI-{n:04}", pick_main(title), day, fields,
            languages=languages,
        )  # fmt: skip


def _plan_submissions() -> Iterator[Planned]:
    for n in range(1, 241):
        profile = pick(list_profiles(), "submission", n)
        day = day_between(dt.date(2005, 1, 10), _LAST, "submission day", n)
        languages = choose_languages(profile, "submission", n)
        title = say(
            languages, "submission", n=n, country=name_country(profile.party),
            subject=word(f"subject_{whole(1, 6, 'submitted', n)}"),
        )  # fmt: skip
        fields = {
            "government": term(profile.iso2),
            "title": title,
            "date": day.isoformat(),
            "notifications": terms(f"{day.year}-{whole(1, 120, 'notification', n):03}"),
            "cpbThematicAreas": terms(POLICY_THEME),
            "relevantDocuments": [link(f"submission-{n}.pdf", pick_main(title), languages[0])],
        }
        yield plan_record(
            "submission", f"DEMO-SUB-{n:04}", pick_main(title), day, fields, languages=languages
        )


def _plan_country_news() -> Iterator[Planned]:
    for n in range(1, 41):
        profile = pick(list_profiles(), "country news", n)
        day = day_between(dt.date(2006, 2, 1), _LAST, "news day", n)
        languages = choose_languages(profile, "news", n)
        subject = word(f"subject_{whole(1, 6, 'news', n)}")
        country = name_country(profile.party)
        title = say(languages, "country_news", subject=subject, country=country)
        fields = {
            "country": term(profile.iso2),
            "title": title,
            "newsText": say_rich(languages, "profile", country=country),
        }
        yield plan_record(
            "biosafetyNews", f"DEMO-BCHN-{n:04}", pick_main(title), day, fields,
            languages=languages,
        )  # fmt: skip
