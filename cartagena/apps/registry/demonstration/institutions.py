"""Made-up focal points, authorities, laws and websites of each Party, with their history."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from cartagena.apps.registry.demonstration.draws import day_between, happens, whole
from cartagena.apps.registry.demonstration.planned import (
    Planned,
    link,
    other,
    plan_record,
    term,
    terms,
)
from cartagena.apps.registry.demonstration.profiles import LAST_DAY, Profile, list_profiles
from cartagena.apps.registry.demonstration.words import (
    choose_languages,
    name_country,
    pick_main,
    say,
    say_rich,
)

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
        yield from _plan_supplementary(profile)
        yield from _plan_laws(profile)
        yield from _plan_database(profile)
        yield from _plan_profile(profile)


def first_authority(party: str) -> str:
    """The authority that decisions, laws and assessments of a Party name."""
    return f"DEMO-CNA-{party}-1"


def address_of(profile: Profile, office: str) -> dict[str, Any]:
    """Telephone and mail of an office that does not exist: numbers and names that nobody has."""
    return {
        "phones": ["+999 555 0100"],
        "emails": [f"{office}@{profile.iso2}.demonstration.invalid"],
    }


def _plan_focal_points(profile: Profile) -> Iterator[Planned]:
    """Each is a person who is replaced every few years: a new version of the record."""
    languages = choose_languages(profile, "focal points")
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
                "organization": say(languages, "ministry", country=name_country(profile.party)),
                "department": say(languages, "department"),
                "city": say(languages, "city"),
                "country": term(profile.iso2),
                **address_of(profile, category.lower()),
            }
            identifier = f"DEMO-NFP-{profile.party}-{category}"
            yield plan_record(
                "focalPoint", identifier, title, day, fields, profile, revision, languages
            )
            revision += 1
            day += dt.timedelta(whole(900, 3400, "replaced", revision, *names))


def _plan_authorities(profile: Profile) -> Iterator[Planned]:
    """One or two; whoever decides or has laws has one."""
    wanted = happens(0.94, "authorities", profile.party)
    if not wanted and not _count_laws(profile) and not happens(0.2, "decides", profile.party):
        return
    languages = choose_languages(profile, "authorities")
    for n in range(1, 2 + (wanted and happens(0.35, "second authority", profile.party))):
        names = ("authority", n, profile.party)
        day = max(profile.joined_on, _OPENED) + dt.timedelta(whole(30, 1100, *names))
        name = say(languages, "authority", n=n, country=name_country(profile.party))
        fields = {
            "name": name,
            "city": say(languages, "city"),
            "country": term(profile.iso2),
            **address_of(profile, f"authority{n}"),
            "websites": [{"url": f"https://authority{n}.{profile.iso2}.demonstration.invalid/"}],
            "contacts": terms(f"DEMO-CON-{profile.party}-2"),
            "functions": terms(ALL_FUNCTIONS),
            "cpbOrganismTypes": terms(ALL_ORGANISMS),
            "responsibilities": say_rich(languages, "responsibilities"),
        }
        identifier = f"DEMO-CNA-{profile.party}-{n}"
        title = pick_main(name)
        yield plan_record("authority", identifier, title, day, fields, profile, languages=languages)
        later = day + dt.timedelta(whole(1500, 5000, "moved", *names))
        if happens(0.2, "moves", *names) and later < LAST_DAY:
            moved = {**fields, **address_of(profile, f"biosafety{n}")}
            yield plan_record("authority", identifier, title, later, moved, profile, 2, languages)


def _plan_supplementary(profile: Profile) -> Iterator[Planned]:
    """An authority under the Supplementary Protocol, where that is in force for the Party."""
    if profile.supplement_in_force_on is None:
        return
    day = profile.supplement_in_force_on + dt.timedelta(
        whole(60, 900, "supplementary", profile.party)
    )
    languages = choose_languages(profile, "supplementary")
    name = say(languages, "supplementary", country=name_country(profile.party))
    fields = {
        "name": name,
        "city": say(languages, "city"),
        "country": term(profile.iso2),
        **address_of(profile, "liability"),
        "functions": [other(say(languages, "liability"))],
        "responsibleForAll": True,
        "responsibilities": say_rich(languages, "made_up"),
    }
    yield plan_record(
        "supplementaryAuthority", f"DEMO-SPCA-{profile.party}", pick_main(name),
        min(day, LAST_DAY), fields, profile, languages=languages,
    )  # fmt: skip


def _count_laws(profile: Profile) -> int:
    return int(profile.strength * 6 * (0.3 + happens(0.75, "law", profile.party)))


def name_law(party: str, n: int) -> str:
    """The identifier of a law."""
    return f"DEMO-LAW-{party}-{n}"


def _plan_laws(profile: Profile) -> Iterator[Planned]:
    for n in range(1, 1 + _count_laws(profile)):
        names = ("law", n, profile.party)
        day = day_between(max(profile.joined_on, _OPENED), dt.date(2024, 12, 1), *names)
        in_force = day - dt.timedelta(whole(30, 1500, "in force", *names))
        languages = choose_languages(profile, *names)
        title = say(languages, "law", n=n, country=name_country(profile.party))
        identifier = name_law(profile.party, n)
        fields: dict[str, Any] = {
            "isAmendment": n > 3,
            "title": title,
            "type": term(LAW),
            "jurisdiction": other(say(languages, "national")),
            "cpbSubjectAreas": terms(*SUBJECT_AREAS[: whole(1, 3, "areas", *names)]),
            "cpbOrganismTypes": terms(ALL_ORGANISMS),
            "description": say_rich(languages, "law_description"),
            "entryIntoForce": in_force.isoformat(),
            "documents": [link(f"{identifier}.pdf", pick_main(title), languages[0])],
            "authorities": terms(first_authority(profile.party)),
            "expires": happens(0.3, "expires", *names),
        }
        if n > 3:
            fields["amendedRecords"] = terms(name_law(profile.party, n - 3))
            fields["amendmentsDetails"] = say_rich(languages, "amended")
        yield plan_record(
            "biosafetyLaw", identifier, pick_main(title), day, fields, profile,
            languages=languages,
        )  # fmt: skip


def _plan_database(profile: Profile) -> Iterator[Planned]:
    if not happens(0.25 + 0.5 * profile.strength, "database", profile.party):
        return
    day = day_between(max(profile.joined_on, dt.date(2005, 5, 1)), dt.date(2023, 1, 1),
                      "database day", profile.party)  # fmt: skip
    languages = choose_languages(profile, "database")
    title = say(languages, "website", country=name_country(profile.party))
    fields = {
        "title": title,
        "description": say_rich(languages, "website_description"),
        "websites": [{"url": f"https://{profile.iso2}.demonstration.invalid/"}],
    }
    yield plan_record(
        "database", f"DEMO-NDB-{profile.party}", pick_main(title), day, fields, profile,
        languages=languages,
    )  # fmt: skip


def _plan_profile(profile: Profile) -> Iterator[Planned]:
    """What a country says of itself."""
    if not happens(0.6, "country profile", profile.party):
        return
    languages = choose_languages(profile, "profile")
    day = day_between(dt.date(2019, 1, 10), dt.date(2024, 11, 1), "profile day", profile.party)
    fields = {"profile": say_rich(languages, "profile", country=name_country(profile.party))}
    title = f"Demonstration profile of {profile.name}"
    yield plan_record(
        "countryProfile", f"DEMO-BCP-{profile.party}", title, max(day, profile.joined_on), fields,
        profile, languages=languages,
    )  # fmt: skip
