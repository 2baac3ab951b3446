"""Made-up reports of the two oldest forms, of which only the document is kept."""

import datetime as dt
from collections.abc import Iterator

from cartagena.apps.registry.demonstration.draws import happens, whole
from cartagena.apps.registry.demonstration.planned import Planned, link, plan_record
from cartagena.apps.registry.demonstration.profiles import Profile, list_profiles
from cartagena.apps.registry.demonstration.words import choose_languages, say

_FORMS = (
    ("cpbNationalReportInterim", "NRI", dt.date(2005, 9, 11), "Interim national report"),
    ("cpbNationalReport1", "NR1", dt.date(2007, 9, 11), "First national report"),
)


def plan_old_reports() -> Iterator[Planned]:
    """One Party in six for each form, around its deadline."""
    for profile in list_profiles():
        for kind, code, deadline, name in _FORMS:
            if profile.joined_on < deadline and happens(1 / 6, code, profile.party):
                yield _plan_one(profile, kind, code, deadline, name)


def _plan_one(profile: Profile, kind: str, code: str, deadline: dt.date, name: str) -> Planned:
    identifier = f"DEMO-{code}-{profile.party}"
    languages = choose_languages(profile, code)
    title = f"{name} of {profile.name} (made up for demonstration)"
    fields = {
        "documents": [link(f"{identifier}.pdf", name, languages[0])],
        "summary": say(languages, "made_up"),
    }
    day = max(deadline + dt.timedelta(whole(-60, 90, code, profile.party)), profile.joined_on)
    return plan_record(kind, identifier, title, day, fields, profile, languages=languages)
