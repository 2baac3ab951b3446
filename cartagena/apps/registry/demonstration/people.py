"""Made-up contacts, experts and what experts are asked to do."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from cartagena.apps.registry.demonstration.draws import day_between, happens, pick, whole
from cartagena.apps.registry.demonstration.institutions import address_of
from cartagena.apps.registry.demonstration.planned import (
    OTHER,
    Planned,
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

_FIRST, _LAST = dt.date(2008, 2, 1), dt.date(2024, 6, 1)
_GENDERS = ("0999095A-13E0-46F0-A928-613B9AF32AAE", "7CC8AFB1-36E0-4583-AE4E-DB928E60A3B3")
_TONGUES = {"ar": "ara", "en": "eng", "es": "spa", "fr": "fra", "ru": "rus", "zh": "zho"}
ACADEMIC = "86D464C3-B5BB-4B02-85E4-1AAD8D64CD27"


def plan_people() -> Iterator[Planned]:
    """Contacts of every Party, then experts."""
    for profile in list_profiles():
        yield _plan_company(profile)
        yield _plan_officer(profile)
    for profile in list_profiles():
        if happens(0.15 + 0.4 * profile.strength, "expert", profile.party):
            yield _plan_expert(profile)
            if happens(0.35, "assignment", profile.party):
                yield _plan_assignment(profile)


def _plan_company(profile: Profile) -> Planned:
    """Who develops, brings in and sends out seed."""
    languages = choose_languages(profile, "company")
    name = say(languages, "company", country=name_country(profile.party))
    fields = {
        "type": "organization",
        "organization": name,
        "city": say(languages, "city"),
        "country": term(profile.iso2),
        **address_of(profile, "seed"),
    }
    return _plan_contact(profile, 1, pick_main(name), fields, languages)


def _plan_officer(profile: Profile) -> Planned:
    languages = choose_languages(profile, "officer")
    fields = {
        "type": "person",
        "firstName": "Demonstration",
        "lastName": f"Officer {profile.party}",
        "designation": say(languages, "officer"),
        "department": say(languages, "department"),
        "city": say(languages, "city"),
        "country": term(profile.iso2),
        **address_of(profile, "officer"),
    }
    title = f"Demonstration Officer {profile.party}"
    return _plan_contact(profile, 2, title, fields, languages)


def _plan_contact(
    profile: Profile, n: int, title: str, fields: dict[str, Any], languages: tuple[str, ...]
) -> Planned:
    identifier = f"DEMO-CON-{profile.party}-{n}"
    day = max(profile.joined_on, dt.date(2004, 1, 12))
    return plan_record("contact", identifier, title, day, fields, profile, languages=languages)


def _plan_expert(profile: Profile) -> Planned:
    names = ("expert", profile.party)
    languages = choose_languages(profile, *names)
    began = 1990 + whole(0, 20, "graduated", *names)
    subject = f"subject_{whole(1, 6, 'field', *names)}"
    fields = {
        "profile": say_rich(languages, "made_up"),
        "contact": term(f"DEMO-CON-{profile.party}-2"),
        "gender": term(pick(_GENDERS, "gender", *names)),
        "currentEmployment": {
            "name": say(languages, "ministry", country=name_country(profile.party)),
            "title": say(languages, "officer"),
            "department": say(languages, "department"),
            "startDate": f"{began + 5}-09",
            "organizationType": term(OTHER),
            "responsibilities": say_rich(languages, "responsibilities"),
        },
        "previousEmployment": {
            "name": say(languages, "institute", n=1, country=name_country(profile.party)),
            "startDate": f"{began}-10",
            "endDate": f"{began + 5}-08",
            "organizationType": term(ACADEMIC),
        },
        "countryRegionsWorkedIn": terms(profile.iso2),
        "primaryEducation": {
            "title": say(languages, "degree"),
            "institution": say(languages, "institute", n=2, country=name_country(profile.party)),
            "startDate": str(began - 5),
            "endDate": str(began),
        },
        "expertise": [other(say(languages, subject))],
        "motherTongue": terms(_TONGUES[profile.language]),
    }
    day = day_between(max(profile.joined_on, _FIRST), _LAST, *names)
    title = f"Demonstration Officer {profile.party}"
    return plan_record(
        "biosafetyExpert", f"DEMO-EXP-{profile.party}", title, max(day, profile.joined_on), fields,
        profile, languages=languages,
    )  # fmt: skip


def _plan_assignment(profile: Profile) -> Planned:
    names = ("assignment", profile.party)
    languages = choose_languages(profile, *names)
    subject = word(f"subject_{whole(1, 6, 'task', *names)}")
    title = say(languages, "assignment", n=1, subject=subject)
    fields = {"title": title, "description": say_rich(languages, "made_up")}
    day = day_between(max(profile.joined_on, dt.date(2010, 1, 15)), _LAST, *names)
    return plan_record(
        "expertAssignment", f"DEMO-EXPA-{profile.party}", pick_main(title),
        max(day, profile.joined_on), fields, profile, languages=languages,
    )  # fmt: skip
