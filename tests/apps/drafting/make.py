"""People, decisions and drafts for the tests of drafting."""

import datetime as dt
from typing import Any

from cartagena.apps.accounts.api import Role, User
from cartagena.apps.drafting import api
from cartagena.apps.drafting.models import Draft
from cartagena.apps.registry import api as registry

NOW = dt.datetime(2026, 11, 22, 12, tzinfo=dt.UTC)
LATER = NOW + dt.timedelta(hours=1)


def make_person(role: str = Role.BCH_FOCAL_POINT, party: str | None = "KEN", **other: Any) -> User:
    """A stored account of a role."""
    number = User.objects.count()
    return User.objects.create(
        email=f"{role}-{party}-{number}@example.org".lower(),
        name=f"{role} {party}",
        role=role,
        party=party,
        created_at=NOW,
        **other,
    )


def make_database(title: str = "Biosafety portal", **other: Any) -> dict[str, Any]:
    """A body that has all a national database needs, and refers to nothing."""
    body = {
        "header": {"languages": ["en", "fr"]},
        "title": {"en": title, "fr": title},
        "description": {"en": "<p>Decisions.</p>", "fr": "<p>Décisions.</p>"},
        "websites": [{"url": "https://example.org/portal"}],
        **other,
    }
    return {key: value for key, value in body.items() if value is not None}


def start(actor: User | None, body: Any = None, **other: Any) -> Draft:
    """A draft of a national database of Kenya."""
    given = make_database() if body is None else body
    values: dict[str, Any] = {"government": "KEN", "now": NOW, **other}
    return api.start_draft("database", actor=actor, body=given, **values)


def save(draft: Draft, actor: User | None, revision: int | None = None, **changes: Any) -> Draft:
    """Save fields as somebody who saw a revision, the last one unless said otherwise."""
    seen = draft.revision if revision is None else revision
    return api.save_draft(draft.key, changes, actor=actor, revision=seen, now=NOW)


def publish(draft: Draft, actor: User | None, now: dt.datetime = LATER) -> registry.Outcome:
    """Publish a draft as it is."""
    return api.publish_draft(
        draft.key, actor=actor, revision=draft.revision, reason="Adopted.", now=now
    )
